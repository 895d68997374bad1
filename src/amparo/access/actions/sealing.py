"""Sealing, and the facts of a record that policy reads: fear, the firewall of origin, legal hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actions.countersigns import propose_request
from amparo.access.actions.keepers import require_eligible
from amparo.access.data import Actor, FearRecorded, NobodyLeft, PapersMissing
from amparo.access.gate import action, note
from amparo.access.liftings import list_papers
from amparo.access.models import Grant, Scope
from amparo.access.scoping.facts import find_scope
from amparo.access.scoping.scopes import listed
from amparo.core.policy import Relation
from amparo.vault import door

KEPT_WHEN_SEALED = (Relation.EXCLUDED, Relation.AUTHOR, Relation.RECEIVER, Relation.FORMER)


@action("access.seal_case", about="person_id")
def seal_case(actor: Actor, *, now: datetime, person_id: UUID, staff_ids: Collection[UUID]) -> None:
    """Seal a case for the named people: new keys, wrapped to them alone. Name at least two.

    Raises :class:`NotEligible` for somebody whom a rule keeps from the file.
    """
    scope = find_scope(person_id=person_id)
    for staff_id in sorted(staff_ids):
        require_eligible(scope, staff_id, Relation.CASE_TEAM, now)
    seal_now(actor, scope, set(staff_ids), now=now)


@action("access.unseal_case", about="person_id")
def unseal_case(actor: Actor, *, now: datetime, person_id: UUID, countersign_id: UUID) -> None:
    """Give a sealed case back to its unit. Two people."""
    door.unrestrict(actor, person_id, now=now)
    Scope.objects.filter(id=person_id).update(is_sealed=False)


@action("access.record_fear", about="person_id")
def record_fear(actor: Actor, *, now: datetime, person_id: UUID, state: str) -> None:
    """Record that the person fears a State: its agencies get nothing, and no lifting stands."""
    scope = find_scope(person_id=person_id)
    scope.feared_states = listed({*scope.feared_states.split(), state})
    scope.lifted_states = listed(set(scope.lifted_states.split()) - {state})
    scope.save(update_fields=["feared_states", "lifted_states"])
    note(state=state)


@action("access.record_fear", about="person_id")
def correct_fear(actor: Actor, *, now: datetime, person_id: UUID, state: str) -> None:
    """Take back a record of fear that was wrong."""
    scope = find_scope(person_id=person_id)
    scope.feared_states = listed(set(scope.feared_states.split()) - {state})
    scope.save(update_fields=["feared_states"])
    note(state=state, corrected=1)


@action("access.lift_firewall", about="person_id")
def lift_firewall(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    state: str,
    consent_id: UUID,
    advice_id: UUID,
    countersign_id: UUID,
) -> None:
    """Lift the firewall of origin for one State: written consent, recorded legal advice, two people.

    ``consent_id`` and ``advice_id`` name the records that both people saw; they must still hold.
    Refused while fear of that State is recorded.
    """
    scope = find_scope(person_id=person_id)
    _require_liftable(actor, scope, state, consent_id, advice_id, now)
    scope.lifted_states = listed({*scope.lifted_states.split(), state})
    scope.save(update_fields=["lifted_states"])
    note(state=state, consent=str(consent_id), advice=str(advice_id))


def propose_lifting(
    actor: Actor, *, now: datetime, person_id: UUID, state: str, consent_id: UUID, advice_id: UUID
) -> UUID:
    """Propose to lift the firewall for one State, where it could be lifted; a colleague confirms."""
    told = {"person_id": person_id, "state": state, "consent_id": consent_id, "advice_id": advice_id}
    with transaction.atomic():
        request_id = propose_request(actor, now=now, right="access.lift_firewall", arguments=told)
        _require_liftable(actor, find_scope(person_id=person_id), state, consent_id, advice_id, now)
    return request_id


def propose_unsealing(actor: Actor, *, now: datetime, person_id: UUID) -> UUID:
    """Propose to give a sealed case back to its unit; a colleague confirms."""
    return propose_request(actor, now=now, right="access.unseal_case", arguments={"person_id": person_id})


def _require_liftable(
    actor: Actor, scope: Scope, state: str, consent_id: UUID, advice_id: UUID, now: datetime
) -> None:
    if state in scope.feared_states.split():
        raise FearRecorded
    if not list_papers(actor, scope.id, now).hold(consent_id, advice_id):
        raise PapersMissing


@action("access.hold_for_law", about="person_id")
def hold_for_law(actor: Actor, *, now: datetime, person_id: UUID) -> None:
    """Stop every erasure of this record until the hold is released."""
    Scope.objects.filter(id=person_id).update(is_on_legal_hold=True)


@action("access.hold_for_law", about="person_id")
def release_hold(actor: Actor, *, now: datetime, person_id: UUID) -> None:
    """End a legal hold."""
    Scope.objects.filter(id=person_id).update(is_on_legal_hold=False)
    note(released=1)


def seal_now(actor: Actor, scope: Scope, staff_ids: set[UUID], *, now: datetime) -> None:
    """Seal inside the running action: keys first, then relations, so that neither outlives the other."""
    if not staff_ids:
        raise NobodyLeft
    door.restrict(actor, scope.id, staff_ids, now=now)
    passing = Grant.objects.filter(scope=scope).exclude(relation__in=KEPT_WHEN_SEALED)
    passing.filter(until_at=None).update(until_at=now)
    passing.filter(until_at__gt=now).update(until_at=now)
    Grant.objects.bulk_create(
        Grant(
            scope=scope,
            staff_id=staff_id,
            relation=Relation.CASE_TEAM,
            from_at=now,
            granted_by=actor.ref,
        )
        for staff_id in sorted(staff_ids)
    )
    Scope.objects.filter(id=scope.id).update(is_sealed=True)
    scope.is_sealed = True
    note(sealed_for=[str(staff_id) for staff_id in sorted(staff_ids)])
