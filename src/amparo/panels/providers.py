"""What this room adds to the pages of cases: work that is due, events of a person's timeline."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.cases.data import ConsentRef, TimelineItem, WorkGroup, WorkItem
from amparo.cases.withdrawals import Standing
from amparo.cases.worklist import LIMIT
from amparo.panels.data import Ending, MeetingState
from amparo.panels.models import AgencyView, Decision, Item, Sitting
from amparo.panels.queries.again import list_to_look_again
from amparo.panels.queries.bodies import list_seated_units, meetings_of
from amparo.panels.queries.items import READ
from amparo.panels.queries.sitting import list_recusals, sittings_of

SOON = timedelta(days=14)
"""How long before a meeting, or a date of review, it stands in the worklist. Our own number."""


def list_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return meetings to come, views and signatures that are due, reviews, new facts and recusals."""
    if actor.staff_id is None:
        return []
    seated = list_seated_units(actor)
    return [
        *_meetings(actor, now),
        *(_member_work(actor, now) if seated else ()),
        *_reviews(actor, now),
        *_new_facts(actor, now, seated),
        *(_recusals(actor, now) if seated else ()),
    ]


def _meetings(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the meetings that come within two weeks, and the secretariat's that wait for attendance."""
    coming = Q(held_at__gt=now, held_at__lte=now + SOON)
    waiting = Q(held_at__lte=now, body__unit_id__in=actor.unit_ids)
    rows = meetings_of(actor).filter(coming | waiting, state=MeetingState.CONVENED)
    return [
        WorkItem(
            due_at=row.held_at,
            kind="meeting",
            label=row.body.name,
            what=_("Meeting"),
            url=reverse("panels_meeting", args=[row.id]),
            code="",
            person_id=None,
            group=_group(row.held_at, now),
        )
        for row in rows[:LIMIT]
    ]


def _member_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the items on which the actor's view or signature is due: by code, they name nobody."""
    sittings = list(sittings_of(actor.as_of(now))[:LIMIT])
    said = set(
        AgencyView.objects.filter(seat__in=[one.seat_id for one in sittings]).values_list(
            "item_id", "seat_id"
        )
    )
    open_decisions = Decision.objects.filter(item__in=[one.item_id for one in sittings], withdrawn_at=None)
    ballots = list(open_decisions.order_by("id").values_list("item_id", "in_force_at", "ballots__seat_id"))
    signed = {(item_id, seat_id) for item_id, _at, seat_id in ballots}
    waiting = {item_id: in_force_at for item_id, in_force_at, _seat in ballots}
    items = []
    for one in sittings:
        key = (one.item_id, one.seat_id)
        if one.item_id in waiting:
            is_due, label = (
                waiting[one.item_id] is None and key not in signed,
                _("Signature of a decision due"),
            )
        else:
            is_due, label = key not in said, _("Your agency's view is due")
        if is_due and one.item.meeting.state != MeetingState.CANCELLED:
            items.append(
                WorkItem(
                    due_at=one.item.meeting.held_at,
                    kind="panel",
                    label=label,
                    url=reverse("panels_item", args=[one.item_id]),
                    code=one.item.person.code,
                    person_id=None,
                    group=_group(one.item.meeting.held_at, now),
                )
            )
    return items


def _reviews(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the decisions of the actor's files whose date of review is near. One query."""
    again = Item.objects.filter(procedure_id=OuterRef("procedure_id"), added_at__gt=OuterRef("recorded_at"))
    rows = Decision.objects.where(actor, READ).filter(
        ~Exists(again),
        review_date__lte=(now + SOON).date(),
        withdrawn_at=None,
        in_force_at__isnull=False,
    )
    return [
        WorkItem(
            due_at=_start_of(row.review_date, now),
            kind="panel",
            label=_("Review of what the panel decided"),
            url=reverse("panels_file_item", args=[row.person.code, row.item_id]),
            code=row.person.code,
            person_id=row.person_id,
            group=_group(_start_of(row.review_date, now), now),
        )
        for row in rows.select_related("person").order_by("review_date", "id")[:LIMIT]
    ]


def _new_facts(actor: Actor, now: datetime, seated: Collection[UUID]) -> list[WorkItem]:
    """Return the decisions after which new facts came: each waits for the agenda of another meeting."""
    return [
        WorkItem(
            due_at=now,
            kind="panel",
            label=_("New facts came after what the panel decided"),
            url=(
                reverse("panels_file_item", args=[one.code, one.item_id])
                if one.person_id
                else reverse("panels_item", args=[one.item_id])
            ),
            code=one.code,
            person_id=one.person_id,
            group=WorkGroup.DUE,
        )
        for one in list_to_look_again(actor, now, seated)
    ]


def _recusals(actor: Actor, now: datetime) -> list[WorkItem]:
    """Tell who was set aside by somebody else: of which meeting, and never of whom."""
    return [
        WorkItem(
            due_at=one.at,
            kind="panel",
            label=_("You were set aside from a case of this meeting: %(body)s") % {"body": one.body_name},
            url=reverse("panels_meeting", args=[one.meeting_id]),
            code="",
            person_id=None,
            group=WorkGroup.NEW,
        )
        for one in list_recusals(actor, now)
    ]


def _start_of(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=now.tzinfo)


def _group(due_at: datetime, now: datetime) -> WorkGroup:
    return WorkGroup.OVERDUE if due_at < now else WorkGroup.DUE


def list_events(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return when a panel took a person's case up, and when its decisions came into force. Two queries."""
    items = Item.objects.where(actor, READ).filter(person_id=person_id)
    decisions = Decision.objects.where(actor, READ).filter(person_id=person_id, in_force_at__isnull=False)
    events = [
        _event(row.person.code, row.id, row.added_at, _("On the agenda of a panel"), row.added_by)
        for row in items.select_related("person").order_by("added_at", "id")
    ]
    events += [
        _event(row.person.code, row.item_id, at, _("Decision of a panel in force"), f"staff:{row.author_id}")
        for row in decisions.select_related("person").order_by("in_force_at", "id")
        if (at := row.in_force_at) is not None
    ]
    return events


def _event(code: str, item_id: UUID, at: datetime, label: str, by: str) -> TimelineItem:
    url = reverse("panels_file_item", args=[code, item_id])
    return TimelineItem(at, "panel", label, by, f"panel.{item_id}.{at.isoformat()}", url)


def list_standing(actor: Actor, person_id: UUID, consent: ConsentRef) -> list[Standing]:
    """Return the seats of panels that read on a consent, or that ended with it. One query."""
    stands = Q(ended_at=None) | Q(ended_because=Ending.CONSENT_WITHDRAWN)
    rows = Sitting.objects.where(actor, READ).filter(stands, item__person_id=person_id, consent_id=consent.id)
    related = ("item__person", "item__meeting__body", "seat__staff", "seat__unit__agency")
    return [
        Standing(
            f"{_('Panel')}: {row.item.meeting.body.name}",
            f"{row.seat.unit.agency.name}: {row.seat.staff.name}",
            reverse("panels_file_item", args=[row.item.person.code, row.item_id]),
        )
        for row in rows.select_related(*related).order_by("shared_at", "id")
    ]
