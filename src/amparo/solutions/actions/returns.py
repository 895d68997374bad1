"""A return, from draft to departure. Nothing here can go past the gate; the database would refuse too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.procedures.actions import close_procedure, open_procedure, set_terms
from amparo.procedures.queries import gate_state
from amparo.solutions.data import (
    NotCertified,
    NotInThatState,
    NotToday,
    OnAnotherDay,
    ReturnAlreadyOpen,
    ReturnRefused,
    ReturnTerms,
    find_travel_problem,
)
from amparo.solutions.models import ReturnPlan

DEFINITION = "return"
LANGUAGE = "es"
BEHIND = timedelta(hours=12)
"""The clock of the westernmost time zone is this far behind UTC."""


@action("solutions.draft_return", about="person_id")
def draft_return(
    actor: Actor, *, now: datetime, person_id: UUID, terms: ReturnTerms, country: str = ""
) -> UUID:
    """Draft a return and open the procedure whose gate it must pass. A draft records no return."""
    if ReturnPlan.objects.filter(person_id=person_id, state__in=("draft", "planned")).exists():
        raise ReturnAlreadyOpen
    _require_ahead(terms, now)
    procedure_id = open_procedure(actor, now=now, person_id=person_id, definition=DEFINITION, country=country)
    set_terms(actor, now=now, person_id=person_id, procedure_id=procedure_id, terms=terms.as_terms())
    plan = ReturnPlan.objects.create(
        id=uuid7(),
        person_id=person_id,
        procedure_id=procedure_id,
        travel_date=terms.travel_date,
        destination=terms.destination,
        is_voluntary=terms.is_voluntary,
        created_at=now,
        created_by=actor.ref,
    )
    note(plan=str(plan.id), destination=terms.destination)
    return plan.id


def _require_ahead(terms: ReturnTerms, now: datetime) -> None:
    """Refuse a journey on a day that has passed everywhere, or that nobody prepares yet."""
    problem = find_travel_problem(terms.travel_date, (now - BEHIND).date())
    if problem is not None:
        raise problem


@action("solutions.draft_return", about="person_id")
def edit_return(
    actor: Actor, *, now: datetime, person_id: UUID, plan_id: UUID, version: int, terms: ReturnTerms
) -> None:
    """Change a return that has not happened: it is a draft again, and its certificate lapses."""
    plan = _lock(person_id, plan_id, version, {"draft", "planned"})
    if terms.travel_date != plan.travel_date:
        _require_ahead(terms, now)
    set_terms(actor, now=now, person_id=person_id, procedure_id=plan.procedure_id, terms=terms.as_terms())
    plan.travel_date = terms.travel_date
    plan.destination = terms.destination
    plan.is_voluntary = terms.is_voluntary
    plan.state = "draft"
    plan.certificate_id = None
    _save(actor, plan, now)
    note(plan=str(plan.id), fields=["travel_date", "destination", "is_voluntary"])


@action("solutions.plan_return", about="person_id")
def plan_return(actor: Actor, *, now: datetime, person_id: UUID, plan_id: UUID, version: int) -> None:
    """Record a return as planned. Raises ReturnRefused unless a certificate in force covers it."""
    plan = _lock(person_id, plan_id, version, {"draft"})
    plan.certificate_id = _require_certificate(actor, plan, now)
    plan.state = "planned"
    _save(actor, plan, now)
    note(plan=str(plan.id), certificate=str(plan.certificate_id))


@action("solutions.record_departure", about="person_id")
def record_departure(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    plan_id: UUID,
    version: int,
    departed_date: date,
) -> None:
    """Record that the person left as planned: on the day that was certified, and on no other.

    Raises OnAnotherDay for any other day: what happened then is an incident, not this return.
    """
    plan = _lock(person_id, plan_id, version, {"planned"})
    if departed_date > now.date():
        raise NotToday
    certificate_id = _require_certificate(actor, plan, now)
    if departed_date != plan.travel_date:
        raise OnAnotherDay
    plan.certificate_id = certificate_id
    plan.departed_date = departed_date
    plan.state = "departed"
    _save(actor, plan, now)
    close_procedure(actor, now=now, person_id=person_id, procedure_id=plan.procedure_id, stage="departed")
    note(plan=str(plan.id), certificate=str(certificate_id))


@action("solutions.cancel_return", about="person_id")
def cancel_return(actor: Actor, *, now: datetime, person_id: UUID, plan_id: UUID, version: int) -> None:
    """Cancel a return that has not happened; its findings stay readable."""
    plan = _lock(person_id, plan_id, version, {"draft", "planned"})
    plan.state = "cancelled"
    plan.certificate_id = None
    _save(actor, plan, now)
    close_procedure(actor, now=now, person_id=person_id, procedure_id=plan.procedure_id, stage="stopped")
    note(plan=str(plan.id))


def _lock(person_id: UUID, plan_id: UUID, version: int, states: set[str]) -> ReturnPlan:
    plan = ReturnPlan.objects.select_for_update().filter(id=plan_id, person_id=person_id).first()
    if not isinstance(plan, ReturnPlan):
        raise Unknown
    if plan.version != version:
        raise Stale
    if plan.state not in states:
        raise NotInThatState
    return plan


def _save(actor: Actor, plan: ReturnPlan, now: datetime) -> None:
    plan.version += 1
    plan.changed_at = now
    plan.changed_by_name = actor.name
    plan.save()


def _require_certificate(actor: Actor, plan: ReturnPlan, now: datetime) -> UUID:
    """Return the certificate in force now; else refuse with the count of what stands against it."""
    gate = gate_state(actor, plan.person_id, plan.procedure_id, language=LANGUAGE, as_of=now)
    certificate = gate.certificate
    if certificate is None or not certificate.is_valid:
        if gate.is_open:
            raise NotCertified
        raise ReturnRefused(unmet=len(gate.unmet), open=len(gate.unassessed))
    return certificate.id
