"""Bodies and their seats. Nobody of a body reaches a file by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.queries import list_staff
from amparo.core.quorum import Standing
from amparo.core.refusal import Unknown
from amparo.panels.data import BodyKind
from amparo.panels.data.refusals import NotOfTheUnit
from amparo.panels.models import Body, Seat


@action("panels.keep_bodies")
def found_body(
    actor: Actor, *, now: datetime, name: str, kind: BodyKind, unit_id: UUID, procedures: Iterable[str]
) -> UUID:
    """Found a body whose secretariat is kept by a unit; ``procedures`` are those that it may decide."""
    body = Body.objects.create(
        name=name,
        kind=kind,
        unit_id=unit_id,
        procedures=sorted(set(procedures)),
        founded_at=now,
        founded_by=actor.ref,
    )
    note(body=str(body.id), kind=kind, procedures=sorted(set(procedures)))
    return body.id


@action("panels.keep_bodies")
def give_seat(
    actor: Actor,
    *,
    now: datetime,
    body_id: UUID,
    unit_id: UUID,
    staff_id: UUID,
    standing: Standing,
    from_date: date,
    until_date: date | None = None,
) -> UUID:
    """Give a unit's agency a seat for a term, held by a named person. Raises NotOfTheUnit."""
    body = Body.objects.select_for_update().filter(id=body_id, ended_at=None).first()
    if body is None:
        raise Unknown
    works_there = any(one.id == staff_id and one.is_active for one in list_staff(unit_id=unit_id))
    seats = Seat.objects.filter(body=body, staff_id=staff_id)
    if not works_there or any(_overlaps(one, from_date, until_date) for one in seats.order_by("id")):
        raise NotOfTheUnit
    seat = Seat.objects.create(
        body=body,
        unit_id=unit_id,
        staff_id=staff_id,
        standing=standing,
        from_date=from_date,
        until_date=until_date,
        named_by=actor.ref,
    )
    note(body=str(body_id), seat=str(seat.id), standing=standing)
    return seat.id


def _overlaps(seat: Seat, from_date: date, until_date: date | None) -> bool:
    ends_before = seat.until_date is not None and seat.until_date < from_date
    begins_after = until_date is not None and until_date < seat.from_date
    return not (ends_before or begins_after)


@action("panels.keep_bodies")
def end_seat(actor: Actor, *, now: datetime, seat_id: UUID) -> UUID:
    """End a seat's term today and return its body. What its holder said and signed stays. Raises Unknown."""
    seat = Seat.objects.select_for_update().filter(id=seat_id).first()
    if seat is None:
        raise Unknown
    seat.until_date = max(now.date(), seat.from_date)
    seat.save(update_fields=["until_date"])
    note(seat=str(seat_id))
    return seat.body_id


@action("panels.keep_bodies")
def end_body(actor: Actor, *, now: datetime, body_id: UUID) -> None:
    """End a body: nothing more is put on its agendas; what it decided stays."""
    Body.objects.filter(id=body_id, ended_at=None).update(ended_at=now)
    note(body=str(body_id))
