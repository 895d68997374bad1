"""Whose turn it is: what the filter of the list says, beside what the page of the procedure offers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from amparo.access.data import Actor
from amparo.core.guides import Kind
from amparo.doctrine.data import GuideFile
from amparo.doctrine.registry import get_procedure, list_guides, list_procedures
from amparo.procedures.actions import move_stage
from amparo.procedures.data.overview import Facet
from amparo.procedures.models import Procedure
from amparo.procedures.queries import get_guide_page, list_all_procedures, turns
from amparo.procedures.queries.assessing import assess
from tests.people import Cast
from tests.procedures.world import World, make_world


@pytest.fixture
def world(cast: Cast) -> World:
    world = make_world(cast)
    world.now = datetime.now(UTC)
    return world


def is_turn_of(world: World, actor: Actor, procedure_id: UUID) -> bool:
    return procedure_id in turns.list_turns(actor, now=world.now)


def move(world: World, procedure_id: UUID, step: str) -> None:
    version = Procedure.objects.get(id=procedure_id).version
    move_stage(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        step_id=step,
        version=version,
    )


def test_withdrawing_is_open_to_everybody_and_makes_it_nobodys_turn(world: World) -> None:
    claim = world.open("refugee-status")
    assert is_turn_of(world, world.amina, claim)
    move(world, claim, "lodge")
    page = get_guide_page(world.amina, world.person_id, claim, "", language="en", now=world.now)
    assert "withdraw" in [step.id for step in page.moves if step.may_be_taken]
    assert not is_turn_of(world, world.amina, claim)


def test_a_step_is_somebodys_turn_once_the_findings_support_it(world: World) -> None:
    screening = world.open("screening")
    move(world, screening, "talk")
    assert not is_turn_of(world, world.amina, screening)
    world.find(screening, "screening.asylum.refer")
    assert is_turn_of(world, world.amina, screening)
    assert is_turn_of(world, world.bruno, screening)


def test_records_are_read_where_they_alone_still_decide(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tracing: once every finding is in, what is missing is a consent, which is a record."""
    tracing = world.open("tracing")
    asked: list[UUID] = []

    def note_and_assess(person_id: UUID, *rest: Any, **more: Any) -> Any:
        asked.append(person_id)
        return assess(person_id, *rest, **more)

    monkeypatch.setattr(turns, "assess", note_and_assess)
    world.find(tracing, "tracing.wish")
    assert not is_turn_of(world, world.amina, tracing)
    assert asked == []
    factors = [f"tracing.safety.{name}" for name in ("contact", "sought", "family", "means")]
    for element in (*factors, "tracing.safety", "tracing.origin"):
        world.find(tracing, element)
    assert not is_turn_of(world, world.amina, tracing)
    assert asked == [world.person_id]


def test_who_may_not_move_the_file_has_no_turn(world: World) -> None:
    world.open("screening")
    for who in ("dora", "eve", "consul"):
        assert turns.list_turns(getattr(world.cast, who).actor_at(world.now), now=world.now) == frozenset()


def test_the_list_says_the_same_and_counts_only_when_asked(world: World) -> None:
    yours, others = world.open("screening"), world.open("refugee-status")
    move(world, others, "lodge")
    for turn, expected in (("yours", yours), ("others", others)):
        page = list_all_procedures(world.amina, {Facet.TURN: turn}, language="en", now=world.now)
        assert [line.id for line in page.lines] == [expected]
        assert {one.value: one.count for one in page.options[Facet.TURN]} == {"yours": 1, "others": 1}
    unasked = list_all_procedures(world.amina, {}, language="en", now=world.now)
    assert [one.count for one in unasked.options[Facet.TURN]] == [None, None]


def test_it_agrees_with_the_page_of_every_procedure(world: World) -> None:
    for definition in list_procedures():
        if definition.subject != "person" or definition.id == "return":
            continue
        procedure_id = world.open(definition.id)
        page = get_guide_page(world.amina, world.person_id, procedure_id, "", language="en", now=world.now)
        aside = {step.id for step in get_procedure(definition.id).transitions if step.is_aside}
        offered = any(step.may_be_taken and step.id not in aside for step in page.moves)
        assert is_turn_of(world, world.amina, procedure_id) == offered, definition.id


def _denied(guide: GuideFile) -> set[str]:
    """The facts beneath an element that denies."""
    found: set[str] = set()
    stack = [child for one in guide.logic.elements if one.kind is Kind.NOT for child in one.children]
    while stack:
        name = stack.pop()
        if name in guide.texts and guide.texts[name].fact:
            found.add(name)
        stack.extend(guide.logic.by_id[name].children if name in guide.logic.by_id else ())
    return found


def test_no_guide_denies_a_record() -> None:
    """The extremes of a guide bound it only as long as no record counts against what it says."""
    assert {guide.id: _denied(guide) for guide in list_guides() if _denied(guide)} == {}
