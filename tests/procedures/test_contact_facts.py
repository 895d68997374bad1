"""What the contact gate reads from the records: fear, the State's part, and consent."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access.actions import record_fear
from amparo.access.gate import writes_outside_actions
from amparo.cases.actions import record_consent
from amparo.cases.models import StatusInterval
from amparo.core.sharing import Item
from amparo.core.truth import Truth
from amparo.procedures.actions import move_stage
from amparo.procedures.facts import compute_facts
from amparo.procedures.models import Procedure
from tests.procedures.world import NO, OPEN, YES, World, refute_asylum, stand_outside_the_mandate


def fact(world: World, name: str) -> Truth:
    return compute_facts(world.amina, world.person_id, [name], as_of=world.now)[name].answer.truth


def test_fear_that_nobody_asked_about_is_not_assessed(world: World):
    assert fact(world, "asylum.no_expressed_fear") is OPEN


@pytest.mark.parametrize(("found", "expected"), [(NO, YES), (YES, NO)])
def test_fear_follows_what_the_person_said_when_asked(world: World, found: Truth, expected: Truth):
    world.find(world.open("refugee-status"), "refugee.fear.expressed", found)
    assert fact(world, "asylum.no_expressed_fear") is expected


def test_fear_of_a_state_on_the_file_shuts_whatever_was_said(world: World):
    world.find(world.open("refugee-status"), "refugee.fear.expressed", NO)
    record_fear(world.amina, now=world.now, person_id=world.person_id, state="COL")
    assert fact(world, "asylum.no_expressed_fear") is NO


@pytest.mark.parametrize(("found", "expected"), [(NO, YES), (YES, NO), (OPEN, OPEN)])
def test_the_part_of_the_state_is_ruled_out_only_by_a_finding(world: World, found: Truth, expected: Truth):
    world.find(world.open("refugee-status"), "refugee.agents.state", found)
    assert fact(world, "asylum.state_not_implicated") is expected


def test_consent_to_ask_another_state_is_read_from_the_file(world: World):
    assert fact(world, "consent.nationality") is OPEN
    record_consent(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        purpose="NATIONALITY",
        recipients=[],
        data_items=(Item.LANGUAGE,),
        until_date=world.now.date() + timedelta(days=30),
    )
    assert fact(world, "consent.nationality") is YES
    assert fact(world, "consent.return") is OPEN


def move(world: World, procedure_id: UUID, step_id: str) -> None:
    move_stage(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        step_id=step_id,
        version=Procedure.objects.get(id=procedure_id).version,
        reasons="Así lo dijo la persona, a solas.",
    )


def test_a_claim_that_is_being_prepared_is_never_the_absence_of_one(world: World):
    stand_outside_the_mandate(world)
    assert fact(world, "asylum.no_pending_claim") is OPEN
    procedure_id = world.open("refugee-status")
    assert fact(world, "asylum.no_pending_claim") is OPEN
    world.find(procedure_id, "refugee.fear.expressed")
    assert fact(world, "asylum.no_pending_claim") is OPEN


def test_nothing_is_left_to_claim_once_every_route_was_answered_in_the_negative(world: World):
    refute_asylum(world)
    assert fact(world, "asylum.no_pending_claim") is YES


def test_a_lodged_claim_runs_whatever_the_routes_and_the_category_say(world: World):
    procedure_id = refute_asylum(world)
    move(world, procedure_id, "lodge")
    assert fact(world, "asylum.no_pending_claim") is NO
    with writes_outside_actions("a category that somebody corrected by hand"):
        StatusInterval.objects.filter(person_id=world.person_id, axis="mandate").update(code="NONE")
    assert fact(world, "asylum.no_pending_claim") is NO


def test_a_withdrawn_claim_no_longer_runs(world: World):
    procedure_id = world.open("refugee-status")
    move(world, procedure_id, "lodge")
    move(world, procedure_id, "withdraw")
    assert fact(world, "asylum.no_pending_claim") is YES
