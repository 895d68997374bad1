"""The main pages ask as many queries for sixty people as for five, and no more than is written here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.cases import actions as cases
from amparo.cases import name_memory
from amparo.cases.data import TaskKind
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
    "cases_worklist": 36,
    "cases_file": 41,
    "procedures_guide": 40,
    "procedures_every": 18,
    "referrals_of_file": 27,
    "referrals_new": 32,
    "referrals_inbox": 6,
    "cases_search": 20,
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
