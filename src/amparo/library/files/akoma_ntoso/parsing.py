"""XML that a stranger sent: parsed without document types and entities, and never deep."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from amparo.library.data import FileBroken, FileRefused

MAX_DEPTH = 60


def parse(content: bytes) -> tuple[Element, dict[int, int]]:
    """Return the root, and the line on which each element begins, by ``id()``. Raises FileRefused."""
    builder = _Builder()
    builder.parser = parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except ParseError as error:
        raise FileBroken(problem="not_xml", line=error.position[0]) from None
    except (DefusedXmlException, UnicodeError, LookupError, ValueError):
        raise FileRefused(problem="not_safe_xml") from None
    return root, builder.line_at


class _Builder(TreeBuilder):
    """Builds the tree, notes lines, and stops where elements are nested too deep."""

    parser: Any

    def __init__(self) -> None:
        super().__init__()
        self.line_at: dict[int, int] = {}
        self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FileRefused(problem="too_deep")
        element = super().start(tag, attrs)
        self.line_at[id(element)] = self.parser.parser.CurrentLineNumber
        return element

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)
