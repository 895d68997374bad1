"""Elements of guides as the library names them, and which of them cite a source or a decision."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from amparo.doctrine import registry
from amparo.doctrine.data import GuideFile, Text
from amparo.library.data import ElementLink

COUNTRIES = "country"


@cache
def _known() -> dict[str, tuple[Text, Text]]:
    """Every element with its label and its guide's title; the international guide names it first."""
    found: dict[str, tuple[Text, Text]] = {}
    for guide in list_guides():
        for element in guide.texts.values():
            found.setdefault(element.id, (element.label, guide.title))
    return found


def list_guides() -> list[GuideFile]:
    """Return every guide, the international ones first, then those that a country changes."""
    guides = registry.list_guides()
    for country in sorted(registry.get_code_list(COUNTRIES).codes):
        guides += [guide for guide in registry.list_guides(country=country) if guide.country == country]
    return guides


def is_element(element: str) -> bool:
    """Return whether some guide has that element."""
    return element in _known()


def link_of(element: str, language: str) -> ElementLink:
    """Return how an element is called; the bare id where no guide has it any more."""
    label, guide = _known().get(element, (Text(element, element), Text("", "")))
    return ElementLink(element, label[language], guide[language])


def list_elements(language: str) -> list[ElementLink]:
    """Return every element of every guide, in the order of the guides."""
    return [link_of(element, language) for element in _known()]


@cache
def cited_by_elements() -> dict[str, frozenset[str]]:
    """Return, for every source and decision, the elements that cite it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for guide in list_guides():
        for element in guide.texts.values():
            for cited in (*element.sources, *element.decisions):
                found[cited].add(element.id)
    return {cited: frozenset(elements) for cited, elements in found.items()}
