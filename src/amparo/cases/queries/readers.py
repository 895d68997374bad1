"""Who may read a file, and who opened it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor, StaffLine
from amparo.access.queries import list_staff
from amparo.access.scoping import facts_of
from amparo.cases.data import PersonRef
from amparo.cases.models import File
from amparo.core.policy import decide
from amparo.ledger.data import EntryLine
from amparo.ledger.queries import list_openings

OPENINGS_SHOWN = 50


def list_unit_readers(actor: Actor, person_id: UUID) -> list[StaffLine]:
    """Return the staff of the unit that holds the file. Two queries."""
    unit_id = get_file_unit_id(actor, person_id)
    return [line for line in list_staff(unit_id=unit_id) if line.is_active]


def get_file_unit_id(actor: Actor, person_id: UUID) -> UUID:
    """Return the unit that holds the file. One query."""
    files = File.objects.visible_to(actor).values_list("unit_id", flat=True)
    unit_id: UUID = files.get(person_id=person_id)
    return unit_id


def find_openings(actor: Actor, person: PersonRef, *, now: datetime) -> list[EntryLine] | None:
    """Return who opened the file, latest first, or ``None`` when that is not the actor's to read.

    Reading the ledger is itself recorded.
    """
    if not decide(actor.facts(), facts_of(actor, person.id), "ledger.read_about").allowed:
        return None
    return list(list_openings(actor.ref, person.code, now=now, limit=OPENINGS_SHOWN).entries)
