"""The main pages ask as many queries for sixty people as for five, and no more than is written here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.access.actions import add_staff, grant_post
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Membership, Unit
from amparo.access.queries import machine_actor
from amparo.cases import actions as cases
from amparo.cases import name_memory
from amparo.cases.data import TaskKind
from amparo.core.policy import Role
from amparo.core.quorum import Standing
from amparo.panels import actions as panels
from amparo.panels.models import Item
from amparo.panels.queries import sitting
from tests.proof.world import NOW, Demo, passing, register

pytestmark = pytest.mark.timeout(900)
MORE = 52
"""With the eight of the world, sixty."""

PAGES = {
    "cases_worklist": (),
    "cases_file": ("code",),
    "procedures_guide": ("code", "procedure_id"),
    "procedures_every": (),
    "referrals_of_file": ("code",),
    "referrals_new": ("code",),
    "referrals_inbox": (),
}
QUERIES = {
    "cases_worklist": 40,
    "cases_file": 41,
    "procedures_guide": 40,
    "procedures_every": 18,
    "referrals_of_file": 27,
    "referrals_new": 32,
    "referrals_inbox": 6,
    "cases_search": 20,
    "panels_file_item": 61,
    "panels_item": 40,
    "panels_meeting": 11,
    "panels_minutes": 47,
}
"""The most that each page asks; a page that needs more is changed here on purpose."""


def ask(demo: Demo, name: str, who: str = "bruno") -> list[str]:
    """Return the queries of one look at a page, the second: the first fills what a process keeps."""
    path = reverse(name, args=[demo.rows[parameter] for parameter in PAGES[name]])
    client = demo.client(who)
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return [query["sql"] for query in asked.captured_queries]


def search(demo: Demo) -> list[str]:
    client = demo.client("bruno")
    form = {"text": "Marisol Arboleda"}
    name_memory._held.clear()
    client.post(reverse("cases_search"), form)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(reverse("cases_search"), form)
    assert "Arboleda" in answer.content.decode()
    return [query["sql"] for query in asked.captured_queries]


def crowd(demo: Demo) -> None:
    """Register more people, each with a task that is due."""
    for number in range(MORE):
        person_id = register(demo, f"Persona {number}", "Repetida", states=("NIC",))
        cases.add_task(
            demo.actor("bruno"),
            now=NOW,
            person_id=person_id,
            kind=TaskKind.CALL,
            due_at=NOW + timedelta(days=1),
            assigned_to=demo.staff["bruno"],
        )


def test_queries_do_not_grow_with_the_people(demo: Demo) -> None:
    few = {name: ask(demo, name) for name in PAGES if name != "referrals_inbox"}
    few["referrals_inbox"], few["cases_search"] = ask(demo, "referrals_inbox", "chidi"), search(demo)
    with passing():
        crowd(demo)
        many = {name: ask(demo, name) for name in PAGES if name != "referrals_inbox"}
        many["referrals_inbox"], many["cases_search"] = ask(demo, "referrals_inbox", "chidi"), search(demo)
    counts = {name: (len(few[name]), len(many[name])) for name in few}
    assert {name: pair for name, pair in counts.items() if pair[1] > pair[0]} == {}
    assert {name: pair[0] for name, pair in counts.items() if pair[0] > QUERIES[name]} == {}


MORE_MEMBERS = 6


def ask_panel(demo: Demo, who: str, path: str) -> list[str]:
    client = demo.client(who)
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return [query["sql"] for query in asked.captured_queries]


def panel_pages(demo: Demo) -> dict[str, list[str]]:
    """Return the queries of a case from both sides, and of the meeting's minutes."""
    rows = demo.rows
    return {
        "panels_file_item": ask_panel(
            demo, "bruno", reverse("panels_file_item", args=[rows["panel_code"], rows["item_id"]])
        ),
        "panels_item": ask_panel(demo, "chidi", reverse("panels_item", args=[rows["item_id"]])),
        "panels_meeting": ask_panel(demo, "chidi", reverse("panels_meeting", args=[rows["meeting_id"]])),
        "panels_minutes": ask_panel(demo, "chidi", reverse("panels_minutes", args=[rows["meeting_id"]])),
    }


def seat_more(demo: Demo) -> None:
    """Seat more people: half in a unit with which the case is shared, half in one with which it is not."""
    setup = machine_actor("setup", now=NOW)
    for number in range(MORE_MEMBERS):
        unit_id = demo.unit_of("dora" if number % 2 else "flor")
        agency_id = Unit.objects.values_list("agency_id", flat=True).get(id=unit_id)
        username = f"more{number}"
        staff_id = add_staff(
            setup, now=NOW, username=username, name=username, passphrase=username * 3, agency_id=agency_id
        )
        grant_post(setup, now=NOW, staff_id=staff_id, unit_id=unit_id, role=Role.CASEWORKER)
        with writes_outside_actions("somebody passed the key of the unit on"):
            Membership.objects.filter(staff_id=staff_id).update(waits_for_key=False)
        panels.give_seat(
            setup,
            now=NOW,
            body_id=demo.rows["body_id"],
            unit_id=unit_id,
            staff_id=staff_id,
            standing=Standing.MEMBER,
            from_date=NOW.date() - timedelta(days=90),
        )
    about = {"person_id": Item.objects.get(id=demo.rows["item_id"]).person_id}
    panels.share_again(demo.actor("bruno"), now=NOW, item_id=demo.rows["item_id"], **about)


def test_queries_of_a_case_do_not_grow_with_the_members_of_its_panel(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = panel_pages(demo)
    with passing():
        seat_more(demo)
        many = panel_pages(demo)
        monkeypatch.setattr(sitting, "read_holders", ask_each(sitting.read_holders))
        planted = panel_pages(demo)
    counts = {name: (len(few[name]), len(many[name])) for name in few}
    assert {name: pair for name, pair in counts.items() if pair[1] > pair[0]} == {}
    assert {name: pair[0] for name, pair in counts.items() if pair[0] > QUERIES[name]} == {}
    assert len(planted["panels_item"]) > len(many["panels_item"])


def ask_each(read: Any) -> Any:
    """Return the planted breach: the same, read once more for each seat."""

    def careless(item: Any, seats: Any, now: Any) -> Any:
        for seat in seats:
            read(item, [seat], now)
        return read(item, seats, now)

    return careless


def test_a_planted_query_for_each_person_is_caught(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    from amparo.access.models import Scope
    from amparo.cases.views import worklist

    real = worklist.queries.get_worklist

    def careless(*args: object, **kwargs: object) -> object:
        for code in Scope.objects.values_list("code", flat=True):
            Scope.objects.filter(code=code).exists()
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(worklist.queries, "get_worklist", careless)
    few = ask(demo, "cases_worklist")
    register(demo, "Una", "Más", states=("NIC",))
    assert len(ask(demo, "cases_worklist")) > len(few)
