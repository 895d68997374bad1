"""The seed paper is carried whole: every operative paragraph and decision is reachable from the guides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from amparo.doctrine import registry
from amparo.doctrine.data import CaseDecision, ElementText, GuideFile, Status

PARAGRAPHS = [*range(2, 23), 24]
BULLETS_OF_24 = ["24", "24a", "24b", "24c", "24d", "24e"]
AWAITED: set[str] = set()
"""Places of the seed whose guide is not written yet. It only ever shrinks."""

ASPECTS: Mapping[str, tuple[str, ...]] = {
    "A": ("refugee.persecution.inherent",),
    "B": ("refugee.persecution.retrafficking",),
    "C": ("refugee.agents.traffickers", "refugee.agents.family"),
    "D": ("refugee.ground.political",),
    "E": ("refugee.ground.psg",),
}
"""Footnotes 12 to 16: what each aspect is about, as elements of the refugee guide."""

SEED_DECISIONS = {
    "ca/crdd/v95-02904": "ACE",
    "ca/crdd/va0-02635": "AC",
    "cr/mgp/1571-2008": "A",
    "us/bia/m-j-2001": "AE",
    "us/ij/a79-607-478": "A",
    "us/ij/s-2001": "AE",
    "us/ij/f-l-1998": "AE",
    "ca/fc/bian-2000": "B",
    "us/ij/v-b-2005": "D",
}


def cited_by(guides: Iterable[GuideFile]) -> dict[str, set[str]]:
    """Return the elements that cite each place of the seed."""
    found: dict[str, set[str]] = {}
    for guide in guides:
        for text in guide.texts.values():
            for source in text.sources:
                if source.startswith("seed/"):
                    found.setdefault(source.removeprefix("seed/"), set()).add(text.id)
    return found


def list_uncited(guides: Iterable[GuideFile]) -> list[str]:
    """Return the paragraphs, and the letters of 24, that are the source of no element."""
    cited = cited_by(guides)
    whole = [str(n) for n in PARAGRAPHS if not any(_is_in(place, n) for place in cited)]
    letters = [place for place in BULLETS_OF_24[1:] if place not in cited]
    return whole + letters


def _is_in(place: str, paragraph: int) -> bool:
    return place.rstrip("abcde") == str(paragraph)


def without(guide: GuideFile, place: str) -> GuideFile:
    """Return the guide as if nobody had cited that place of the seed."""

    def forgotten(text: ElementText) -> ElementText:
        return replace(text, sources=tuple(one for one in text.sources if one != f"seed/{place}"))

    return replace(guide, texts={name: forgotten(text) for name, text in guide.texts.items()})


def test_every_operative_paragraph_is_the_source_of_an_element() -> None:
    assert set(list_uncited(registry.list_guides())) == AWAITED


@pytest.mark.parametrize("place", [*(str(n) for n in PARAGRAPHS if n != 24), *BULLETS_OF_24[1:]])
def test_a_paragraph_that_nobody_cites_is_named(place: str) -> None:
    guides = [without(guide, place) for guide in registry.list_guides()]
    assert place in list_uncited(guides)


def test_every_source_that_is_named_anywhere_resolves() -> None:
    named = {
        source for guide in registry.list_guides() for text in guide.texts.values() for source in text.sources
    }
    for procedure in registry.list_procedures():
        named |= {source for step in procedure.transitions for source in step.sources}
        named |= {source for clock in procedure.clocks.values() for source in clock.sources}
        named |= {source for safeguard in procedure.safeguards for source in safeguard.sources}
    named |= {source for decision in registry.list_decisions() for source in decision.sources}
    assert [source for source in sorted(named) if not registry.get_source(source).says.es] == []


def test_the_nine_decisions_of_the_seed_are_those_of_its_footnotes() -> None:
    seed = {one.id: "".join(one.aspects) for one in registry.list_decisions() if one.status is Status.SEED}
    assert seed == SEED_DECISIONS


@pytest.mark.parametrize("decision", SEED_DECISIONS)
def test_a_seed_decision_is_reached_from_the_elements_of_its_aspects(decision: str) -> None:
    assert list_missing_links(registry.get_decision(decision)) == []


def test_a_decision_that_an_aspect_does_not_lead_to_is_named() -> None:
    bian = replace(registry.get_decision("ca/fc/bian-2000"), aspects=("B", "D"))
    assert list_missing_links(bian) == ["refugee.ground.political"]


def list_missing_links(decision: CaseDecision) -> list[str]:
    """Return the elements of its aspects from which a decision cannot be reached."""
    elements = [element for aspect in decision.aspects for element in ASPECTS[aspect]]
    return [
        element
        for element in elements
        if decision.id not in {one.id for one in registry.decisions_for(element)}
    ]
