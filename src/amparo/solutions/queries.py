"""Reads of the solutions room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.access.data import Actor
from amparo.cases.data import TimelineItem
from amparo.cases.queries import open_parts
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.solutions.data import IncidentView, OpenIncident, PlannedReturn, ReturnView
from amparo.solutions.models import DepartureIncident, ReturnPlan
from amparo.vault.data import Compartment

READ = "solutions.read"
SHOWN = 100


def find_return(actor: Actor, person_id: UUID) -> ReturnView | None:
    """Return the plan that is open, else the latest, or ``None``. One query."""
    rows = ReturnPlan.objects.where(actor, READ).filter(person_id=person_id)
    views = [_return_view(row) for row in rows.order_by("-created_at", "-id")]
    return next((view for view in views if view.is_open), views[0] if views else None)


def get_return(actor: Actor, person_id: UUID, plan_id: UUID) -> ReturnView:
    """Return one plan. Raises Unknown. One query."""
    row = ReturnPlan.objects.where(actor, READ).filter(person_id=person_id, id=plan_id).first()
    if not isinstance(row, ReturnPlan):
        raise Unknown
    return _return_view(row)


def list_returns(actor: Actor, person_id: UUID) -> list[ReturnView]:
    """Return every plan about a person, latest first. One query."""
    rows = ReturnPlan.objects.where(actor, READ).filter(person_id=person_id)
    return [_return_view(row) for row in rows.order_by("-created_at", "-id")]


def list_incidents(actor: Actor, person_id: UUID, *, now: datetime) -> list[IncidentView]:
    """Return the departures without certificate, latest first; what happened only when unlocked."""
    rows = list(
        DepartureIncident.objects.where(actor, READ)
        .filter(person_id=person_id)
        .order_by("-reported_at", "-id")
    )
    if not rows:
        return []
    opened = open_parts(actor, person_id, {Compartment.NARRATIVE}, Purpose.RETURN, now=now)
    return [
        IncidentView(
            id=row.id,
            kind=row.kind,
            departed_date=row.departed_date,
            destination=row.destination,
            reported_at=row.reported_at,
            is_acknowledged=row.is_acknowledged,
            version=row.version,
            text=opened.get(Compartment.NARRATIVE, f"incident.{row.id}") if opened else None,
        )
        for row in rows
    ]


def _return_view(row: ReturnPlan) -> ReturnView:
    return ReturnView(
        id=row.id,
        person_id=row.person_id,
        procedure_id=row.procedure_id,
        state=row.state,
        travel_date=row.travel_date,
        destination=row.destination,
        is_voluntary=row.is_voluntary,
        certificate_id=row.certificate_id,
        departed_date=row.departed_date,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        changed_by_name=row.changed_by_name,
    )


def list_open_incidents(actor: Actor) -> list[OpenIncident]:
    """Return the incidents that no supervisor acknowledged, latest first. One query."""
    rows = DepartureIncident.objects.where(actor, READ).filter(is_acknowledged=False)
    columns = ("id", "person_id", "person__code", "reported_at")
    return [OpenIncident(*row) for row in rows.order_by("-reported_at", "-id").values_list(*columns)[:SHOWN]]


def list_planned(actor: Actor) -> list[PlannedReturn]:
    """Return the planned returns of visible people, soonest first. One query."""
    rows = ReturnPlan.objects.where(actor, READ).filter(state="planned")
    columns = ("id", "person_id", "person__code", "travel_date", "certificate__lapse__reason")
    return [
        PlannedReturn(plan_id, person_id, code, travel_date, reason is not None)
        for plan_id, person_id, code, travel_date, reason in rows.order_by("travel_date", "id").values_list(
            *columns
        )[:SHOWN]
    ]


def find_open(person_id: UUID) -> PlannedReturn | None:
    """Return the drafted or planned return of a person. One query."""
    rows = ReturnPlan.objects.filter(person_id=person_id, state__in=("draft", "planned")).order_by("id")
    columns = ("id", "person__code", "travel_date", "certificate__lapse__reason", "state")
    row = rows.values_list(*columns).first()
    if row is None:
        return None
    plan_id, code, travel_date, reason, state = row
    return PlannedReturn(plan_id, person_id, code, travel_date, reason is not None, state == "planned")


def list_events(actor: Actor, person_id: UUID) -> list[TimelineItem]:
    """Return plans, departures and incidents about a person as events. Two queries."""
    plans = ReturnPlan.objects.where(actor, READ).filter(person_id=person_id).select_related("person")
    incidents = DepartureIncident.objects.where(actor, READ).filter(person_id=person_id)
    events = [event for row in plans.order_by("id") for event in _events_of(row)]
    return events + [_incident_event(row) for row in incidents.select_related("person").order_by("id")]


def _events_of(row: ReturnPlan) -> list[TimelineItem]:
    url = reverse("solutions_return", args=[row.person.code])
    drafted = _("Return drafted")
    events = [TimelineItem(row.created_at, "return", drafted, row.created_by, str(row.id), url)]
    if row.departed_date is not None and row.changed_at is not None:
        left = _("Departure on %(day)s") % {"day": date_format(row.departed_date)}
        key = f"{row.id}.departed"
        events.append(TimelineItem(row.changed_at, "return", left, row.changed_by_name, key, url))
    return events


def _incident_event(row: DepartureIncident) -> TimelineItem:
    day = date_format(row.departed_date)
    return TimelineItem(
        at=row.reported_at,
        kind="incident",
        label=_("Departure without a valid certificate, on %(day)s") % {"day": day},
        by=row.reported_by,
        key=str(row.id),
        url=reverse("solutions_return", args=[row.person.code]),
    )
