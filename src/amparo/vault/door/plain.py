"""The veil lifted in code, by listed callers only."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from amparo.vault.veil import Veiled, unveil


class PlainUse(StrEnum):
    """Why a caller needs the value itself."""

    FORM = "form"
    """The initial value of an edit form."""
    DOCUMENT = "document"
    """A printed memorandum or letter (typst, docx)."""
    COMPARE = "compare"
    """Comparison with what was typed: duplicates, both values of a conflict."""


def plain(veiled: Veiled, use: PlainUse) -> Any:
    """Return the value of an opened field: text, number, list or mapping as it was written.

    Only the callers listed in ``tests/vault/test_plain.py`` may use it; a new caller is added there,
    with its reason, and reviewed. Templates use the filter ``reveal`` instead.
    """
    if not isinstance(use, PlainUse):
        raise TypeError("say what the value is used for")
    return unveil(veiled)
