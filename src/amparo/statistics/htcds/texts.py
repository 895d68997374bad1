"""Text from a cell: what may stay, what is neutralised, what is refused."""

from __future__ import annotations

import re
import unicodedata

# Direction overrides and isolates, direction marks, and characters nobody sees. The zero-width joiner
# and non-joiner stay: Persian, Hindi and other scripts are written with them.
INVISIBLE = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\u00ad\u180e"
)
# A letter of UTF-8 read as if it were Windows-1252: "Ã©" for "é", "â€™" for an apostrophe.
MISREAD = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u2018-\u2022\u0152\u0153\u0160\u0161\u0178]|\u00e2\u20ac|\ufffd"
)
NUMBER_OR_PHONE = re.compile(r"^[+-]?[\d\s().,/-]+$")
MAX_LENGTH = {"identity": 200, "contact": 500, "narrative": 10_000, "coded": 500}


def read_text(raw: str, holds: str) -> tuple[str, list[str]]:
    """Return the cleaned text ("" when it is refused) and problem codes, refusals first.

    >>> read_text("José\\u202e", "identity")
    ('José', ['text.invisible'])
    """
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n"))
    if any(is_control(character) for character in text):
        return "", ["text.control"]
    if MISREAD.search(text):
        return "", ["text.encoding"]
    codes = []
    if INVISIBLE.intersection(text):
        text = "".join(character for character in text if character not in INVISIBLE)
        codes.append("text.invisible")
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    if len(text) > MAX_LENGTH[holds]:
        return "", ["text.too_long"]
    if looks_like_formula(text):
        codes.append("text.formula")
    return text, codes


def is_control(character: str) -> bool:
    category = unicodedata.category(character)
    return (category == "Cc" and character not in "\n\t\r") or category in {"Cs", "Co"}


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet would run this text if it were written back carelessly."""
    return text.startswith(("=", "@")) or (text.startswith(("+", "-")) and not NUMBER_OR_PHONE.match(text))
