"""Lines of ways against brute force: filling every slot of a line does settle the element."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings

from amparo.core.evaluation import Answer, Evaluation, evaluate
from amparo.core.guides import CHILD, Element, Guide, Kind
from amparo.core.truth import Truth
from amparo.core.way_lines import Choice, Line, list_lines, size_of
from amparo.doctrine.registry import list_guides
from tests.core.guide_worlds import NO, OPEN, YES, World, worlds

GUIDES = [file for file in list_guides() if file.is_scored]


def truth_of(evaluation: Evaluation, choice: Choice) -> Truth:
    return evaluation.child if choice.element == CHILD else evaluation.nodes[choice.element].truth


def is_filled(evaluation: Evaluation, line: Line) -> bool:
    return all(any(truth_of(evaluation, choice) is choice.truth for choice in slot) for slot in line)


def completions(world: World) -> list[Evaluation]:
    """Every way to answer what is open."""
    leaves = [leaf for leaf in world.guide.leaf_ids if leaf != CHILD and leaf not in world.answers]
    children = (YES, NO) if world.child is OPEN else (world.child,)
    found = []
    for child, *said in product(children, *[(YES, NO)] * len(leaves)):
        added = {leaf: [Answer(truth, "b", True)] for leaf, truth in zip(leaves, said, strict=True)}
        found.append(evaluate(world.guide, {**world.given, **added}, child=child))
    return found


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_filling_a_line_settles_the_element(world: World) -> None:
    evaluation = evaluate(world.guide, world.given, child=world.child)
    ends = completions(world)
    for element in world.guide.by_id:
        for truth in (YES, NO):
            for line in list_lines(evaluation, element, truth):
                filled = [end for end in ends if is_filled(end, line)]
                assert all(end.nodes[element].truth is truth for end in filled)


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.id)
def test_the_lines_of_every_guide_can_be_filled_and_cost_what_they_say(file: object) -> None:
    guide, chance = file.logic, Random(7)  # type: ignore[attr-defined]
    leaves = [leaf for leaf in guide.leaf_ids if leaf != CHILD]
    for _round in range(25):
        said = {leaf: chance.choice([YES, NO, OPEN, OPEN]) for leaf in leaves}
        given = {leaf: [Answer(truth, "a", True)] for leaf, truth in said.items() if truth is not OPEN}
        child = chance.choice([YES, NO])
        evaluation = evaluate(guide, given, child=child)
        for truth in (YES, NO):
            lines = list_lines(evaluation, guide.root, truth)
            ways = evaluation.root.to_establish if truth is YES else evaluation.root.to_refute
            assert bool(lines) == bool(ways)
            assert [size_of(line) for line in lines] == sorted(size_of(line) for line in lines)
            if lines:
                assert size_of(lines[0]) >= len(ways[0])
            for line in lines[:3]:
                end = answered_along(evaluation, guide, given, line, child)
                assert end.nodes[guide.root].truth is truth, line


def answered_along(
    evaluation: Evaluation, guide: Guide, given: dict[str, list[Answer]], line: Line, child: Truth
) -> Evaluation:
    """Answer the leaves of the first choice of every slot so that the choice comes out as it says."""
    said = dict(given)
    for first, *_others in line:
        result = evaluation.nodes[first.element]
        way = (result.to_establish if first.truth is YES else result.to_refute)[0]
        for answers in product((YES, NO), repeat=len(way)):
            trial = {**said, **{leaf: [Answer(t, "b", True)] for leaf, t in zip(way, answers, strict=True)}}
            if evaluate(guide, trial, child=child).nodes[first.element].truth is first.truth:
                said = trial
                break
    return evaluate(guide, said, child=child)


def test_interchangeable_grounds_are_said_once() -> None:
    refugee = next(file.logic for file in GUIDES if file.id == "refugee-status")
    evaluation = evaluate(refugee, {}, child=NO)
    (line,) = list_lines(evaluation, "refugee.nexus", YES) and list_lines(evaluation, refugee.root, YES)
    grounds = [slot for slot in line if any(choice.element == "refugee.nexus.race" for choice in slot)]
    assert len(grounds) == 1
    assert len(grounds[0]) == 5


def test_what_must_be_ruled_out_says_so() -> None:
    guide = Guide(
        "a",
        "a",
        (
            Element("a", Kind.ALL, ("b", "c")),
            Element("b", Kind.FINDING),
            Element("c", Kind.NOT, ("d",)),
            Element("d", Kind.FINDING),
        ),
    )
    evaluation = evaluate(guide, {}, child=NO)
    assert list_lines(evaluation, "a", YES) == (((Choice("b", YES, 1),), (Choice("d", NO, 1),)),)
    assert list_lines(evaluation, "a", NO) == (((Choice("b", NO, 1),),), ((Choice("d", YES, 1),),))


def test_a_decided_element_and_a_leaf_have_no_line() -> None:
    guide = Guide("a", "a", (Element("a", Kind.ANY, ("b", "c")), *(Element(x, Kind.FINDING) for x in "bc")))
    evaluation = evaluate(guide, {"b": [Answer(YES, "x", True)]}, child=NO)
    assert list_lines(evaluation, "a", YES) == ()
    assert list_lines(evaluation, "c", YES) == ()
