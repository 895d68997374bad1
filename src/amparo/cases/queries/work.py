"""The needs, notes and tasks of one file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import NeedState, NeedView, NoteKind, NoteView, TaskState, TaskView, WaitingFor
from amparo.cases.models import Need, Note, Task
from amparo.cases.queries.opening import open_parts
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.vault.data import Compartment, Opened, Veiled

NOTES_SHOWN = 100


def open_narrative(actor: Actor, person_id: UUID, purpose: Purpose, *, now: datetime) -> Opened | None:
    """Open the free texts of a file for its pages, or ``None``."""
    return open_parts(actor, person_id, {Compartment.NARRATIVE}, purpose, now=now)


def _text(opened: Opened | None, field: str) -> Veiled | None:
    return opened.get(Compartment.NARRATIVE, field) if opened else None


def list_needs(actor: Actor, person_id: UUID, opened: Opened | None) -> list[NeedView]:
    """Return the needs of a file, open ones first, oldest first. One query."""
    rows = Need.objects.visible_to(actor).filter(person_id=person_id).order_by("id")
    views = [_need_view(row, opened) for row in rows]
    return sorted(views, key=lambda need: need.state not in {NeedState.OPEN, NeedState.PLANNED})


def get_need(actor: Actor, person_id: UUID, need_id: UUID, opened: Opened | None) -> NeedView:
    """Return one need. Raises Unknown. One query."""
    row = Need.objects.visible_to(actor).filter(person_id=person_id, id=need_id).first()
    if row is None:
        raise Unknown
    return _need_view(row, opened)


def _need_view(row: Need, opened: Opened | None) -> NeedView:
    return NeedView(
        id=row.id,
        code=row.code,
        urgency=row.urgency,
        state=NeedState(row.state),
        service_type=row.service_type,
        target_date=row.target_date,
        responsible_id=row.responsible_id,
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        text=_text(opened, f"need.{row.id}"),
    )


def list_notes(
    actor: Actor, person_id: UUID, opened: Opened | None, health: Opened | None = None
) -> list[NoteView]:
    """Return the latest notes of a file, at most ``NOTES_SHOWN``. One query."""
    rows = Note.objects.visible_to(actor).filter(person_id=person_id).order_by("-happened_on", "-id")
    return [_note_view(row, opened, health) for row in rows[:NOTES_SHOWN]]


def _note_view(row: Note, opened: Opened | None, health: Opened | None) -> NoteView:
    field = f"note.{row.id}"
    is_health = row.kind == NoteKind.HEALTH
    text = (health.get(Compartment.HEALTH, field) if health else None) if is_health else _text(opened, field)
    return NoteView(
        id=row.id,
        kind=row.kind,
        happened_on=row.happened_on,
        created_by=row.created_by,
        created_at=row.created_at,
        version=row.version,
        text=text,
    )


def list_tasks(actor: Actor, person_id: UUID, opened: Opened | None) -> list[TaskView]:
    """Return the open tasks of a file, soonest first. One query."""
    rows = Task.objects.visible_to(actor).filter(person_id=person_id, state=TaskState.OPEN)
    return [_task_view(row, opened) for row in rows.order_by("due_at", "id")]


def get_task(actor: Actor, person_id: UUID, task_id: UUID, opened: Opened | None) -> TaskView:
    """Return one task. Raises Unknown. One query."""
    row = Task.objects.visible_to(actor).filter(person_id=person_id, id=task_id).first()
    if row is None:
        raise Unknown
    return _task_view(row, opened)


def _task_view(row: Task, opened: Opened | None) -> TaskView:
    return TaskView(
        id=row.id,
        kind=row.kind,
        due_at=row.due_at,
        assigned_to=row.assigned_to,
        waiting_for=WaitingFor(row.waiting_for),
        state=TaskState(row.state),
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        text=_text(opened, f"task.{row.id}"),
    )
