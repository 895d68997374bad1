"""The piece of an entry that answers a question, cut into marked and unmarked text. Never HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from amparo.library.data import AnyContent, Piece
from amparo.library.index import Question
from amparo.library.stems import LANGUAGES, Found, find_words, readable, stem

LONGEST = 240
BEFORE = 80


def snippet_of(content: AnyContent, question: Question, language: str) -> tuple[tuple[Piece, ...], str]:
    """Return the pieces and their language: the passage with most of the words, else the first.

    Passages of the reader's language come first. Empty for an entry that has a title only.
    """
    passages = [
        (unicodedata.normalize("NFC", text), spoken)
        for name in sorted(LANGUAGES, key=lambda one: not language.startswith(one))
        for text, spoken in readable(content, name)
    ]
    if not passages:
        return (), language
    wanted = _stems(question)
    marked = [(list(_wanted_in(text, wanted)), text, spoken) for text, spoken in passages]
    found, text, spoken = max(marked, key=lambda one: len({each.word for each in one[0]}))
    return tuple(_cut(text, found)), spoken


def _stems(question: Question) -> set[tuple[str, str]]:
    return {(language, stem(language, word)) for language in LANGUAGES for word in question.words}


def _wanted_in(text: str, wanted: set[tuple[str, str]]) -> Iterator[Found]:
    for found in find_words(text):
        if any((language, stem(language, found.word)) in wanted for language in LANGUAGES):
            yield found


def _cut(text: str, found: list[Found]) -> Iterator[Piece]:
    """Yield the window around the first word that was found, at the borders of words."""
    start = _border(text, max(0, found[0].start - BEFORE)) if found else 0
    end = _border(text, min(len(text), start + LONGEST))
    if end <= start:
        end = min(len(text), start + LONGEST)
    at = start
    if start:
        yield Piece("… ")
    for one in found:
        if one.start < at or one.end > end:
            continue
        if one.start > at:
            yield Piece(text[at : one.start])
        yield Piece(text[one.start : one.end], is_marked=True)
        at = one.end
    if at < end:
        yield Piece(text[at:end])
    if end < len(text):
        yield Piece(" …")


def _border(text: str, at: int) -> int:
    """Return the nearest place at or before ``at`` that is not inside a word."""
    if at >= len(text):
        return len(text)
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at
