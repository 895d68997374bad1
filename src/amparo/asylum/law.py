"""The law an opinion can speak on: elements of the three guides, and what they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Point:
    """Something citable, in the reader's language."""

    id: str
    label: str
    is_unverified: bool = False


def list_guide_points(guide_id: str, language: str) -> list[Point]:
    """Return the elements of a guide that carry a condition, in its order."""
    guide = get_guide(guide_id)
    return [Point(element, text.label[language]) for element, text in guide.texts.items()]


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
    return f"{one.name}, {one.forum[language]}, {one.date}"


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
