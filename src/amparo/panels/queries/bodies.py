"""Bodies, seats and meetings. Who sits in a body, or keeps its secretariat, sees its meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.access.data import Actor
from amparo.access.queries import list_posts
from amparo.access.scoping import unit_facts
from amparo.core.policy import decide
from amparo.core.refusal import Unknown
from amparo.panels.data import MeetingState
from amparo.panels.data.shapes import BodyLine, BodyPage, MeetingLine, SeatLine
from amparo.panels.models import Body, Meeting, Seat

CONVENE = "panels.convene"
KEEP = "panels.keep_bodies"
NEWEST = 50


def list_bodies(actor: Actor) -> list[BodyLine]:
    """Return the bodies that concern the actor, by name. One query."""
    return [_body_line(row) for row in _bodies_of(actor).order_by("name", "id")]


def _bodies_of(actor: Actor) -> QuerySet[Body]:
    """Return the bodies in which the actor has a seat, whose secretariat they keep, or that have a case of
    a unit of theirs on an agenda; every body for whoever founds them.
    """
    rows = Body.objects.select_related("unit")
    if may_keep_bodies(actor):
        return rows
    units = [unit_id for unit_id in actor.unit_ids if may_convene(actor, unit_id)]
    seats = Seat.objects.filter(body=OuterRef("pk"), staff=actor.staff_id, unit_id__in=actor.unit_ids)
    cases = Meeting.objects.filter(body=OuterRef("pk"), items__person__unit_id__in=actor.unit_ids)
    return rows.filter(Q(unit_id__in=units) | Exists(seats) | Exists(cases))


def get_body_page(actor: Actor, body_id: UUID) -> BodyPage:
    """Return a body of the actor's; its meetings only to those inside it. Raises Unknown. Three queries."""
    body = _bodies_of(actor).filter(id=body_id).first()
    if body is None:
        raise Unknown
    rows = meetings_of(actor).filter(body_id=body_id).order_by("-held_at", "-id")[:NEWEST]
    seats = tuple(list_seats([body_id]))
    convenes = may_convene(actor, body.unit_id)
    return BodyPage(
        body=_body_line(body),
        seats=seats,
        meetings=tuple(meeting_line(row) for row in rows),
        is_inside=convenes or any(one.staff_id == actor.staff_id for one in seats),
        may_keep=may_keep_bodies(actor),
        may_convene=convenes and body.ended_at is None,
    )


def may_keep_bodies(actor: Actor) -> bool:
    return decide(actor.facts(), unit_facts(actor, UUID(int=0)), KEEP).allowed


def may_convene(actor: Actor, unit_id: UUID) -> bool:
    """Say whether the actor keeps the secretariat of a unit's bodies. No query."""
    return decide(actor.facts(), unit_facts(actor, unit_id), CONVENE).allowed


def list_seated_units(actor: Actor) -> set[UUID]:
    """Return the units that keep the bodies in which the actor has, or had, a seat. One query.

    Empty for most people: nothing of a panel's work can then concern them as a member.
    """
    return set(Seat.objects.filter(staff=actor.staff_id).values_list("body__unit_id", flat=True))


def list_seats(body_ids: Iterable[UUID]) -> list[SeatLine]:
    """Return the seats of bodies, members first, then by agency and name. One query."""
    rows = Seat.objects.filter(body_id__in=list(body_ids)).select_related("staff", "unit__agency")
    order = {"MEMBER": 0, "ADVISER": 1, "OBSERVER": 2}
    lines = [seat_line(row) for row in rows.order_by("from_date", "id")]
    return sorted(lines, key=lambda one: (order[one.standing], one.agency_name, one.name, str(one.id)))


def list_holders() -> list[tuple[str, str]]:
    """Return who could hold a seat, as ("unit/staff", words). One query."""
    return [
        (f"{one.unit_id}/{one.staff_id}", f"{one.staff_name}, {one.unit_name}, {one.agency_name}")
        for one in {(post.unit_id, post.staff_id): post for post in list_posts()}.values()
    ]


def meetings_of(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings of bodies in which the actor sat on that day, or whose secretariat they keep."""
    units = [unit_id for unit_id in actor.unit_ids if may_convene(actor, unit_id)]
    seats = Seat.objects.filter(staff=actor.staff_id, unit_id__in=actor.unit_ids)
    sat = Q(body__seats__in=seats)
    return (
        Meeting.objects.select_related("body__unit")
        .filter(sat | Q(body__unit_id__in=units))
        .distinct()
        .order_by("held_at", "id")
    )


def get_meeting(actor: Actor, meeting_id: UUID) -> MeetingLine:
    """Return a meeting of a body of the actor's. Raises Unknown. One query."""
    row = meetings_of(actor).filter(id=meeting_id).first()
    if row is None:
        raise Unknown
    return meeting_line(row)


def list_coming(procedure: str, *, now: datetime) -> list[MeetingLine]:
    """Return the meetings to come of bodies that decide a procedure, soonest first. One query."""
    rows = Meeting.objects.select_related("body__unit").filter(
        state=MeetingState.CONVENED, held_at__gt=now, body__ended_at=None
    )
    found = [row for row in rows.order_by("held_at", "id") if procedure in row.body.procedures]
    return [meeting_line(row) for row in found[:NEWEST]]


def _body_line(row: Body) -> BodyLine:
    return BodyLine(
        id=row.id,
        name=row.name,
        kind=row.kind,
        unit_id=row.unit_id,
        secretariat=row.unit.name,
        procedures=tuple(row.procedures),
        is_ended=row.ended_at is not None,
    )


def seat_line(row: Seat) -> SeatLine:
    return SeatLine(
        id=row.id,
        body_id=row.body_id,
        staff_id=row.staff_id,
        name=row.staff.name,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        agency_name=row.unit.agency.name,
        agency_kind=row.unit.agency.kind,
        answers_to_state=bool(row.unit.agency.state),
        standing=row.standing,
        from_date=row.from_date,
        until_date=row.until_date,
    )


def meeting_line(row: Meeting) -> MeetingLine:
    return MeetingLine(
        id=row.id,
        body_id=row.body_id,
        body_name=row.body.name,
        body_kind=row.body.kind,
        unit_id=row.body.unit_id,
        held_at=row.held_at,
        state=row.state,
        convened_at=row.convened_at,
        convened_by=row.convened_by_name,
        version=row.version,
    )
