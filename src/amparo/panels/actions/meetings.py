"""Convening, attendance and general topics: the secretariat's work. None of it is about a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.access.public_texts import NOTES, require_nobody
from amparo.core.refusal import Unknown
from amparo.panels.actions.once import require_new
from amparo.panels.data import MeetingState
from amparo.panels.data.refusals import MeetingTooFar, NotHeldYet, TooLate
from amparo.panels.models import Attendance, Body, Meeting, Seat, Topic

FARTHEST = timedelta(days=2 * 366)
"""How far ahead a meeting can be convened: a later day is a slip of the pen. Our own number."""

PUBLIC_TEXTS = {"title": _("General point"), "outcome": _("What came of it")}
"""What the texts are called where one is refused."""


def unit_of_body(arguments: Mapping[str, Any]) -> UUID:
    """Find the unit that keeps the secretariat of a body. Raises Unknown."""
    return _found(
        Body.objects.filter(id=arguments["body_id"], ended_at=None).values_list("unit_id", flat=True)
    )


def unit_of_meeting(arguments: Mapping[str, Any]) -> UUID:
    """Find the unit that keeps the secretariat of a meeting's body. Raises Unknown."""
    rows = Meeting.objects.filter(id=arguments["meeting_id"])
    return _found(rows.values_list("body__unit_id", flat=True))


def _found(ids: Any) -> UUID:
    unit_id = ids.first()
    if unit_id is None:
        raise Unknown
    return UUID(str(unit_id))


@action("panels.convene", by=unit_of_body)
def convene(
    actor: Actor, *, now: datetime, body_id: UUID, held_at: datetime, new_id: UUID | None = None
) -> UUID:
    """Give notice of a meeting to every seat of the body; each finds it in their worklist.

    ``new_id`` is the id that the form carried. Raises TooLate for the past, MeetingTooFar for more than two
    years ahead, SentBefore where the form was sent before.
    """
    Body.objects.select_for_update().get(id=body_id)
    require_new(Meeting, new_id)
    if held_at <= now:
        raise TooLate
    if held_at > now + FARTHEST:
        raise MeetingTooFar
    meeting = Meeting.objects.create(
        id=new_id or uuid7(),
        body_id=body_id,
        held_at=held_at,
        state=MeetingState.CONVENED,
        convened_at=now,
        convened_by_name=actor.name,
    )
    note(meeting=str(meeting.id), body=str(body_id), held_at=held_at.isoformat())
    return meeting.id


@action("panels.convene", by=unit_of_meeting)
def cancel_meeting(actor: Actor, *, now: datetime, meeting_id: UUID, version: int) -> None:
    """Call a meeting off before it begins. Raises TooLate and Stale."""
    meeting = _lock(meeting_id, version)
    if meeting.state != MeetingState.CONVENED or meeting.held_at <= now:
        raise TooLate
    _set_state(meeting, MeetingState.CANCELLED)
    note(meeting=str(meeting_id))


@action("panels.convene", by=unit_of_meeting)
def record_attendance(
    actor: Actor, *, now: datetime, meeting_id: UUID, version: int, present: Iterable[UUID]
) -> None:
    """Record who was there, once the meeting has begun; a correction is another record. Raises NotHeldYet."""
    meeting = _lock(meeting_id, version)
    if meeting.held_at > now:
        raise NotHeldYet
    if meeting.state == MeetingState.CANCELLED:
        raise TooLate
    there = set(present)
    day = meeting.held_at.date()
    seats = Seat.objects.filter(body_id=meeting.body_id, from_date__lte=day).order_by("id")
    sat = [seat for seat in seats if seat.until_date is None or seat.until_date >= day]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, is_present=seat.id in there, at=now, by=actor.ref)
        for seat in sat
    )
    _set_state(meeting, MeetingState.HELD)
    note(meeting=str(meeting_id), present=sum(seat.id in there for seat in sat), seats=len(sat))


@action("panels.convene", by=unit_of_meeting)
def add_topic(
    actor: Actor, *, now: datetime, meeting_id: UUID, title: str, new_id: UUID | None = None
) -> UUID:
    """Put a general point on the agenda: a protocol, a plan, figures. Never a person.

    Everybody in the body reads it. ``new_id`` is the id that the form carried. Raises TellsWhoItIs,
    NamesSomebody and SentBefore.
    """
    Meeting.objects.select_for_update().get(id=meeting_id)
    require_new(Topic, new_id)
    require_nobody(actor, {"title": title}, NOTES, now=now, labels=PUBLIC_TEXTS)
    topic = Topic.objects.create(
        id=new_id or uuid7(), meeting_id=meeting_id, title=title, at=now, by=actor.ref
    )
    note(meeting=str(meeting_id), topic=str(topic.id))
    return topic.id


@action("panels.convene", by=unit_of_meeting)
def record_outcome(actor: Actor, *, now: datetime, meeting_id: UUID, topic_id: UUID, outcome: str) -> None:
    """Record what came of a general point, for the same readers. Raises TellsWhoItIs and NamesSomebody."""
    require_nobody(actor, {"outcome": outcome}, NOTES, now=now, labels=PUBLIC_TEXTS)
    changed = Topic.objects.filter(id=topic_id, meeting_id=meeting_id).update(outcome=outcome)
    if not changed:
        raise Unknown
    note(meeting=str(meeting_id), topic=str(topic_id))


def _lock(meeting_id: UUID, version: int) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(id=meeting_id)
    if meeting.version != version:
        raise Stale
    return meeting


def _set_state(meeting: Meeting, state: MeetingState) -> None:
    meeting.state = state
    meeting.version += 1
    meeting.save(update_fields=["state", "version"])
