"""The worklist: what needs whom, in bounded work, with names only when unlocked."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.access.data import Actor
from amparo.cases import actions, queries
from amparo.cases.data import TaskKind, WaitingFor, WorkGroup
from tests.cases.conftest import NOW, House, name, register

OWN_QUERIES = 3
"""Tasks of mine, tasks of my units, new files. Providers of upper rooms add their own."""


def plan(house: House, due_at: datetime, **options: object) -> None:
    actions.add_task(
        house.amina,
        now=NOW,
        person_id=house.lucia,
        kind=TaskKind.CALL,
        due_at=due_at,
        **options,  # type: ignore[arg-type]
    )


def groups(actor: Actor) -> dict[WorkGroup, int]:
    return {group: len(items) for group, items in queries.get_worklist(actor, now=NOW).groups}


def test_a_file_that_nobody_started_is_new_to_the_whole_unit(house: House) -> None:
    assert groups(house.amina) == groups(house.bruno) == {WorkGroup.NEW: 1}
    assert groups(house.dora) == {}


def test_work_is_grouped_by_what_it_asks(house: House) -> None:
    plan(house, NOW - timedelta(days=1))
    plan(house, NOW + timedelta(days=1))
    plan(house, NOW + timedelta(days=2), waiting_for=WaitingFor.AGENCY)
    assert groups(house.amina) == {WorkGroup.OVERDUE: 1, WorkGroup.DUE: 1, WorkGroup.WAITING: 1}


def test_a_colleagues_task_is_not_mine(house: House) -> None:
    plan(house, NOW, assigned_to=house.cast.bruno.id)
    assert groups(house.amina) == {}
    assert groups(house.bruno) == {WorkGroup.DUE: 1}


def test_locked_there_are_codes_and_no_names(house: House) -> None:
    locked = queries.get_worklist(house.cast.amina.locked.as_of(NOW), now=NOW)
    unlocked = queries.get_worklist(house.amina, now=NOW)
    assert [item.name for _, items in locked.groups for item in items] == [None]
    assert [item.name is not None for _, items in unlocked.groups for item in items] == [True]


def test_pages_follow_one_another_without_gap_or_repeat(house: House) -> None:
    for day in range(queries.WORK_PAGE + 5):
        plan(house, NOW + timedelta(days=day))
    first, second, beyond = (queries.get_worklist(house.amina, now=NOW, page=number) for number in (1, 2, 9))
    urls = [item.url for page in (first, second) for _, items in page.groups for item in items]
    assert len(urls) == len(set(urls)) == queries.WORK_PAGE + 5
    assert (first.has_more, second.has_more) == (True, False)
    assert (beyond.number, len(beyond.groups[0][1])) == (2, len(second.groups[0][1]))


def test_a_part_of_the_list_is_shown_and_every_sort_counted(house: House) -> None:
    plan(house, NOW - timedelta(days=1))
    plan(house, NOW + timedelta(days=1))
    other = register(house.amina, house.cast.amina.unit_id, name("Otra"))
    page = queries.get_worklist(house.amina, now=NOW, group="overdue")
    assert [(group, len(items)) for group, items in page.groups] == [(WorkGroup.OVERDUE, 1)]
    assert dict(page.group_counts) == {WorkGroup.OVERDUE: 1, WorkGroup.DUE: 1, WorkGroup.NEW: 1}
    assert [(kind, count) for kind, _words, count in page.kind_counts] == [("task", 1)]
    files = queries.get_worklist(house.amina, now=NOW, kind="file")
    assert [item.person_id for _, items in files.groups for item in items] == [other]
    assert dict(files.group_counts) == {WorkGroup.NEW: 1}
    nothing = queries.get_worklist(house.amina, now=NOW, group="waiting")
    assert (nothing.groups, nothing.is_empty) == ((), False)


def test_the_address_of_a_page_holds_a_number_and_no_code(house: House) -> None:
    for day in range(queries.WORK_PAGE + 5):
        plan(house, NOW + timedelta(days=day))
    client = house.cast.amina.client(Client())
    html = client.get("/?kind=task&page=abc").content.decode()
    (older,) = re.findall(r'href="([^"]*)" rel="next"', html)
    assert older == "/?kind=task&amp;page=2"
    assert 'rel="prev"' in client.get("/?kind=task&page=2").content.decode()
    assert client.get("/?page=-1&group=nonsense&kind=<x>").status_code == 200


def count_queries(actor: Actor) -> int:
    with CaptureQueriesContext(connection) as captured:
        queries.list_task_work(actor, NOW)
        queries.list_new_files(actor, NOW)
    return len(captured)


def test_the_cost_does_not_grow_with_the_number_of_people(house: House) -> None:
    assert count_queries(house.amina) == OWN_QUERIES
    for number in range(5):
        register(house.amina, house.cast.amina.unit_id, name(f"Persona {number}"))
    assert count_queries(house.amina) == OWN_QUERIES
