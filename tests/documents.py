"""What every document must be: a tagged PDF/UA-1 in the language that was asked for."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader

LAW_HEADS = {
    "es": ("Lista de fuentes", "Filas sin verificar"),
    "en": ("List of sources", "Rows not verified"),
}


def read_document(content: bytes, language: str) -> str:
    """Return the text of a PDF, its lines joined; fail where it is not tagged, claimed or in the language."""
    document = PdfReader(io.BytesIO(content))
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert "<pdfuaid:part>1" in root["/Metadata"].get_data().decode()
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def assert_ends_with_law(text: str, law: dict[str, Any], language: str) -> None:
    """Fail where a document does not end with every source, then with what nobody has checked."""
    assert law["sources"]
    assert law["unverified"]
    sources, unverified = (text.rindex(head) for head in LAW_HEADS[language])
    assert 0 < sources < unverified
    for at, lines in ((sources, law["sources"]), (unverified, law["unverified"])):
        printed = _joined(text[at:])
        for line in (lines[0], lines[-1]):  # one between them may be torn by a page
            assert _joined(line) in printed


def _joined(text: str) -> str:
    """Return a text without spaces and hyphens: a document breaks its lines where it likes."""
    return re.sub(r"[\s‐-]", "", text)
