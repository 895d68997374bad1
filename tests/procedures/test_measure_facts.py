"""What the measures of protection read from the records: a route is open until it is ruled out."""

from __future__ import annotations

from uuid import UUID

import pytest

from amparo.cases.actions import record_status
from amparo.cases.data import Axis
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide
from amparo.procedures.facts import compute_facts
from tests.procedures.world import NO, OPEN, YES, World, refute_asylum, stand_outside_the_mandate


def fact(world: World, name: str) -> Truth:
    return compute_facts(world.amina, world.person_id, [name], as_of=world.now)[name].answer.truth


def be(world: World, axis: Axis, code: str) -> None:
    record_status(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        axis=axis,
        code=code,
        from_date=world.now.date(),
        basis="DECLARED",
    )


def rule_out_persecution(world: World) -> UUID:
    procedure_id = refute_asylum(world)
    logic = get_guide("refugee-status").logic
    for leaf in logic.counted(logic.by_id["refugee.persecution"]):
        world.find(procedure_id, leaf, NO)
    return procedure_id


@pytest.mark.parametrize("name", ["asylum.route_open", "asylum.complementary_open"])
def test_a_route_is_open_until_it_is_ruled_out(world: World, name: str):
    assert fact(world, name) is YES
    rule_out_persecution(world)
    assert fact(world, name) is NO


def test_persecution_that_nobody_looked_at_keeps_asylum_open(world: World):
    refute_asylum(world)
    assert fact(world, "asylum.route_open") is YES


def test_expressed_fear_keeps_asylum_open_whatever_else_was_found(world: World):
    procedure_id = rule_out_persecution(world)
    world.find(procedure_id, "refugee.fear.expressed", YES)
    assert fact(world, "asylum.route_open") is YES


def test_a_refugee_by_recognition_is_one_and_an_unknown_category_says_nothing(world: World):
    assert fact(world, "asylum.recognised") is OPEN
    stand_outside_the_mandate(world)
    assert fact(world, "asylum.recognised") is NO


@pytest.mark.parametrize(
    ("status", "expected"),
    [("AT_RISK", OPEN), ("PRESUMED", YES), ("IDENTIFIED", YES), ("NONE", NO), ("NOT_IDENTIFIED", NO)],
)
def test_reasonable_grounds_are_those_of_the_file(world: World, status: str, expected: Truth):
    assert fact(world, "identification.presumed") is OPEN
    be(world, Axis.TRAFFICKING, status)
    assert fact(world, "identification.presumed") is expected


def test_return_is_not_open_where_nobody_assessed_its_conditions(world: World):
    assert fact(world, "return.conditions_met") is OPEN
    world.open("needs-assessment")
    assert fact(world, "return.conditions_met") is OPEN


def test_the_needs_assessment_reads_the_routes_of_the_person(world: World):
    procedure_id = world.open("needs-assessment")
    assert world.truths(procedure_id)["needs-assessment"] is OPEN
