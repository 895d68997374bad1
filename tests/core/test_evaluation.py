"""Evaluation against brute force: truth, because, missing, for random guides with shared leaves."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.core import ways
from amparo.core.evaluation import Answer, Held, evaluate
from amparo.core.guides import CHILD, Element, Guide, GuideError, Kind
from amparo.core.truth import Truth
from tests.core.guide_worlds import NO, OPEN, YES, World, in_every_completion, worlds


@given(worlds())
@settings(max_examples=400, deadline=None)
def test_every_truth_is_what_holds_in_all_completions(world: World) -> None:
    evaluation = evaluate(world.guide, world.given, child=world.child)
    expected = in_every_completion(world)
    assert {name: result.truth for name, result in evaluation.nodes.items()} == expected


@given(worlds())
@settings(max_examples=200, deadline=None)
def test_because_alone_decides_the_same(world: World) -> None:
    evaluation = evaluate(world.guide, world.given, child=world.child)
    for name, result in evaluation.nodes.items():
        if result.truth is OPEN:
            assert result.because == ()
            continue
        only = {leaf: said for leaf, said in world.given.items() if leaf in result.because}
        child = world.child if CHILD in result.because else OPEN
        assert evaluate(world.guide, only, child=child).nodes[name].truth is result.truth


def smallest_by_trying(world: World, wanted: Truth) -> dict[str, set[frozenset[str]]]:
    """For every undecided element the smallest sets of leaves with some answers that make it ``wanted``."""
    leaves = [leaf for leaf in world.guide.leaf_ids if not _is_said(world, leaf)]
    found: dict[str, set[frozenset[str]]] = {name: set() for name in world.guide.by_id}
    for size in range(len(leaves) + 1):
        for chosen in combinations(leaves, size):
            for choice in product((YES, NO), repeat=size):
                added = dict(zip(chosen, choice, strict=True))
                child = added.pop(CHILD, world.child)
                said = {**world.given, **{leaf: [Answer(t, "b", True)] for leaf, t in added.items()}}
                for name, result in evaluate(world.guide, said, child=child).nodes.items():
                    if result.truth is wanted and not any(s <= set(chosen) for s in found[name]):
                        found[name].add(frozenset(chosen))
    return found


def _is_said(world: World, leaf: str) -> bool:
    return world.child is not OPEN if leaf == CHILD else leaf in world.answers


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_missing_are_exactly_the_smallest_sets_that_would_decide(world: World) -> None:
    evaluation = evaluate(world.guide, world.given, child=world.child)
    to_establish, to_refute = smallest_by_trying(world, YES), smallest_by_trying(world, NO)
    for name, result in evaluation.nodes.items():
        if result.truth is not OPEN:
            assert result.missing == ()
            continue
        for told, tried in ((result.to_establish, to_establish[name]), (result.to_refute, to_refute[name])):
            assert set(told) <= tried
            assert len(told) == min(len(tried), ways.KEPT)
            assert sorted(map(len, told)) == sorted(map(len, tried))[: len(told)]


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_answers_changes_nothing(world: World, random: Random) -> None:
    said = {leaf: [*answers, Answer(OPEN, "eve")] for leaf, answers in world.given.items()}
    shuffled = list(said.items())
    random.shuffle(shuffled)
    other = {leaf: answers[::-1] for leaf, answers in shuffled}
    one, two = (evaluate(world.guide, given, child=world.child) for given in (said, other))
    assert dict(one.nodes) == dict(two.nodes)


def said(truth: Truth, *, reasons: bool = True) -> list[Answer]:
    return [Answer(truth, "amina", reasons)]


PALERMO = Guide(
    "palermo",
    "t",
    (
        Element("t", Kind.ALL, ("act", "t.means", "purpose")),
        Element("act", Kind.FINDING),
        Element("t.means", Kind.UNLESS_CHILD, ("means",)),
        Element("means", Kind.ANY, ("force", "fraud")),
        Element("force", Kind.FINDING),
        Element("fraud", Kind.FINDING),
        Element("purpose", Kind.FINDING),
    ),
)


def test_the_means_are_not_required_for_a_child() -> None:
    answers = {"act": said(YES), "purpose": said(YES)}
    assert evaluate(PALERMO, answers, child=YES).truth is YES
    assert evaluate(PALERMO, answers, child=YES).because == (CHILD, "act", "purpose")
    assert evaluate(PALERMO, answers, child=NO).truth is OPEN


def test_an_unassessed_age_leaves_what_holds_either_way() -> None:
    answers = {"act": said(YES), "purpose": said(YES), "force": said(NO)}
    evaluation = evaluate(PALERMO, answers, child=OPEN)
    assert evaluation.truth is OPEN
    assert evaluation.root.to_establish == (frozenset({CHILD}), frozenset({"fraud"}))
    assert evaluate(PALERMO, {**answers, "fraud": said(YES)}, child=OPEN).truth is YES


def test_answers_that_disagree_leave_the_leaf_open_and_are_reported() -> None:
    answers = {"act": [*said(YES), *said(NO)], "purpose": said(YES), "force": said(YES)}
    evaluation = evaluate(PALERMO, answers, child=NO)
    assert evaluation.truth is OPEN
    assert evaluation.conflicts == evaluation.root.conflicts == ("act",)
    assert evaluation.missing == (frozenset({"act"}),)


EITHER_AGE = Guide(
    "either-age",
    "r",
    (
        Element("r", Kind.ALL, ("adult", "young", "keep")),
        Element("adult", Kind.UNLESS_CHILD, ("a",)),
        Element("young", Kind.IF_CHILD, ("b",)),
        Element("two", Kind.AT_LEAST, ("adult", "young"), 1),
        Element("a", Kind.FINDING),
        Element("b", Kind.FINDING),
        Element("keep", Kind.NOTE, ("two",)),
    ),
)


def test_what_fails_at_either_age_fails_while_the_age_is_open() -> None:
    evaluation = evaluate(EITHER_AGE, {"a": said(NO), "b": said(NO)}, child=OPEN)
    assert (evaluation.truth, evaluation.because) == (NO, ("a", "b"))
    assert evaluation.nodes["adult"].truth is OPEN


def test_what_holds_at_either_age_holds_while_the_age_is_open() -> None:
    result = evaluate(EITHER_AGE, {"a": said(NO), "b": said(NO)}, child=OPEN).nodes["two"]
    assert (result.truth, result.because) == (YES, ("a", "b"))


def test_the_way_through_an_open_age_is_found_without_settling_it() -> None:
    evaluation = evaluate(EITHER_AGE, {"a": said(NO)}, child=OPEN)
    assert evaluation.root.to_refute == (frozenset({CHILD}), frozenset({"b"}))
    assert evaluation.root.to_establish == (frozenset({CHILD, "b"}),)


WEIGHING = Guide(
    "weighing",
    "w",
    (Element("w", Kind.CONSIDER, ("a", "b")), Element("a", Kind.FINDING), Element("b", Kind.FINDING)),
)


def test_a_conclusion_waits_until_every_factor_is_weighed() -> None:
    held = evaluate(WEIGHING, {"w": said(YES), "a": said(NO)}, child=NO).root
    assert (held.truth, held.held, held.missing) == (OPEN, Held.FACTORS_NOT_WEIGHED, (frozenset({"b"}),))
    done = evaluate(WEIGHING, {"w": said(YES), "a": said(NO), "b": said(NO)}, child=NO).root
    assert (done.truth, done.held) == (YES, Held.NO)


def test_a_conclusion_without_reasons_is_refused() -> None:
    weighed = {"a": said(YES), "b": said(YES)}
    refused = evaluate(WEIGHING, {**weighed, "w": said(YES, reasons=False)}, child=NO).root
    assert (refused.truth, refused.held, refused.missing) == (OPEN, Held.NO_REASONS, (frozenset({"w"}),))


def test_factors_never_conclude_by_themselves() -> None:
    assert evaluate(WEIGHING, {"a": said(YES), "b": said(YES)}, child=NO).truth is OPEN


def test_a_gate_names_what_blocks_and_notes_do_not() -> None:
    elements = (
        Element("g", Kind.ALL, ("one", "two", "duty")),
        *(Element(i, Kind.FINDING) for i in ("one", "two")),
    )
    gate = Guide("gate", "g", (*elements, Element("duty", Kind.NOTE)), is_gate=True)
    assert evaluate(gate, {"one": said(YES), "duty": said(NO)}, child=NO).blocking == ("two",)


def test_an_answer_to_an_element_the_guide_does_not_ask_is_stray() -> None:
    assert evaluate(PALERMO, {"t": said(YES), "gone": said(YES)}, child=NO).stray == ("gone", "t")


F = Kind.FINDING
BREACHES = [
    ("unknown_element", (Element("r", Kind.ALL, ("x",)),)),
    ("unknown_element", (Element("x", F),)),
    ("cycle", (Element("r", Kind.NOT, ("x",)), Element("x", Kind.NOT, ("r",)))),
    ("orphan_element", (Element("r", F), Element("x", F))),
    ("duplicate_element", (Element("r", F), Element("r", F))),
    ("duplicate_element", (Element("r", Kind.ALL, (CHILD,)), Element(CHILD, F))),
    ("repeated_child", (Element("r", Kind.ALL, ("x", "x")), Element("x", F))),
    ("no_children", (Element("r", Kind.ALL, ("x",)), Element("x", Kind.NOTE))),
    ("no_children", (Element("r", Kind.NOTE),)),
    ("one_child_only", (Element("r", Kind.NOT, ("x", "y")), Element("x", F), Element("y", F))),
    ("count_out_of_range", (Element("r", Kind.AT_LEAST, ("x",), 2), Element("x", F))),
    ("leaf_with_children", (Element("r", F, ("x",)), Element("x", F))),
    ("fact_without_name", (Element("r", Kind.FACT),)),
    ("name_without_fact", (Element("r", F, fact="a.b"),)),
    (
        "mixed_leaf_in_consider",
        (
            Element("r", Kind.ANY, ("c", "n", "x")),
            Element("c", Kind.CONSIDER, ("x",)),
            Element("n", Kind.NOT, ("x",)),
            Element("x", F),
        ),
    ),
    (
        "too_many_mixed_leaves",
        (
            Element("r", Kind.ALL, tuple(f"{k}{n}" for n in range(5) for k in "xn")),
            *(Element(f"x{n}", F) for n in range(5)),
            *(Element(f"n{n}", Kind.NOT, (f"x{n}",)) for n in range(5)),
        ),
    ),
]


@pytest.mark.parametrize(("code", "elements"), BREACHES)
def test_a_graph_that_is_no_guide_is_refused(code: str, elements: tuple[Element, ...]) -> None:
    with pytest.raises(GuideError) as caught:
        Guide("broken", "r", elements)
    assert caught.value.code == code


def test_a_part_named_in_a_whole_and_beside_it_is_crossed_once() -> None:
    leaves = [f"leaf{at}" for at in range(8)]
    pairs = [(f"pair{at}", tuple(leaves[at : at + 2])) for at in range(0, 8, 2)]
    names = tuple(name for name, _ in pairs)
    guide = Guide(
        "twice",
        "root",
        (
            *(Element(leaf, Kind.FINDING) for leaf in leaves),
            *(Element(name, Kind.ANY, children) for name, children in pairs),
            Element("whole", Kind.ALL, names),
            Element("root", Kind.ALL, ("whole", *names)),
        ),
    )
    root = guide.plan.nodes[guide.plan.node_of["root"]]
    assert len(root.parts) == 4
    assert root.groups == ()
    evaluation = evaluate(guide, {}, child=OPEN)
    assert evaluation.nodes["root"].to_establish == evaluation.nodes["whole"].to_establish
