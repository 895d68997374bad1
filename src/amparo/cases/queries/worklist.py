"""What needs the actor: the tasks, the files that nobody started, and what upper rooms add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.access.queries import list_charges, list_keys_to_pass_on
from amparo.cases import worklist
from amparo.cases.data import FileState, TaskState, WaitingFor, WorkGroup, WorkItem
from amparo.cases.models import File, Task
from amparo.cases.queries.header import group_of
from amparo.cases.queries.opening import open_usual_names
from amparo.core.policy import Purpose
from amparo.ledger.queries import last_openings
from amparo.vault.data import Compartment

PAGE = 40
PASS_ON_WITHIN = timedelta(days=1)
"""A colleague who starts work should not wait longer for the unit's key. Our own number, not a law's."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of the worklist by group, numbered from 1, and how many items there are of each sort.

    ``group_counts`` counts within the kind that was chosen, ``kind_counts`` (kind, words, count) within
    the group. ``is_capped``: a provider may have more than it gave.
    """

    groups: tuple[tuple[WorkGroup, tuple[WorkItem, ...]], ...]
    number: int
    has_more: bool
    group_counts: tuple[tuple[WorkGroup, int], ...]
    kind_counts: tuple[tuple[str, str, int], ...]
    is_capped: bool
    is_empty: bool


def get_worklist(actor: Actor, *, now: datetime, page: int = 1, group: str = "", kind: str = "") -> WorkPage:
    """Return one page of what needs the actor, soonest first within each group; "" takes every sort.

    A page past the end is the last one. Two queries of its own for tasks, one for new files, those of
    the providers of upper rooms, and the vault's for the names of the page. None grows with the number
    of people.
    """
    lists = [provider(actor, now) for provider in worklist.list_providers()]
    unique = {_key(item): item for items in lists for item in items}
    items = [item for _key_of, item in sorted(unique.items())]
    of_kind = [item for item in items if kind in {"", item.kind}]
    of_group = [item for item in items if group in {"", item.group}]
    chosen = [item for item in of_kind if group in {"", item.group}]
    number = max(1, min(page, -(-len(chosen) // PAGE)))
    shown = chosen[(number - 1) * PAGE : number * PAGE]
    return WorkPage(
        groups=_grouped(_named(actor, shown, now)),
        number=number,
        has_more=len(chosen) > number * PAGE,
        group_counts=_group_counts(of_kind),
        kind_counts=_kind_counts(of_group),
        is_capped=any(len(each) >= worklist.LIMIT for each in lists),
        is_empty=not items,
    )


def _named(actor: Actor, items: list[WorkItem], now: datetime) -> list[WorkItem]:
    people = [item.person_id for item in items if item.person_id is not None]
    opened = open_usual_names(actor, people, Purpose.CASE_WORK, now=now)
    return [
        replace(item, name=opened.names.get(item.person_id), is_damaged=item.person_id in opened.damaged)
        if item.person_id is not None
        else item
        for item in items
    ]


def _group_counts(items: list[WorkItem]) -> tuple[tuple[WorkGroup, int], ...]:
    counts = Counter(item.group for item in items)
    return tuple((group, counts[group]) for group in WorkGroup if counts[group])


def _kind_counts(items: list[WorkItem]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(item.kind for item in items)
    return tuple(
        sorted(((kind, worklist.kind_label(kind), n) for kind, n in counts.items()), key=itemgetter(1))
    )


def _key(item: WorkItem) -> str:
    """Order by group, time, code and place: unique, so that an item stands once and pages never overlap."""
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


def list_new_charges(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the files of which the actor is guardian and which they have not opened since. Three queries.

    None for whoever is guardian by no post. A file counts as opened when its contact instructions were.
    """
    charges = list_charges(actor)
    opened = last_openings(actor.ref, [charge.code for charge in charges], compartment=Compartment.CONTACT)
    return [
        WorkItem(
            due_at=charge.from_at,
            kind="guardian",
            label=_("You were appointed guardian of this child"),
            url=reverse("cases_file", args=[charge.code]),
            code=charge.code,
            person_id=charge.person_id,
            group=WorkGroup.NEW,
        )
        for charge in charges
        if charge.code not in opened or opened[charge.code] < charge.from_at
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
