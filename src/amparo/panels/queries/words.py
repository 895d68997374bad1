"""Where the words of an item lie, and opening them: from the file, or from the extract that was sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.queries import open_parts
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal, Unknown
from amparo.panels.data.shapes import Words
from amparo.panels.models import (
    AgencyView,
    Answer,
    Ballot,
    Decision,
    Declaration,
    Item,
    Option,
    RecusalReason,
    Sitting,
    Wishes,
)
from amparo.vault import door
from amparo.vault.data import Compartment, Veiled
from amparo.vault.door import PlainUse

PURPOSE = Purpose.PROTECTION_DECISION
Row = Wishes | Option | AgencyView | Ballot | Decision | Answer | Declaration | RecusalReason
Waiting = AgencyView | Ballot | RecusalReason
"""Rows whose words may wait outside the file, sealed to its unit."""

PLACES: dict[type[Row], str] = {
    Wishes: "wishes",
    Option: "option",
    AgencyView: "agency_view",
    Ballot: "dissent",
    Decision: "panel",
    Answer: "answer",
    Declaration: "recusal",
    RecusalReason: "recusal",
}


def place_of(row: Row) -> str:
    """Return the narrative field that holds the words of a row."""
    return f"{PLACES[type(row)]}.{row.id}"


def find_words(words: Words | None, row: Row, part: str = "text") -> Veiled | None:
    """Return the words of a row, or ``None`` when they are withheld or nobody wrote any."""
    found = words.get(Compartment.NARRATIVE, place_of(row)) if words else None
    return found.part(part) if found else None


def open_in_file(actor: Actor, person_id: UUID, *, now: datetime) -> Words | None:
    """Open the narrative of the file, which the ledger records; ``None`` while locked."""
    return open_parts(actor, person_id, {Compartment.NARRATIVE}, PURPOSE, now=now)


def open_as_member(actor: Actor, sitting: Sitting, *, now: datetime) -> Words | None:
    """Open what a member may read: the extract sent to them, or the file where they are of its unit."""
    if sitting.grant_id is None:
        return open_in_file(actor, sitting.item.person_id, now=now)
    if sitting.extract_id is None or not actor.is_unlocked:
        return None
    try:
        return door.open_extract(actor, sitting.extract_id, PURPOSE, now=now)
    except (Unknown, Refusal):
        return None


def open_waiting(actor: Actor, item: Item, *, now: datetime) -> dict[UUID, str]:
    """Open what members of other agencies wrote for the file's unit, by the row that it belongs to.

    Each opening is in the ledger before its words are here. Raises Unknown where the role may not.
    """
    rows = list_waiting(item)
    found: dict[UUID, str] = {}
    for row in rows:
        assert row.intake_id is not None
        words = door.open_intake(actor, row.intake_id, PURPOSE, now=now).part("text")
        found[row.id] = str(door.plain(words, PlainUse.DOCUMENT)) if words is not None else ""
    return found


def list_waiting(item: Item) -> list[Waiting]:
    """Return the rows whose words wait outside the file. Three queries."""
    tables: tuple[type[Waiting], ...] = (AgencyView, Ballot, RecusalReason)
    return [
        row
        for table in tables
        for row in table.objects.filter(item=item, is_taken_in=False)
        .exclude(intake_id=None)
        .order_by("at", "id")
    ]


def find_person_of_extract(extract_id: UUID) -> UUID:
    """Return whom an extract of this room is about. Raises Unknown for those of other rooms."""
    rows = Sitting.objects.filter(extract_id=extract_id, ended_at=None)
    person_id = rows.values_list("item__person_id", flat=True).first()
    if person_id is None:
        raise Unknown
    return UUID(str(person_id))
