"""What needs the actor: the tasks, the files that nobody started, and what upper rooms add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from amparo.access.data import Actor
from amparo.access.queries import list_keys_to_pass_on
from amparo.cases import worklist
from amparo.cases.data import FileState, TaskState, WaitingFor, WorkGroup, WorkItem
from amparo.cases.models import File, Task
from amparo.cases.queries.header import group_of
from amparo.cases.queries.opening import open_usual_names
from amparo.core.policy import Purpose

PAGE = 40
PASS_ON_WITHIN = timedelta(days=1)
"""A colleague who starts work should not wait longer for the unit's key. Our own number, not a law's."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of the worklist by group; ``older`` is the key of the next page, "" when it is the last."""

    groups: tuple[tuple[WorkGroup, tuple[WorkItem, ...]], ...]
    older: str
    is_empty: bool


def get_worklist(actor: Actor, *, now: datetime, after: str = "") -> WorkPage:
    """Return one page of what needs the actor, soonest first within each group.

    Two queries of its own for tasks, one for new files, those of the providers of upper rooms, and
    the vault's for the names of the page. None grows with the number of people.
    """
    items = sorted(
        {_key(item): item for provider in worklist.list_providers() for item in provider(actor, now)}.items()
    )
    rest = [item for key, item in items if key > after]
    shown, has_more = rest[:PAGE], len(rest) > PAGE
    people = [item.person_id for item in shown if item.person_id is not None]
    names = open_usual_names(actor, people, Purpose.CASE_WORK, now=now)
    named = [
        replace(item, name=names.get(item.person_id)) if item.person_id is not None else item
        for item in shown
    ]
    return WorkPage(_grouped(named), _key(shown[-1]) if has_more else "", not items)


def _key(item: WorkItem) -> str:
    """Order by group, time, code and place: unique, so that a page ends at one known item."""
    rank = list(WorkGroup).index(item.group)
    return f"{rank}|{item.due_at.isoformat()}|{item.code}|{item.kind}|{item.url}"


def _grouped(items: Iterable[WorkItem]) -> tuple[tuple[WorkGroup, tuple[WorkItem, ...]], ...]:
    groups: dict[WorkGroup, list[WorkItem]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    return tuple((group, tuple(groups[group])) for group in WorkGroup if group in groups)


def list_task_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the open tasks given to the actor, and those of their units given to nobody. Two queries."""
    open_tasks = Task.objects.visible_to(actor).filter(state=TaskState.OPEN)
    mine = open_tasks.filter(assigned_to=actor.staff_id)
    ours = open_tasks.filter(assigned_to=None, unit_id__in=sorted(actor.unit_ids))
    return [_task_item(row, now) for row in (*_soonest(mine), *_soonest(ours))]


def _soonest(tasks: QuerySet[Task]) -> Iterable[Any]:
    columns = ("id", "due_at", "kind", "waiting_for", "person_id", "person__code")
    return tasks.order_by("due_at", "id").values_list(*columns)[: worklist.LIMIT]


def _task_item(row: Any, now: datetime) -> WorkItem:
    task_id, due_at, kind, waiting_for, person_id, code = row
    return WorkItem(
        due_at=due_at,
        kind="task",
        label=kind,
        url=f"{reverse('cases_plan', args=[code])}#task-{task_id}",
        code=code,
        person_id=person_id,
        group=group_of(due_at, waiting_for, now),
    )


def list_new_files(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the files of the actor's units that nobody has started, latest first. One query."""
    rows = (
        File.objects.visible_to(actor)
        .filter(unit_id__in=sorted(actor.unit_ids), state=FileState.OPEN, is_new=True)
        .order_by("-opened_at", "id")
        .values_list("opened_at", "person_id", "person__code")
    )
    return [
        WorkItem(
            due_at=opened_at,
            kind="file",
            label="NEW_FILE",
            url=reverse("cases_file", args=[code]),
            code=code,
            person_id=person_id,
            group=WorkGroup.NEW,
        )
        for opened_at, person_id, code in rows[: worklist.LIMIT]
    ]


def list_waiting_keys(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the colleagues to whom the actor can pass a unit's key on. Two queries for a supervisor."""
    return [
        WorkItem(
            due_at=line.from_at + PASS_ON_WITHIN,
            kind="unit_key",
            label=line.unit_name,
            url=reverse("access_pass_key_on", args=[line.id]),
            code="",
            person_id=None,
            group=group_of(line.from_at + PASS_ON_WITHIN, WaitingFor.NOBODY, now),
        )
        for line in list_keys_to_pass_on(actor)[: worklist.LIMIT]
    ]
