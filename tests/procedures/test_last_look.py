"""What changed since the reader last looked: read off the ledger, written nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from amparo.ledger.models import Entry
from amparo.procedures.queries import get_guide_page
from amparo.procedures.queries.last_look import VISIT_GAP, end_of_last_visit
from tests.procedures.world import World

LINK, OTHER = "trafficking.act.transport", "trafficking.act.transfer"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def look(world: World, procedure_id, element: str = "", by=None):
    actor = by or world.amina
    return get_guide_page(actor, world.person_id, procedure_id, element, language="en", now=world.now)


def changed(page) -> list[str]:
    lines = [node for branch in page.tree for node in (branch.top, *branch.lines)]
    return [node.id for node in lines if node.is_changed]


def test_a_visit_is_a_run_of_openings_without_a_gap() -> None:
    minute = timedelta(minutes=1)
    assert end_of_last_visit([], NOON) is None
    assert end_of_last_visit([NOON - 5 * minute, NOON - 20 * minute], NOON) is None
    ago = NOON - 20 * minute - VISIT_GAP - minute
    assert end_of_last_visit([NOON - 5 * minute, NOON - 20 * minute, ago, ago - minute], NOON) == ago


def test_what_a_colleague_answered_since_is_marked_and_stays_so_for_the_visit(world: World) -> None:
    procedure_id = world.open("victim-identification")
    seen_at = world.now
    assert look(world, procedure_id).changes is None
    world.now += timedelta(hours=2)
    world.find(procedure_id, LINK, by=world.bruno)
    world.now += timedelta(hours=2)
    for _each in range(2):
        page = look(world, procedure_id)
        assert page.changes.since == seen_at
        assert changed(page) == [LINK]
        assert [element for element, _label in page.changes.elements] == [LINK]
        world.now += timedelta(minutes=3)
    assert sum(branch.changed for branch in page.tree) == 1


def test_one_s_own_answers_are_not_news(world: World) -> None:
    procedure_id = world.open("victim-identification")
    look(world, procedure_id)
    world.now += timedelta(hours=2)
    world.find(procedure_id, LINK)
    page = look(world, procedure_id)
    assert page.changes.is_nothing
    world.now += timedelta(hours=2)
    assert look(world, procedure_id, by=world.bruno).changes is None, "Bruno never looked before"


def test_a_look_for_another_purpose_is_another_look(world: World) -> None:
    identification, asylum = world.open("victim-identification"), world.open("refugee-status")
    look(world, asylum)
    world.now += timedelta(hours=2)
    assert look(world, identification).changes is None


def test_a_look_at_the_file_before_the_procedure_was_opened_is_no_look_at_it(world: World) -> None:
    look(world, world.open("refugee-status"))
    world.now += timedelta(days=9)
    opened_later = world.open("statelessness")
    assert look(world, opened_later).changes is None
    world.now += timedelta(hours=2)
    assert look(world, opened_later).changes.is_nothing


def test_looking_writes_nothing_but_the_opening(world: World) -> None:
    procedure_id = world.open("victim-identification")
    before = Entry.objects.count()
    look(world, procedure_id)
    (entry,) = Entry.objects.order_by("at", "id")[before:]
    assert entry.verb == "vault.open"


def test_a_locked_reader_leaves_no_look_and_sees_no_marks(world: World) -> None:
    procedure_id = world.open("victim-identification")
    locked = world.cast.amina.locked.as_of(world.now)
    look(world, procedure_id, by=locked)
    world.now += timedelta(hours=2)
    world.find(procedure_id, OTHER, by=world.bruno)
    page = look(world, procedure_id, by=world.cast.amina.locked.as_of(world.now))
    assert page.changes is None
    assert changed(page) == []
