"""The list of all procedures: what is in it, how it is narrowed, and for whom it is empty."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.access.actions import exclude
from amparo.access.data import Actor
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Scope
from amparo.access.scoping import ScopedQuerySet
from amparo.ledger.models import Entry
from amparo.procedures.actions import move_stage
from amparo.procedures.data.overview import Facet, Filters, ProceduresPage
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.queries import overview
from tests.doors.noninterference import Request, assert_same, worlds
from tests.people import Cast
from tests.procedures.world import World, make_world

KINDS = ("victim-identification", "refugee-status", "statelessness")


@pytest.fixture
def world(cast: Cast) -> World:
    """The same world at the real time: pages run on the clock of the request."""
    world = make_world(cast)
    world.now = datetime.now(UTC)
    return world


def ask(world: World, filters: Filters | None = None, *, page: int = 1, who: str = "amina") -> ProceduresPage:
    actor = getattr(world.cast, who).actor_at(world.now)
    return overview.list_all_procedures(actor, filters or {}, page=page, language="en", now=world.now)


def counts(page: ProceduresPage, facet: Facet) -> dict[str, int | None]:
    return {option.value: option.count for option in page.options[facet]}


def put(world: World, *, stage: str = "preparation", days: int | None = None, is_open: bool = True) -> UUID:
    """Write the row of an asylum procedure about a new person, whose period ends in so many days."""
    with writes_outside_actions("procedures of a test"):
        code = f"AM-{uuid4().hex[:8].upper()}"
        scope = Scope.objects.create(id=uuid4(), code=code, unit_id=world.cast.amina.unit_id)
        procedure = Procedure.objects.create(
            person=scope,
            definition="refugee-status",
            definition_edition="INT/1",
            guide="refugee-status",
            guide_version=1,
            editions={"refugee-status": "INT/1"},
            stage=stage,
            is_open=is_open,
            opened_at=world.now,
            opened_by=world.amina.ref,
        )
        StageEntry.objects.create(
            procedure=procedure,
            number=1,
            stage=stage,
            at=world.now,
            by=world.amina.ref,
            by_name="Amina",
            due_date=None if days is None else world.now.date() + timedelta(days=days),
        )
    return procedure.id


def test_every_procedure_is_a_line_with_its_code_stage_and_period(world: World) -> None:
    opened = {world.open(kind) for kind in KINDS}
    page = ask(world)
    assert {line.id for line in page.lines} == opened
    assert {line.code for line in page.lines} == {world.code}
    assert (page.total, page.number, page.pages) == (3, 1, 1)
    assert all(line.is_open and line.title and line.stage_label for line in page.lines)


def test_open_ones_come_first_and_among_them_those_that_end_first(world: World) -> None:
    ended = put(world, stage="recognised", days=1, is_open=False)
    without, late, soon, overdue = (put(world, days=days) for days in (None, 30, 3, -2))
    page = ask(world)
    assert [line.id for line in page.lines] == [overdue, soon, late, without, ended]
    assert [line.is_overdue for line in page.lines] == [True, False, False, False, False]
    assert page.lines[-1].due_date is None
    assert counts(page, Facet.CLOCK) == {"overdue": 1, "soon": 1, "later": 1, "none": 1}
    assert counts(page, Facet.STATE) == {"open": 4, "ended": 1}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({Facet.DEFINITION: "refugee-status"}, 3),
        ({Facet.DEFINITION: "victim-identification"}, 1),
        ({Facet.STAGE: "refugee-status.appeal"}, 1),
        ({Facet.COUNTRY: "INT"}, 4),
        ({Facet.COUNTRY: "CRI"}, 0),
        ({Facet.CLOCK: "overdue"}, 1),
        ({Facet.STATE: "ended"}, 1),
        ({Facet.STATE: "ended", Facet.CLOCK: "overdue"}, 0),
        ({Facet.TURN: "yours", Facet.STATE: "open"}, 2),
        ({Facet.TURN: "others"}, 1),
        ({Facet.DEFINITION: "invented"}, 0),
    ],
)
def test_a_filter_leaves_what_it_says_and_its_count_says_so_before(
    world: World, filters: Filters, expected: int
) -> None:
    world.open("victim-identification")
    put(world, days=-1)
    put(world, stage="appeal")
    put(world, stage="recognised", is_open=False)
    page = ask(world, filters)
    assert page.total == len(page.lines) == expected
    for facet, value in filters.items():
        others = {one: other for one, other in filters.items() if one is not facet or facet is Facet.TURN}
        assert counts(ask(world, others), facet).get(value, 0) == expected


def test_only_stages_of_the_chosen_kind_are_offered(world: World) -> None:
    for kind in KINDS:
        world.open(kind)
    chosen = ask(world, {Facet.DEFINITION: "refugee-status"}).options[Facet.STAGE]
    assert [option.value for option in chosen] == ["refugee-status.preparation"]
    assert len(ask(world).options[Facet.STAGE]) == len(KINDS)


def test_pages_never_overlap_and_one_past_the_end_is_the_last(world: World) -> None:
    for _number in range(overview.PAGE + 3):
        put(world)
    first, second = ask(world), ask(world, page=2)
    assert (len(first.lines), len(second.lines), second.pages) == (overview.PAGE, 3, 2)
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}
    assert ask(world, page=99) == second


def test_queries_do_not_grow_with_the_procedures(world: World) -> None:
    def asked(actor: Actor) -> int:
        with CaptureQueriesContext(connection) as queries:
            overview.list_all_procedures(actor, {}, language="en", now=world.now)
        return len(queries)

    locked = world.cast.amina.locked.as_of(world.now)
    world.open("refugee-status")
    put(world)
    asked(world.amina)
    few = asked(world.amina)
    assert asked(locked) == 2
    for days in range(20):
        put(world, days=days)
    assert asked(locked) == 2
    assert asked(world.amina) == few <= 11


def test_names_stand_beside_the_codes_while_unlocked_and_only_then(world: World, client: Client) -> None:
    world.open("refugee-status")
    list_page = "/procedures/"
    shown = world.cast.amina.client(client).get(list_page).content.decode()
    assert "Lucía" in shown
    assert world.code in shown
    opened = Entry.objects.filter(verb="vault.open").count()
    client.post("/lock/")
    locked = client.get(list_page).content.decode()
    assert world.code in locked
    assert "Lucía" not in locked
    assert Entry.objects.filter(verb="vault.open").count() == opened > 0


def test_a_step_taken_moves_the_line(world: World) -> None:
    procedure_id = world.open("refugee-status")
    move_stage(
        world.amina,
        now=world.now,
        person_id=world.person_id,
        procedure_id=procedure_id,
        step_id="lodge",
        version=1,
    )
    assert counts(ask(world), Facet.STAGE) == {"refugee-status.claim_lodged": 1}


@pytest.mark.parametrize("who", ["dora", "consul", "eve", "chidi"])
@pytest.mark.parametrize("query", ["", "?kind=refugee-status&state=open", "?page=2"])
def test_whoever_may_not_know_the_person_reads_the_same_page(world: World, who: str, query: str) -> None:
    requests = [Request(f"/procedures/{query}")]

    def make() -> None:
        world.open("refugee-status")
        put(world, days=-1)

    assert_same(*worlds(getattr(world.cast, who), requests, make))


def test_the_excluded_colleague_reads_neither_line_nor_count(world: World) -> None:
    world.open("refugee-status")
    exclude(world.bruno, now=world.now, person_id=world.person_id, staff_id=world.cast.amina.id)
    page = ask(world)
    assert (page.total, page.lines) == (0, ())
    assert not any(page.options.values())


def test_a_list_that_forgets_the_policy_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuerySet, "where", lambda rows, _actor, _right: rows.all())
    with pytest.raises(AssertionError):
        test_whoever_may_not_know_the_person_reads_the_same_page(world, "dora", "")


def test_the_page_leads_to_the_guide_and_its_address_holds_no_code(client: Client, world: World) -> None:
    procedure_id = world.open("refugee-status")
    for _number in range(overview.PAGE):
        put(world)
    world.cast.amina.client(client)
    html = client.get("/procedures/?kind=refugee-status").content.decode()
    assert f'href="/files/{world.code}/procedures/{procedure_id}/"' in html
    assert "Determinación de la condición de refugiado" in html
    assert "Página 1 de 2" in html
    addresses = re.findall(r'href="(/procedures/\?[^"]+)"', html)
    assert addresses == ["/procedures/?kind=refugee-status&amp;page=2"]
    assert "Todos los procedimientos" in client.get("/").content.decode()


def test_a_stage_of_another_kind_and_a_nonsense_page_are_no_filter(client: Client, world: World) -> None:
    world.open("refugee-status")
    world.cast.amina.client(client)
    html = client.get("/procedures/?kind=refugee-status&stage=statelessness.x&page=-1&turn=").content.decode()
    assert "1 procedimiento" in html
    assert world.code in html
    assert "Ningún procedimiento de este tipo" in client.get("/procedures/?kind=x").content.decode()


def test_counts_of_one_filter_add_up_to_the_whole(world: World) -> None:
    for kind in KINDS:
        world.open(kind)
    put(world, days=2)
    page = ask(world)
    for facet in (Facet.DEFINITION, Facet.STAGE, Facet.COUNTRY, Facet.STATE):
        assert sum(counts(page, facet).values()) == page.total
    labels = [option.label for option in page.options[Facet.DEFINITION]]
    assert all(before <= after for before, after in pairwise(labels))
