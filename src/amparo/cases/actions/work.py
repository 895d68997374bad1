"""Needs, notes and tasks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.cases.actions.changes import add_row, begin_work, change_row, require_open_file, seal_text
from amparo.cases.data import NeedState, NoteKind, NotInThisState, TaskKind, TaskState, WaitingFor
from amparo.cases.data.limits import find_day_problem, find_due_problem, latest_day, require
from amparo.cases.models import File, Need, Note, Task
from amparo.core.refusal import Unknown
from amparo.vault.data import Compartment


@action("cases.add_need", about="person_id")
def add_need(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    code: str,
    urgency: str,
    service_type: str = "",
    target_date: date | None = None,
    responsible_id: UUID | None = None,
    text: str = "",
) -> UUID:
    """Record a specific need. ``text`` goes to the vault."""
    require_open_file(person_id)
    _require_due(target_date, now)
    begin_work(person_id)
    need = Need(
        person_id=person_id,
        code=code,
        urgency=urgency,
        state=NeedState.OPEN,
        service_type=service_type,
        target_date=target_date,
        responsible_id=responsible_id,
    )
    add_row(need, actor, now)
    seal_text(actor, person_id, f"need.{need.id}", text, now)
    note(need=code, urgency=urgency)
    return need.id


@action("cases.edit_need", about="person_id")
def change_need(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    need_id: UUID,
    version: int,
    urgency: str,
    state: NeedState,
    service_type: str,
    target_date: date | None,
    responsible_id: UUID | None,
    text: str,
) -> None:
    """Change the plan for a need. Raises Stale when somebody else changed it first."""
    require_open_file(person_id)
    _require_due(target_date, now)
    change_row(
        actor,
        Need,
        row_id=need_id,
        person_id=person_id,
        version=version,
        changes={
            "urgency": urgency,
            "state": state,
            "service_type": service_type,
            "target_date": target_date,
            "responsible_id": responsible_id,
        },
        now=now,
    )
    seal_text(actor, person_id, f"need.{need_id}", text, now)
    note(need_state=state)


@action("cases.add_note", about="person_id")
def add_note(
    actor: Actor, *, now: datetime, person_id: UUID, kind: NoteKind, happened_on: date, text: str
) -> UUID:
    """Write a note; its text goes to the vault, a health note's to the health compartment."""
    require_open_file(person_id)
    require(find_day_problem(happened_on, latest_day(now)))
    begin_work(person_id)
    row = add_row(Note(person_id=person_id, kind=kind, happened_on=happened_on), actor, now)
    seal_text(actor, person_id, f"note.{row.id}", text, now, note_compartment(kind))
    note(kind=kind)
    return row.id


def note_compartment(kind: NoteKind) -> Compartment:
    return Compartment.HEALTH if kind is NoteKind.HEALTH else Compartment.NARRATIVE


@action("cases.add_task", about="person_id")
def add_task(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    kind: TaskKind,
    due_at: datetime,
    assigned_to: UUID | None = None,
    waiting_for: WaitingFor = WaitingFor.NOBODY,
    text: str = "",
) -> UUID:
    """Plan something to do, by a staff member or (without one) by the unit."""
    require_open_file(person_id)
    _require_due(due_at.date(), now)
    begin_work(person_id)
    unit_id = File.objects.values_list("unit_id", flat=True).get(person_id=person_id)
    task = Task(
        person_id=person_id,
        unit_id=unit_id,
        kind=kind,
        due_at=due_at,
        assigned_to=assigned_to,
        waiting_for=waiting_for,
        state=TaskState.OPEN,
    )
    add_row(task, actor, now)
    seal_text(actor, person_id, f"task.{task.id}", text, now)
    note(kind=kind)
    return task.id


@action("cases.add_task", about="person_id")
def change_task(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    task_id: UUID,
    version: int,
    due_at: datetime,
    assigned_to: UUID | None,
    waiting_for: WaitingFor,
    text: str,
) -> None:
    """Move a task, hand it over, or say for whom it waits."""
    require_open_file(person_id)
    _require_open_task(person_id, task_id)
    _require_due(due_at.date(), now)
    change_row(
        actor,
        Task,
        row_id=task_id,
        person_id=person_id,
        version=version,
        changes={"due_at": due_at, "assigned_to": assigned_to, "waiting_for": waiting_for},
        now=now,
    )
    seal_text(actor, person_id, f"task.{task_id}", text, now)


@action("cases.complete_task", about="person_id")
def complete_task(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    task_id: UUID,
    version: int,
    outcome: TaskState = TaskState.DONE,
) -> None:
    """Finish a task, done or cancelled."""
    _require_open_task(person_id, task_id)
    change_row(
        actor,
        Task,
        row_id=task_id,
        person_id=person_id,
        version=version,
        changes={"state": outcome, "done_at": now, "done_by": actor.ref},
        now=now,
    )
    note(outcome=outcome)


def _require_due(due: date | None, now: datetime) -> None:
    if due is not None:
        require(find_due_problem(due, latest_day(now)))


def _require_open_task(person_id: UUID, task_id: UUID) -> None:
    rows = Task.objects.filter(id=task_id, person_id=person_id)
    state = rows.values_list("state", flat=True).first()
    if state is None:
        raise Unknown
    if state != TaskState.OPEN:
        raise NotInThisState
