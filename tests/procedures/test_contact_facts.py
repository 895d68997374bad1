"""What the contact gate reads from the records: fear, the State's part, and consent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amparo.access.actions import record_fear
from amparo.cases.actions import record_consent
from amparo.core.sharing import Item
from amparo.core.truth import Truth
from amparo.procedures.facts import compute_facts
from tests.procedures.world import NO, OPEN, YES, World


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
