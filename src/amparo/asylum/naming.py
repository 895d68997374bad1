"""Whether a text that shall be pseudonymous names the person after all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from amparo.core.names import bearing_words
from amparo.vault import door
from amparo.vault.data import Compartment, Opened
from amparo.vault.door import PlainUse

SHORTEST_NAME = 3
_DIGITS = re.compile(r"\d")
_REACH = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d[\d\s().-]{5,}\d")


def names_anybody(text: str, opened: Opened) -> bool:
    """Return whether a text holds a word of a name, or a way to reach the person, that the file knows.

    A word of fewer than three letters does not count, nor does a word that is written small in the
    text: names are written with a capital where the script has one.
    """
    return _holds_a_name(text, opened) or _holds_a_contact(text, opened)


def _holds_a_name(text: str, opened: Opened) -> bool:
    known = {
        word.key
        for value in _strings(opened, Compartment.ID)
        if not _DIGITS.search(value)
        for word in bearing_words(value)
        if len(word.key) >= SHORTEST_NAME
    }
    written = [part for part in re.findall(r"[^\W\d_]+", text) if not part.islower()]
    return any(word.key in known for part in written for word in bearing_words(part))


def _holds_a_contact(text: str, opened: Opened) -> bool:
    reaches = {
        _bare(found)
        for part in (Compartment.ID, Compartment.CONTACT)
        for value in _strings(opened, part)
        for found in _REACH.findall(value)
    }
    bare = _bare(text)
    return any(reach in bare for reach in reaches)


def _bare(text: str) -> str:
    return re.sub(r"[\s().+-]", "", text.lower())


def _strings(opened: Opened, part: Compartment) -> Iterator[str]:
    for field in opened.fields(part):
        veiled = opened.get(part, field)
        if veiled is not None:
            yield from _leaves(door.plain(veiled, PlainUse.COMPARE))


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                if key not in {"kind", "language", "mode"}:
                    yield from _leaves(inner)
        case list():
            for inner in value:
                yield from _leaves(inner)
