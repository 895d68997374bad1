"""The law an opinion can speak on: elements of the three guides, and what they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amparo.access.data.days import say_day
from amparo.asylum.data import GUIDES
from amparo.doctrine.data import CaseDecision, GuideFile
from amparo.doctrine.registry import (
    UnknownDoctrine,
    decisions_for,
    get_decision,
    get_guide,
    get_source,
    list_decisions,
    list_sources,
)

SMALLEST_PART = 2


@dataclass(frozen=True, slots=True)
class Point:
    """Something citable, in the reader's language."""

    id: str
    label: str
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a guide with its elements. ``label`` is "" for the guide as a whole."""

    label: str
    points: tuple[Point, ...]


def list_guide_parts(guide_id: str, language: str) -> list[Part]:
    """Return the elements of a guide by the parts that hang on its root, each once, in its order.

    The root, and parts that are a single element, come first, as the guide as a whole.
    """
    guide = get_guide(guide_id)
    below = {element.id: element.children for element in guide.logic.elements}
    taken = {guide.logic.root}
    whole, parts = [guide.logic.root], []
    for top in below[guide.logic.root]:
        mine = [one for one in _reached(top, below) if one not in taken and one in guide.texts]
        taken.update(mine)
        if len(mine) < SMALLEST_PART:
            whole += mine
        else:
            parts.append(Part(guide.texts[top].label[language], _points(guide, mine, language)))
    return [Part("", _points(guide, whole, language)), *parts]


def _reached(top: str, below: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield top
    for child in below.get(top, ()):
        yield from _reached(child, below)


def _points(guide: GuideFile, elements: Iterable[str], language: str) -> tuple[Point, ...]:
    return tuple(Point(one, guide.texts[one].label[language]) for one in dict.fromkeys(elements))


def guides_of(elements: Iterable[str]) -> tuple[str, ...]:
    """Return the guides that have one of these elements, in their order."""
    asked = set(elements)
    return tuple(guide_id for guide_id in GUIDES if not asked.isdisjoint(get_guide(guide_id).texts))


def guide_titles(language: str) -> dict[str, str]:
    return {guide_id: get_guide(guide_id).title[language] for guide_id in GUIDES}


def name_elements(ids: Iterable[str], language: str) -> list[Point]:
    """Return elements by label; one that no guide has any more keeps its id."""
    guides = [get_guide(guide_id) for guide_id in GUIDES]
    return [Point(one, _label(guides, one, language)) for one in ids]


def _label(guides: list[GuideFile], element: str, language: str) -> str:
    found = (guide.texts[element].label[language] for guide in guides if element in guide.texts)
    return next(found, element)


def are_elements(ids: Iterable[str]) -> bool:
    guides = [get_guide(guide_id) for guide_id in GUIDES]
    return all(any(one in guide.texts for guide in guides) for one in ids)


def name_sources(ids: Iterable[str], language: str) -> list[Point]:
    """Return sources as cited; raises ``UnknownDoctrine`` for an id that does not resolve."""
    found = [get_source(one) for one in ids]
    return [Point(one.id, one.title[language], one.status.is_unverified) for one in found]


def name_decisions(ids: Iterable[str], language: str) -> list[Point]:
    """Return decisions as cited; raises ``UnknownDoctrine`` for an id that does not resolve."""
    found = [get_decision(one) for one in ids]
    return [Point(one.id, _cited(one, language), one.is_unverified) for one in found]


def _cited(one: CaseDecision, language: str) -> str:
    return f"{one.name}, {one.forum[language]}, {say_day(one.date)}"


def list_source_points(elements: Iterable[str], language: str) -> list[Point]:
    """Return the sources of these elements first, then every other one."""
    guides = [get_guide(guide_id) for guide_id in GUIDES]
    near = [
        source
        for element in elements
        for guide in guides
        if element in guide.texts
        for source in guide.texts[element].sources
    ]
    ids = dict.fromkeys([*near, *(source.id for source in list_sources())])
    return name_sources(ids, language)


def list_decision_points(elements: Iterable[str], language: str) -> list[Point]:
    """Return the decisions on these elements first, then every other one, adverse ones included."""
    near = [decision.id for element in elements for decision in decisions_for(element)]
    ids = dict.fromkeys([*near, *(decision.id for decision in list_decisions())])
    return name_decisions(ids, language)


def is_citable(sources: Iterable[str], decisions: Iterable[str]) -> bool:
    """Return whether every cited id resolves."""
    try:
        name_sources(sources, "es")
        name_decisions(decisions, "es")
    except UnknownDoctrine:
        return False
    return True
