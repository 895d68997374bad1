"""Departures that happened in the world without a valid certificate: reported, alarmed, never a return."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.cases.data.limits import find_day_problem, require
from amparo.core.refusal import Unknown
from amparo.solutions.data import NotToday
from amparo.solutions.models import DepartureIncident, ReturnPlan
from amparo.vault import door
from amparo.vault.data import Compartment


@action("solutions.report_incident", about="person_id")
def report_incident(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    kind: str,
    departed_date: date,
    destination: str,
    what_happened: str,
) -> UUID:
    """Report that the person left, or was made to leave, without a valid certificate.

    It records what happened, not a return: no plan becomes departed. It stands in the worklist of
    the unit until a supervisor acknowledges it.
    """
    if departed_date > now.date():
        raise NotToday
    require(find_day_problem(departed_date, now.date()))
    plan = ReturnPlan.objects.filter(person_id=person_id, state__in=("draft", "planned")).first()
    incident = DepartureIncident.objects.create(
        id=uuid7(),
        person_id=person_id,
        plan=plan,
        kind=kind,
        departed_date=departed_date,
        destination=destination,
        reported_at=now,
        reported_by=actor.ref,
    )
    words = {f"incident.{incident.id}": what_happened.strip()}
    door.write(actor, person_id, Compartment.NARRATIVE, words, now=now)
    note(incident=str(incident.id), kind=kind)
    return incident.id


@action("solutions.acknowledge_incident", about="person_id")
def acknowledge_incident(
    actor: Actor, *, now: datetime, person_id: UUID, incident_id: UUID, version: int
) -> None:
    """Take note of an incident as a supervisor; it leaves the worklist and stays in the file."""
    incident = (
        DepartureIncident.objects.select_for_update().filter(id=incident_id, person_id=person_id).first()
    )
    if not isinstance(incident, DepartureIncident):
        raise Unknown
    if incident.version != version:
        raise Stale
    incident.is_acknowledged = True
    incident.version += 1
    incident.save(update_fields=["is_acknowledged", "version"])
    note(incident=str(incident.id))
