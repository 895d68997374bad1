"""Which parts of an act are its provisions, and what is in none of them.

An act is cut into articles. Where a branch of it has none, the outermost sections, rules, paragraphs or
clauses stand in their place, as the laws of many countries and the rules of courts are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from amparo.library.files.akoma_ntoso.names import AKN

ARTICLE = f"{{{AKN}}}article"
INSTEAD = frozenset(f"{{{AKN}}}{name}" for name in ("section", "rule", "paragraph", "clause", "hcontainer"))
ASIDE = ("meta", "preface", "coverPage", "num", "heading", "subheading")
SILENT = frozenset(f"{{{AKN}}}{name}" for name in ASIDE)
NUM, HEADING = f"{{{AKN}}}num", f"{{{AKN}}}heading"
LINES = frozenset(f"{{{AKN}}}{name}" for name in ("p", "listIntroduction", "listWrapUp"))


@dataclass(frozen=True, slots=True)
class Part:
    """A provision: its place such as "Art. 3", its heading, and its lines, each behind its own number."""

    element: Element
    place: str
    heading: str
    lines: tuple[str, ...]


def divide(act: Element) -> tuple[list[Part], list[Element]]:
    """Return the provisions in their order, and the outermost parts with text that are in none."""
    parts: list[Part] = []
    left_out: list[Element] = []
    _divide(act, parts, left_out)
    return parts, left_out


def _divide(parent: Element, parts: list[Part], left_out: list[Element]) -> None:
    for child in parent:
        if child.tag in SILENT:
            continue
        if child.tag == ARTICLE:
            parts.append(_part(child))
        elif child.find(f".//{ARTICLE}") is not None:
            _divide(child, parts, left_out)
        elif child.tag in INSTEAD:
            parts.append(_part(child))
        elif any(inner.tag in INSTEAD for inner in child.iter()):
            _divide(child, parts, left_out)
        elif text_of(child):
            left_out.append(child)


def _part(element: Element) -> Part:
    own = element.find(NUM)
    return Part(element, text_of(own), text_of(element.find(HEADING)), tuple(_lines(element, own)))


def _lines(element: Element, own: Element | None) -> Iterator[str]:
    numbers: list[str] = []
    for inner in element.iter():
        if inner.tag == NUM and inner is not own:
            numbers.append(text_of(inner))
        elif inner.tag in LINES and text_of(inner):
            yield " ".join([*numbers, text_of(inner)])
            numbers.clear()


def name_part(element: Element) -> str:
    """Return how a part is named to somebody who has the file: its kind and its number or id."""
    kind = str(element.tag).removeprefix(f"{{{AKN}}}")
    return f"{kind} {text_of(element.find(NUM)) or element.get('eId', '')}".strip()


def text_of(element: Element | None) -> str:
    """Return the text of an element on one line, "" for none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
