"""What this room adds to the worklist and the timeline of cases."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.cases.data import TimelineItem, WorkGroup, WorkItem
from amparo.solutions import queries
from amparo.solutions.data import OpenIncident, PlannedReturn


def list_work(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return alarms of departures without certificate, and planned returns, soonest first. Two queries."""
    alarms = [_alarm(one) for one in queries.list_open_incidents(actor)]
    return alarms + [_planned(one, now) for one in queries.list_planned(actor)]


def find_next_step(actor: Actor, person_id: UUID, now: datetime) -> WorkItem | None:
    """Return the return that is drafted or planned. One query."""
    plan = queries.find_open(person_id)
    return _planned(plan, now) if plan else None


def _alarm(incident: OpenIncident) -> WorkItem:
    return WorkItem(
        due_at=incident.reported_at,
        kind="incident",
        label=_("Departure without a valid certificate"),
        url=reverse("solutions_return", args=[incident.code]),
        code=incident.code,
        person_id=incident.person_id,
        group=WorkGroup.OVERDUE,
    )


def _planned(plan: PlannedReturn, now: datetime) -> WorkItem:
    """A planned return is due on its day; one whose certificate lapsed is due at once."""
    travels_at = datetime.combine(plan.travel_date, time(), tzinfo=now.tzinfo)
    is_late = plan.has_lapsed or travels_at < now - timedelta(days=1)
    label = _("Planned return") if plan.is_planned else _("Drafted return: its conditions")
    if plan.has_lapsed:
        label = _("Planned return: the certificate lapsed")
    return WorkItem(
        due_at=now if plan.has_lapsed else travels_at,
        kind="return",
        label=label,
        url=reverse("solutions_return", args=[plan.code]),
        code=plan.code,
        person_id=plan.person_id,
        group=WorkGroup.OVERDUE if is_late else WorkGroup.DUE,
    )


def list_events(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return plans and incidents about a person. Two queries."""
    return queries.list_events(actor, person_id)
