"""Plain text as people typed it, without what cannot be seen."""

from __future__ import annotations

import unicodedata

_JOINERS = {"\u200c", "\u200d"}


def plain_text(value: object) -> str:
    """Return composed text without control characters or marks that change its direction.

    >>> plain_text("No puede\\u202e volver\\x00 ")
    'No puede volver'
    """
    text = unicodedata.normalize("NFC", str(value or "").replace("\r\n", "\n"))
    return "".join(letter for letter in text if letter in {"\n", *_JOINERS} or _is_visible(letter)).strip()


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"}
