"""What holds because nothing was recorded is never counted as documented."""

from __future__ import annotations

from django.test import Client

from amparo.procedures.facts import compute_facts
from amparo.procedures.queries import get_guide_page
from tests.procedures.world import World

BAR = "refugee.bars.exclusion.not_raised"
FACT = "asylum.no_exclusion_indicator"


def test_nothing_is_documented_before_anybody_recorded_anything(world: World) -> None:
    procedure_id = world.open("refugee-status")
    page = get_guide_page(world.amina, world.person_id, procedure_id, BAR, language="en", now=world.now)
    assert page.standing.documented == 0
    assert page.element.state == "established"
    assert page.element.fact
    assert page.element.fact.holds_unexamined


def test_a_fact_that_reads_records_is_not_an_absence(world: World) -> None:
    facts = compute_facts(world.amina, world.person_id, [FACT, "asylum.not_recognised"], as_of=world.now)
    assert facts[FACT].holds_unexamined
    assert not facts["asylum.not_recognised"].holds_unexamined


def test_the_page_says_that_nobody_examined_it(world: World, client: Client) -> None:
    procedure_id = world.open("refugee-status")
    world.cast.amina.client(client)
    page = client.get(f"/files/{world.code}/procedures/{procedure_id}/{BAR}/").content.decode()
    assert "Nadie lo ha examinado" in page
