"""What every document must be: a tagged PDF/UA-1 in the language that was asked for."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader


def read_document(content: bytes, language: str) -> str:
    """Return the text of a PDF, its lines joined; fail where it is not tagged, claimed or in the language."""
    document = PdfReader(io.BytesIO(content))
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert "<pdfuaid:part>1" in root["/Metadata"].get_data().decode()
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())
