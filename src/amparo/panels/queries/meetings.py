"""One meeting: who was there, what is on the agenda as far as the reader may see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.core.refusal import Unknown
from amparo.panels.data.shapes import AgendaLine, MeetingLine, MeetingPage, PresentSeat, TopicLine
from amparo.panels.models import Attendance, Decision, Topic
from amparo.panels.queries.bodies import get_meeting, list_seats, may_convene
from amparo.panels.queries.sitting import sittings_of
from amparo.procedures.queries.editions import definition_of


def get_meeting_page(actor: Actor, meeting_id: UUID, *, language: str, now: datetime) -> MeetingPage:
    """Return a meeting of a body of the actor's. Raises Unknown. Seven queries."""
    meeting = get_meeting(actor, meeting_id)
    topics = Topic.objects.filter(meeting_id=meeting_id).order_by("at", "id")
    return MeetingPage(
        meeting=meeting,
        seats=list_present(meeting),
        topics=tuple(TopicLine(row.id, row.title, row.outcome) for row in topics),
        agenda=tuple(_agenda(actor.as_of(now), meeting_id, language)),
        may_keep=may_convene(actor, meeting.unit_id),
    )


def list_present(meeting: MeetingLine) -> tuple[PresentSeat, ...]:
    """Return who had a seat on the day of a meeting, and whether they were there. Two queries."""
    attendance = Attendance.objects.filter(meeting_id=meeting.id).order_by("at", "id")
    present = {row.seat_id: row.is_present for row in attendance}
    day = meeting.held_at.date()
    seats = list_seats([meeting.body_id])
    return tuple(PresentSeat(seat, present.get(seat.id)) for seat in seats if seat.holds_on(day))


def get_topic(actor: Actor, meeting_id: UUID, topic_id: UUID) -> TopicLine:
    """Return a general point of a meeting of the actor's. Raises Unknown. Two queries."""
    meeting = get_meeting(actor, meeting_id)
    row = Topic.objects.filter(id=topic_id, meeting_id=meeting.id).first()
    if row is None:
        raise Unknown
    return TopicLine(row.id, row.title, row.outcome)


def _agenda(actor: Actor, meeting_id: UUID, language: str) -> list[AgendaLine]:
    """Return the cases on which the actor sits, and only those: nothing says that there are others."""
    if actor.staff_id is None:
        return []
    sittings = list(sittings_of(actor).filter(item__meeting_id=meeting_id).order_by("item__added_at", "id"))
    standing = Decision.objects.filter(item__in=[one.item_id for one in sittings], withdrawn_at=None)
    in_force = {row.item_id: row.in_force_at is not None for row in standing.order_by("id")}
    states = {True: "decided", False: "to_sign"}
    lines = []
    for one in sittings:
        definition = definition_of(one.item.procedure)
        state = states[in_force[one.item_id]] if one.item_id in in_force else "open"
        lines.append(AgendaLine(one.item_id, one.item.person.code, definition.title[language], state))
    return lines
