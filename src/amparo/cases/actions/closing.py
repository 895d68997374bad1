"""Close a file, with two people, and reopen it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.cases.actions.changes import seal_text
from amparo.cases.data import FileState, NotInThisState, SamePersonApproves
from amparo.cases.models import File, FileEvent


@action("cases.request_closure", about="person_id")
def request_closure(
    actor: Actor, *, now: datetime, person_id: UUID, version: int, reason: str, text: str
) -> None:
    """Ask a supervisor to close the file. The explanation goes to the vault."""
    _move(actor, person_id, version, FileState.OPEN, FileState.CLOSURE_REQUESTED, reason, now)
    _tell(actor, person_id, "CLOSURE_REQUESTED", reason, text, now)


@action("cases.close_file", about="person_id")
def approve_closure(actor: Actor, *, now: datetime, person_id: UUID, version: int, text: str = "") -> None:
    """Close the file. Only a supervisor, and never the one who asked (SamePersonApproves)."""
    asked = FileEvent.objects.filter(person_id=person_id, kind="CLOSURE_REQUESTED")
    last = asked.order_by("-at", "-id").values_list("by", "reason").first()
    if last is None:
        raise NotInThisState
    by, reason = last
    if by == actor.ref:
        raise SamePersonApproves
    _move(actor, person_id, version, FileState.CLOSURE_REQUESTED, FileState.CLOSED, reason, now)
    _tell(actor, person_id, "CLOSED", reason, text, now)


@action("cases.close_file", about="person_id")
def refuse_closure(actor: Actor, *, now: datetime, person_id: UUID, version: int, text: str) -> None:
    """Send the file back to work, with the reason."""
    _move(actor, person_id, version, FileState.CLOSURE_REQUESTED, FileState.OPEN, "", now)
    _tell(actor, person_id, "CLOSURE_REFUSED", "", text, now)


@action("cases.reopen_file", about="person_id")
def reopen_file(
    actor: Actor, *, now: datetime, person_id: UUID, version: int, reason: str, text: str
) -> None:
    """Open a closed file again; what happened before stays in its history."""
    _move(actor, person_id, version, FileState.CLOSED, FileState.OPEN, "", now)
    _tell(actor, person_id, "REOPENED", reason, text, now)


def _move(
    actor: Actor,
    person_id: UUID,
    version: int,
    before: FileState,
    after: FileState,
    reason: str,
    now: datetime,
) -> None:
    """Move the file from one state to another if nobody moved it since ``version`` was read."""
    file = File.objects.select_for_update().get(person_id=person_id)
    if file.version != version:
        raise Stale
    if file.state != before:
        raise NotInThisState
    File.objects.filter(id=file.id).update(
        state=after, closure_reason=reason, version=version + 1, updated_at=now, updated_by=actor.ref
    )
    note(before=before, after=after, reason=reason)


def _tell(actor: Actor, person_id: UUID, kind: str, reason: str, text: str, now: datetime) -> None:
    event = FileEvent(person_id=person_id, kind=kind, reason=reason, at=now, by=actor.ref)
    event.save(force_insert=True)
    seal_text(actor, person_id, f"event.{event.id}", text, now)
