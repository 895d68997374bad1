"""Conflicts of interest: what is declared for a seat, and setting its holder aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.core.refusal import Unknown
from amparo.panels.actions.agenda import end_sitting, get_item
from amparo.panels.data import Conflict, Ending
from amparo.panels.data.refusals import NotYoursToRecuse, TooLateToRecuse
from amparo.panels.models import Ballot, Declaration, Item, RecusalReason, Sitting
from amparo.panels.queries.bodies import list_seats, may_convene
from amparo.panels.queries.rulings import find_decision
from amparo.panels.queries.sitting import get_sitting
from amparo.panels.queries.words import place_of
from amparo.procedures.data.refusals import NeedsReasons
from amparo.vault import door
from amparo.vault.data import Compartment


def person_of_item(arguments: Mapping[str, Any]) -> UUID:
    """Find whom a member's act is about. Raises Unknown."""
    person_id = Item.objects.filter(id=arguments["item_id"]).values_list("person_id", flat=True).first()
    if person_id is None:
        raise Unknown
    return UUID(str(person_id))


@opens("narrative")
@action("panels.recuse", about="person_id")
def recuse(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    item_id: UUID,
    seat_id: UUID,
    conflict: Conflict,
    reason: str,
) -> None:
    """Set the holder of a seat aside on an item: as the secretariat of the body, or as that member.

    From then on they do not count, do not see it and do not sign; it cannot be taken back. Raises
    NotYoursToRecuse, NeedsReasons, and TooLateToRecuse once a decision is written.
    """
    row = _set_aside(actor, get_item(person_id, item_id), seat_id, conflict, reason, now)
    if reason.strip():
        words = {place_of(row): {"text": reason.strip()}}
        door.write(actor, person_id, Compartment.NARRATIVE, words, now=now)


@opens("narrative")
@action("panels.sit", by=person_of_item)
def recuse_from_seat(
    actor: Actor, *, now: datetime, item_id: UUID, seat_id: UUID, conflict: Conflict, reason: str
) -> None:
    """Do the same as a secretariat that sits on the item and is not of the file's unit.

    The reason is sealed to that unit, which takes it in with the views. Raises as well Unknown for who does
    not sit.
    """
    item = get_item(get_sitting(actor, item_id).item.person_id, item_id)
    row = _set_aside(actor, item, seat_id, conflict, reason, now)
    if not reason.strip():
        return
    intake_id = uuid7()
    RecusalReason.objects.create(id=row.id, item=item, at=now, intake_id=intake_id)
    door.seal_to_unit(item.person.unit_id, {"text": reason.strip()}, intake_id=intake_id, now=now)


def _set_aside(
    actor: Actor, item: Item, seat_id: UUID, conflict: Conflict, reason: str, now: datetime
) -> Declaration:
    seat = next((one for one in list_seats([item.meeting.body_id]) if one.id == seat_id), None)
    if seat is None:
        raise Unknown
    is_own = seat.staff_id == actor.staff_id
    if not is_own and not may_convene(actor, item.meeting.body.unit_id):
        raise NotYoursToRecuse
    if not is_own and find_decision(item) is not None:
        raise TooLateToRecuse
    if not is_own and not reason.strip():
        raise NeedsReasons
    return declare_for(actor, item, seat_id, conflict, now)


def declare_for(actor: Actor, item: Item, seat_id: UUID, conflict: str, now: datetime) -> Declaration:
    """Write a declaration for a seat inside the running action; a conflict ends its sitting.

    Raises TooLateToRecuse for a conflict once the seat signed, or the decision is in force.
    """
    if conflict:
        _require_unsigned(item, seat_id)
    row: Declaration = Declaration.objects.create(
        item=item, seat_id=seat_id, conflict=conflict, by=actor.ref, by_name=actor.name, at=now
    )
    note(item=str(item.id), seat=str(seat_id), conflict=conflict)
    sitting = Sitting.objects.filter(item=item, seat_id=seat_id, ended_at=None).first()
    if conflict and sitting is not None:
        end_sitting(sitting, Ending.RECUSED, now)
    return row


def _require_unsigned(item: Item, seat_id: UUID) -> None:
    decision = find_decision(item)
    if decision is None:
        return
    has_signed = Ballot.objects.filter(decision=decision, seat_id=seat_id).exists()
    if has_signed or decision.in_force_at is not None:
        raise TooLateToRecuse
