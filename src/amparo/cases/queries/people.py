"""Who a code stands for, and the coded facts of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.scoping import visible_scopes
from amparo.cases.data import AgeFacts, AgeStatus, Axis, PersonRef, StatusView
from amparo.cases.models import Person, StatusInterval
from amparo.core.refusal import Unknown
from amparo.core.truth import Truth


def find_by_code(actor: Actor, code: str) -> PersonRef:
    """Return the person with that case code. Raises Unknown, also for what may not be known. One query."""
    row = visible_scopes(actor).filter(code=code).values_list("id", "code").first()
    if row is None:
        raise Unknown
    return PersonRef(*row)


def get_refs(actor: Actor, person_ids: list[UUID]) -> dict[UUID, PersonRef]:
    """Return the visible ones of these people by id. One query."""
    rows = visible_scopes(actor).filter(id__in=person_ids).values_list("id", "code")
    return {person_id: PersonRef(person_id, code) for person_id, code in rows}


def child_truth(person_id: UUID, *, as_of: date) -> Truth:
    """Say whether the person is a child on that day: disputed or presumed is yes, unknown is open.

    One query. Raises ``Person.DoesNotExist`` for an id that is no person: callers hold a visible id.
    """
    row = Person.objects.values_list("age_status", "age_band", "adult_from", "is_presumed_child").get(
        person_id=person_id
    )
    status, band, adult_from, is_presumed = row
    return AgeFacts(AgeStatus(status), band, adult_from, is_presumed).child_on(as_of)


def current_statuses(person_id: UUID, *, as_of: date) -> tuple[StatusView, ...]:
    """Return one status for each of the three axes, in their order; unrecorded is unknown. One query."""
    rows = StatusInterval.objects.filter(person_id=person_id, voided_at=None, from_date__lte=as_of).order_by(
        "from_date", "id"
    )
    latest = {row.axis: _status_view(row) for row in rows if row.until_date is None or row.until_date > as_of}
    return tuple(latest.get(axis, StatusView(axis, "")) for axis in Axis)


def list_statuses(actor: Actor, person_id: UUID) -> dict[Axis, list[StatusView]]:
    """Return the three histories, latest first, without what was voided. One query."""
    rows = (
        StatusInterval.objects.visible_to(actor)
        .filter(person_id=person_id, voided_at=None)
        .order_by("axis", "-from_date", "-id")
    )
    histories: dict[Axis, list[StatusView]] = {axis: [] for axis in Axis}
    for row in rows:
        histories[Axis(row.axis)].append(_status_view(row))
    return histories


def find_replacement(actor: Actor, person_id: UUID, interval_id: UUID) -> StatusView | None:
    """Return what stands now in the place of a status: itself, or its latest correction.

    ``version`` counts the corrections from that status on, the first being 1: a row that stands was
    never changed, so its own version tells nothing.
    """
    rows = StatusInterval.objects.visible_to(actor).filter(person_id=person_id).order_by("id")
    chain = {row.id: row for row in rows}
    row, version = chain.get(interval_id), 1
    while row is not None and row.replaced_by_id is not None:
        row, version = chain.get(row.replaced_by_id), version + 1
    return replace(_status_view(row), version=version) if row is not None else None


def _status_view(row: StatusInterval) -> StatusView:
    return StatusView(
        axis=Axis(row.axis),
        code=row.code,
        from_date=row.from_date,
        until_date=row.until_date,
        basis=row.basis,
        id=row.id,
        version=row.version,
        recorded_by=row.created_by,
        recorded_at=row.created_at,
    )
