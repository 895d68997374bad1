"""The timeline of a person: what every room recorded, latest first."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.utils.timezone import get_current_timezone

from amparo.access.data import Actor
from amparo.cases import timeline
from amparo.cases.data import FileEventView, TimelineItem
from amparo.cases.models import Consent, FileEvent, Need, Note, StatusInterval, Task
from amparo.vault.data import Compartment, Opened

SHOWN = 200


def list_timeline(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return the latest items of all providers, latest first, at most ``SHOWN``."""
    items = [item for provider in timeline.list_providers() for item in provider(actor, person_id)]
    items.sort(key=lambda item: (item.at, item.key), reverse=True)
    return items[:SHOWN]


def list_file_events(actor: Actor, person_id: UUID, opened: Opened | None) -> list[FileEventView]:
    """Return what happened to the file itself, latest first. One query."""
    rows = FileEvent.objects.visible_to(actor).filter(person_id=person_id).order_by("-at", "-id")
    return [
        FileEventView(
            kind=row.kind,
            reason=row.reason,
            at=row.at,
            by=row.by,
            text=opened.get(Compartment.NARRATIVE, f"event.{row.id}") if opened else None,
        )
        for row in rows
    ]


def list_case_history(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return this room's own items: file, statuses, needs, notes, tasks, consents. Six queries."""
    return [
        *_file_items(actor, person_id),
        *_status_items(actor, person_id),
        *_work_items(actor, person_id),
        *_consent_items(actor, person_id),
    ]


def _file_items(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    rows = FileEvent.objects.visible_to(actor).filter(person_id=person_id).order_by("-at", "-id")[:SHOWN]
    return [TimelineItem(row.at, "file_event", row.kind, row.by, f"event-{row.id}") for row in rows]


def _status_items(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    rows = StatusInterval.objects.visible_to(actor).filter(person_id=person_id, voided_at=None)
    return [
        TimelineItem(
            _start_of(row.from_date), f"status_{row.axis}", row.code, row.created_by, f"status-{row.id}"
        )
        for row in rows.order_by("-from_date", "-id")[:SHOWN]
    ]


def _work_items(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    needs = Need.objects.visible_to(actor).filter(person_id=person_id).order_by("-created_at", "-id")
    notes = Note.objects.visible_to(actor).filter(person_id=person_id).order_by("-happened_on", "-id")
    tasks = Task.objects.visible_to(actor).filter(person_id=person_id).exclude(done_at=None)
    return [
        *(
            TimelineItem(row.created_at, "need", row.code, row.created_by, f"need-{row.id}")
            for row in needs[:SHOWN]
        ),
        *(
            TimelineItem(_start_of(row.happened_on), "note", row.kind, row.created_by, f"note-{row.id}")
            for row in notes[:SHOWN]
        ),
        *(
            TimelineItem(row.done_at, f"task_{row.state.lower()}", row.kind, row.done_by, f"task-{row.id}")
            for row in tasks.order_by("-done_at", "-id")[:SHOWN]
            if row.done_at
        ),
    ]


def _consent_items(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    items = []
    rows = Consent.objects.visible_to(actor).filter(person_id=person_id).order_by("-created_at", "-id")
    for row in rows[:SHOWN]:
        said = "consent_refused" if row.state == "REFUSED" else "consent_given"
        items.append(TimelineItem(row.created_at, said, row.purpose, row.created_by, f"consent-{row.id}"))
        if row.withdrawn_at:
            items.append(
                TimelineItem(
                    row.withdrawn_at,
                    "consent_withdrawn",
                    row.purpose,
                    row.withdrawn_by,
                    f"withdrawn-{row.id}",
                )
            )
    return items


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), get_current_timezone())
