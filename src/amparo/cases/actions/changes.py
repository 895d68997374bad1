"""What every write of the room shares: the open file, the version, what identifies goes to the vault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from amparo.access.data import Actor, Stale
from amparo.cases.data import FileNotOpen, FileState
from amparo.cases.models import File
from amparo.cases.models.rows import CaseRow
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.data import Compartment

Row = TypeVar("Row", bound=CaseRow)


def require_open_file(person_id: UUID) -> None:
    """Lock the person's file and refuse when it is closed. One query.

    The lock orders all writes about one person, so that checks and writes belong together.
    """
    state = File.objects.select_for_update().filter(person_id=person_id).values_list("state", flat=True)
    if state.get() == FileState.CLOSED:
        raise FileNotOpen


def lock_file(person_id: UUID) -> None:
    """Wait for every other write about the person, whatever state the file is in. One query."""
    File.objects.select_for_update().filter(person_id=person_id).values_list("version", flat=True).get()


def begin_work(person_id: UUID) -> None:
    """Take the file off the list of files that nobody has started. At most one query."""
    File.objects.filter(person_id=person_id, is_new=True).update(is_new=False)


def add_row(row: Row, actor: Actor, now: datetime) -> Row:
    """Insert a new row with its authorship."""
    row.created_at = row.updated_at = now
    row.created_by = row.updated_by = actor.ref
    row.save(force_insert=True)
    return row


def change_row(
    actor: Actor,
    table: type[CaseRow],
    *,
    row_id: UUID,
    person_id: UUID,
    version: int,
    changes: Mapping[str, Any],
    now: datetime,
) -> None:
    """Change one row if it still has this version, else raise Stale; Unknown if it is not theirs."""
    rows = table.objects.filter(id=row_id, person_id=person_id)
    changed = rows.filter(version=version).update(
        **changes, version=version + 1, updated_at=now, updated_by=actor.ref
    )
    if not changed:
        raise Stale if rows.exists() else Unknown


def seal_text(
    actor: Actor,
    person_id: UUID,
    field: str,
    text: str,
    now: datetime,
    compartment: Compartment = Compartment.NARRATIVE,
) -> None:
    """Write free text to the vault; nothing is written for an empty text."""
    if text:
        door.write(actor, person_id, compartment, {field: text}, now=now)
