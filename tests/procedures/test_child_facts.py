"""What the rules for a child read from guardianship, best interests and the parents' role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access.data import Actor
from amparo.access.scoping import facts_of
from amparo.core.guides import Kind
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.registry import get_guide
from amparo.procedures.actions import move_stage
from amparo.procedures.data.refusals import FourEyes, MoveNotReady, NeedsPanel
from amparo.procedures.facts import compute_facts
from amparo.procedures.models import Procedure
from tests.procedures.world import NO, OPEN, YES, World

BLOCKING = ("parents.facilitated", "parents.sold", "parents.exploiter", "parents.controlled")


@pytest.fixture
def world(child_world: World) -> World:
    return child_world


@pytest.fixture
def panel_decided() -> Iterator[None]:
    """Let the determination be decided without its meeting; the panel's own order is proved in its room."""
    definitions = registry._library().procedures
    key = ("", "best-interests-determination")
    kept = definitions[key]
    steps = tuple(replace(step, needs_panel=False) for step in kept[-1].transitions)
    definitions[key] = [replace(kept[-1], panel=None, transitions=steps)]
    yield
    definitions[key] = kept


def fact(world: World, name: str) -> Truth:
    return compute_facts(world.amina, world.person_id, [name], as_of=world.now)[name].answer.truth


def move(world: World, procedure_id: UUID, *steps: str, by: Actor | None = None) -> None:
    for step in steps:
        world.now += timedelta(minutes=1)
        move_stage(
            by or world.bruno,
            now=world.now,
            person_id=world.person_id,
            procedure_id=procedure_id,
            step_id=step,
            version=Procedure.objects.get(id=procedure_id).version,
            reasons="Consta en el acta.",
        )


def answer(world: World, procedure_id: UUID, guide_id: str, **answers: Truth) -> None:
    """Answer every leaf that counts, factors before conclusions; established unless ``answers`` say."""
    guide = get_guide(guide_id).logic
    for kind in (Kind.FINDING, Kind.CONSIDER):
        for leaf in guide.leaf_ids:
            if leaf in guide.by_id and guide.by_id[leaf].kind is kind:
                world.find(procedure_id, leaf, answers.get(leaf.rpartition(".")[2], YES))


def appoint(world: World) -> UUID:
    procedure_id = world.open("guardianship")
    answer(world, procedure_id, "guardianship")
    move(world, procedure_id, "appoint_at_once")
    return procedure_id


def say_what_is_determined(world: World, procedure_id: UUID) -> None:
    world.choose(procedure_id, "direction", "DURABLE_SOLUTION")
    world.choose(procedure_id, "options", "KINSHIP", "RETURN")


def decide(world: World, **answers: Truth) -> UUID:
    procedure_id = world.open("best-interests-determination")
    answer(world, procedure_id, "best-interests-determination", **answers)
    say_what_is_determined(world, procedure_id)
    move(world, procedure_id, "draft", "schedule", "decide")
    return procedure_id


def test_a_guardian_counts_once_acting_and_not_while_replaced(world: World):
    assert fact(world, "child.guardian_in_place") is OPEN
    procedure_id = appoint(world)
    assert fact(world, "child.guardian_in_place") is YES
    move(world, procedure_id, "replace")
    assert fact(world, "child.guardian_in_place") is OPEN


def test_a_guardian_of_the_migration_authority_cannot_be_registered(world: World):
    procedure_id = world.open("guardianship")
    answer(world, procedure_id, "guardianship", independent=NO)
    with pytest.raises(MoveNotReady):
        move(world, procedure_id, "appoint_at_once")
    assert fact(world, "child.guardian_in_place") is NO


def test_parents_whom_nobody_looked_at_are_neither_examined_nor_cleared(world: World):
    world.open("best-interests-assessment")
    assert fact(world, "child.parents_examined") is OPEN
    assert fact(world, "child.parents_cleared") is OPEN


@pytest.mark.parametrize("part", [None, *BLOCKING])
def test_each_blocking_part_of_the_parents_shuts_tracing_and_return(world: World, part: str | None):
    procedure_id = world.open("best-interests-assessment")
    clear = {name.rpartition(".")[2]: YES if name == part else NO for name in BLOCKING}
    answer(world, procedure_id, "parents-role", **clear)
    assert fact(world, "child.parents_examined") is YES
    assert fact(world, "child.parents_cleared") is (NO if part else YES)


def test_an_assessment_counts_from_its_approval_to_its_reopening(world: World):
    procedure_id = world.open("best-interests-assessment")
    answer(world, procedure_id, "best-interests-assessment")
    move(world, procedure_id, "begin", "submit", by=world.amina)
    assert fact(world, "child.best_interests_assessed") is OPEN
    assert not facts_of(world.amina, world.person_id).has_best_interests
    move(world, procedure_id, "approve")
    assert fact(world, "child.best_interests_assessed") is YES
    assert facts_of(world.amina, world.person_id).has_best_interests
    move(world, procedure_id, "reopen_approved")
    assert fact(world, "child.best_interests_assessed") is OPEN


def test_nobody_approves_what_they_submitted(world: World):
    procedure_id = world.open("best-interests-assessment")
    answer(world, procedure_id, "best-interests-assessment")
    move(world, procedure_id, "begin", "submit", by=world.bruno)
    with pytest.raises(FourEyes):
        move(world, procedure_id, "approve", by=world.bruno)
    assert fact(world, "child.best_interests_assessed") is OPEN


@pytest.mark.usefixtures("panel_decided")
def test_a_return_is_best_only_as_the_panel_decided_it(world: World):
    appoint(world)
    procedure_id = decide(world)
    assert fact(world, "child.return_is_best") is YES
    world.now += timedelta(minutes=1)
    world.find(procedure_id, "bid.factors.safety", NO)
    assert fact(world, "child.return_is_best") is OPEN


@pytest.mark.usefixtures("panel_decided")
def test_a_decision_for_another_option_allows_no_return(world: World):
    appoint(world)
    procedure_id = decide(world, **{"return": NO})
    assert fact(world, "child.return_is_best") is NO
    move(world, procedure_id, "reopen_decided")
    assert fact(world, "child.return_is_best") is OPEN


def test_a_determination_without_a_guardian_cannot_be_decided(world: World):
    procedure_id = world.open("best-interests-determination")
    answer(world, procedure_id, "best-interests-determination")
    say_what_is_determined(world, procedure_id)
    with pytest.raises(MoveNotReady):
        move(world, procedure_id, "draft", "schedule", "decide")


def test_no_determination_is_decided_without_its_panel(world: World):
    appoint(world)
    with pytest.raises(NeedsPanel):
        decide(world)
    assert fact(world, "child.reunification_is_best") is OPEN
