"""Every guide of doctrine against an independent oracle: clingo, on random answers.

The oracle shares no line with the engine: a guide becomes a logic program in which every open leaf is
a choice. What holds in every answer set is established, what holds in none is not established.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

import clingo
import pytest

from amparo.core.evaluation import Answer, evaluate
from amparo.core.guides import CHILD, Element, Guide, Kind
from amparo.core.truth import Truth
from amparo.doctrine.registry import list_guides, list_packs

YES, NO, OPEN = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED
ROUNDS = 25
INTERNATIONAL = {guide.id: guide.logic for guide in list_guides()}
GUIDES = {f"international-{guide_id}": logic for guide_id, logic in INTERNATIONAL.items()} | {
    f"{pack.country}-{guide.id}": guide.logic
    for pack in list_packs()
    for guide in list_guides(country=pack.country)
    if guide.logic != INTERNATIONAL.get(guide.id)
}


def atom(element_id: str) -> str:
    return f'so("{element_id}")'


def rules(guide: Guide) -> list[str]:
    """The guide as a logic program, one rule or two for each element that is no leaf."""
    return [rule for element in guide.elements if not element.is_leaf for rule in _rules(guide, element)]


def _rules(guide: Guide, element: Element) -> list[str]:
    head, inner = atom(element.id), [atom(child) for child in guide.counted(element)]
    match element.kind:
        case Kind.NOT:
            return [f"{head} :- not {inner[0]}."]
        case Kind.UNLESS_CHILD:
            return [f"{head} :- {atom(CHILD)}.", f"{head} :- {inner[0]}."]
        case Kind.IF_CHILD:
            return [f"{head} :- not {atom(CHILD)}.", f"{head} :- {inner[0]}."]
        case _:
            needed = {Kind.ANY: 1, Kind.AT_LEAST: element.count}.get(element.kind, len(inner))
            return [f"{head} :- {needed} {{ {'; '.join(inner)} }}."]


def consequences(program: Iterable[str], mode: str) -> set[str]:
    """What holds in every answer set (``cautious``) or in some (``brave``)."""
    control = clingo.Control([f"--enum-mode={mode}", "0", "--warn=none"])
    control.add("base", [], "\n".join(program))
    control.ground([("base", [])])
    last: set[str] = set()
    with control.solve(yield_=True) as handle:
        for model in handle:
            last = {symbol.arguments[0].string for symbol in model.symbols(atoms=True)}
    return last


def truths(guide: Guide, known: Mapping[str, bool]) -> dict[str, Truth]:
    leaves = {CHILD, *(element.id for element in guide.elements if element.is_leaf)}
    facts = [f"{atom(leaf)}." for leaf in sorted(leaves) if known.get(leaf)]
    choices = [f"{{ {atom(leaf)} }}." for leaf in sorted(leaves) if leaf not in known]
    program = [*rules(guide), *facts, *choices]
    always, sometimes = consequences(program, "cautious"), consequences(program, "brave")
    return {
        element.id: YES if element.id in always else OPEN if element.id in sometimes else NO
        for element in guide.elements
    }


def by_oracle(guide: Guide, answers: Mapping[str, Truth], child: Truth) -> dict[str, Truth]:
    """The truth of every element. A conclusion counts once all of its factors are weighed."""
    known = {CHILD: child is YES} if child is not OPEN else {}
    concluded = {element.id for element in guide.elements if element.kind is Kind.CONSIDER}
    known |= {leaf: truth is YES for leaf, truth in answers.items() if leaf not in concluded}
    waiting = concluded & answers.keys()
    while True:
        found = truths(guide, known)
        ready = {
            name
            for name in waiting
            if all(found[factor] is not OPEN for factor in guide.counted(guide.by_id[name]))
        }
        if not ready:
            return found
        known |= {name: answers[name] is YES for name in ready}
        waiting -= ready


def draw(guide: Guide, random: Random) -> tuple[dict[str, Truth], Truth]:
    """Answers to some of the leaves, sometimes to nearly all, and whether the person is a child."""
    share = random.choice((0.15, 0.5, 0.9, 1.0))
    said = {
        leaf: random.choice((YES, YES, NO))
        for leaf in guide.leaf_ids
        if leaf != CHILD and random.random() < share
    }
    return said, random.choice((YES, NO, OPEN))


@pytest.mark.parametrize("name", sorted(GUIDES))
def test_the_engine_says_what_the_oracle_says(name: str) -> None:
    guide, random = GUIDES[name], Random(name)
    seen = set()
    for _round in range(ROUNDS):
        answers, child = draw(guide, random)
        given = {leaf: [Answer(truth, "amina", has_reasons=True)] for leaf, truth in answers.items()}
        evaluation = evaluate(guide, given, child=child)
        found = {element: result.truth for element, result in evaluation.nodes.items()}
        assert found == by_oracle(guide, answers, child)
        seen.add(evaluation.truth)
    assert len(seen) > 1 or guide.by_id[guide.root].kind is Kind.NOTE, "the answers never changed the outcome"


def test_the_oracle_catches_an_engine_that_reads_silence_as_no() -> None:
    guide = GUIDES["international-refugee-status"]
    silent = {element: NO if truth is OPEN else truth for element, truth in truths(guide, {}).items()}
    given: dict[str, list[Answer]] = {}
    found = {name: result.truth for name, result in evaluate(guide, given, child=OPEN).nodes.items()}
    assert found != silent
    assert found == by_oracle(guide, {}, OPEN)
