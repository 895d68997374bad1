"""Record, end and correct a status on one of the three histories."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.cases.actions.changes import add_row, change_row, require_open_file
from amparo.cases.data import Axis, BadInterval, StatusOverlap
from amparo.cases.data.limits import find_day_problem, latest_day, require
from amparo.cases.models import StatusInterval
from amparo.core.refusal import Unknown


@action("cases.record_status", about="person_id")
def record_status(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    axis: Axis,
    code: str,
    from_date: date,
    until_date: date | None = None,
    basis: str,
) -> UUID:
    """Append a status; one that is still open and began earlier ends on the day this one begins."""
    require_open_file(person_id)
    _end_open(actor, person_id, axis, from_date, now)
    interval = _append(actor, person_id, axis, code, from_date, until_date, basis, now)
    note(axis=axis, code=code, status_basis=basis)
    return interval.id


@action("cases.record_status", about="person_id")
def correct_status(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    interval_id: UUID,
    code: str,
    from_date: date,
    until_date: date | None,
    basis: str,
) -> UUID:
    """Void an interval and put a corrected one in its place; the voided one stays on record.

    Raises Stale when somebody corrected it first: each correction is a row of its own.
    """
    require_open_file(person_id)
    old = StatusInterval.objects.filter(id=interval_id, person_id=person_id).first()
    if old is None:
        raise Unknown
    if old.voided_at is not None:
        raise Stale
    change_row(
        actor,
        StatusInterval,
        row_id=interval_id,
        person_id=person_id,
        version=old.version,
        changes={"voided_at": now},
        now=now,
    )
    new = _append(actor, person_id, Axis(old.axis), code, from_date, until_date, basis, now)
    StatusInterval.objects.filter(id=interval_id).update(replaced_by=new)
    note(axis=old.axis, code=code, replaces=old.code)
    return new.id


def _end_open(actor: Actor, person_id: UUID, axis: Axis, from_date: date, now: datetime) -> None:
    """End the open status by a voided row and a closed copy, so that nothing is overwritten."""
    live = StatusInterval.objects.filter(person_id=person_id, axis=axis, voided_at=None, until_date=None)
    earlier = live.filter(from_date__lt=from_date).first()
    if earlier is None:
        return
    change_row(
        actor,
        StatusInterval,
        row_id=earlier.id,
        person_id=person_id,
        version=earlier.version,
        changes={"voided_at": now},
        now=now,
    )
    closed = _append(actor, person_id, axis, earlier.code, earlier.from_date, from_date, earlier.basis, now)
    StatusInterval.objects.filter(id=earlier.id).update(replaced_by=closed)


def _append(
    actor: Actor,
    person_id: UUID,
    axis: Axis,
    code: str,
    from_date: date,
    until_date: date | None,
    basis: str,
    now: datetime,
) -> StatusInterval:
    require(find_day_problem(from_date, latest_day(now)))
    if until_date is not None and until_date <= from_date:
        raise BadInterval
    live = StatusInterval.objects.filter(person_id=person_id, axis=axis, voided_at=None)
    overlapping = live.filter(Q(until_date=None) | Q(until_date__gt=from_date))
    if until_date is not None:
        overlapping = overlapping.filter(from_date__lt=until_date)
    if overlapping.exists():
        raise StatusOverlap
    interval = StatusInterval(
        person_id=person_id, axis=axis, code=code, from_date=from_date, until_date=until_date, basis=basis
    )
    return add_row(interval, actor, now)
