"""Who takes part learns what their extract holds of choices and citations, and nothing of a later one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.library.actions import bring_up_to_date
from amparo.procedures.actions import add_participant
from amparo.procedures.data.choices import SealedChoice
from amparo.procedures.models import Choice
from amparo.vault.veil import Veiled
from tests.doors.noninterference import Request, Seen, assert_same, observe
from tests.people import Cast
from tests.procedures.world import World, agree_to_return, make_world
from tests.proof.world import passing

ELEMENT = "resettlement.med"
FIRST, SECOND = "seed/fn12", "us/bia/m-j-2001"
Change = Callable[[World, UUID], object]


@pytest.fixture
def world(cast: Cast) -> World:
    world = make_world(cast)
    world.now = datetime.now(UTC)
    bring_up_to_date(now=world.now)
    return world


@pytest.fixture
def case(world: World) -> UUID:
    case = world.open("resettlement")
    world.find(case, ELEMENT, citations=[FIRST])
    world.choose(case, "categories", "LPN", "SVT")
    return case


def invite(world: World, case: UUID) -> UUID:
    agree_to_return(world)
    return add_participant(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=case,
        unit_id=world.cast.chidi.unit_id,
        staff_id=world.cast.chidi.id,
    )


@pytest.fixture
def part(world: World, case: UUID) -> UUID:
    return invite(world, case)


def seen_after(world: World, case: UUID, part: UUID, change: Change) -> list[Seen]:
    """Return what Chidi is answered after a change, which is undone again."""
    requests = [Request(reverse("procedures_part", args=[part])), Request("/taking-part/"), Request("/")]
    with passing():
        change(world, case)
        return observe(world.cast.chidi, requests)


LATER: dict[str, tuple[Change, Change]] = {
    "other codes": (
        lambda at, case: at.choose(case, "categories", "MED", "FAM"),
        lambda at, case: at.choose(case, "categories", "AWR"),
    ),
    "another choice": (
        lambda at, case: at.choose(case, "categories"),
        lambda at, case: at.choose(case, "priority", "EMERGENCY"),
    ),
}


@pytest.mark.parametrize("what", LATER)
def test_what_is_chosen_after_the_sealing_does_not_reach_who_takes_part(
    world: World, case: UUID, part: UUID, what: str
) -> None:
    """They see that something changed, as they must before they sign; never what."""
    one, other = LATER[what]
    assert_same(seen_after(world, case, part, one), seen_after(world, case, part, other))


def test_what_is_cited_after_the_sealing_does_not_reach_who_takes_part(
    world: World, case: UUID, part: UUID
) -> None:
    def citing(entry: str) -> Change:
        return lambda at, case: at.find(case, ELEMENT, citations=[entry])

    assert_same(seen_after(world, case, part, citing(FIRST)), seen_after(world, case, part, citing(SECOND)))


def test_a_locked_reader_learns_nothing_of_choices_and_citations(
    world: World, case: UUID, part: UUID
) -> None:
    client = world.cast.chidi.client(Client(), is_unlocked=False)
    page = client.get(reverse("procedures_part", args=[part])).content.decode()
    assert reverse("library_entry", args=[FIRST]) not in page
    assert "sobrevivientes de violencia" not in page


def test_a_planted_page_that_reads_the_tables_is_caught(
    world: World, case: UUID, part: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def from_the_table(_sealed: object, _language: str) -> tuple[SealedChoice, ...]:
        lines = tuple(Veiled(code) for row in Choice.objects.all() for code in row.codes)
        return (SealedChoice(Veiled("x"), lines, Veiled("x"), None),)

    monkeypatch.setattr("amparo.procedures.views.participants.sealed_choices", from_the_table)
    one, other = LATER["other codes"]
    with pytest.raises(AssertionError):
        assert_same(seen_after(world, case, part, one), seen_after(world, case, part, other))


def test_what_was_sealed_is_shown(world: World, case: UUID, part: UUID) -> None:
    """The comparison is not of two empty pages."""
    page = observe(world.cast.chidi, [Request(reverse("procedures_part", args=[part]))])[0].body.decode()
    assert "sobrevivientes de violencia o tortura" in page
    assert reverse("library_entry", args=[FIRST]) in page
