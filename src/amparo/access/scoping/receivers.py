"""The relation of a referral's receiver to a record: to the extract, never to the file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from amparo.access.models import Grant, Scope
from amparo.core.policy import ActorFacts, AgencyKind, RecordFacts, Relation, Role, decide
from amparo.core.refusal import Unknown

if TYPE_CHECKING:
    from amparo.access.data import Actor


def grant_receiver(
    actor: Actor, *, person_id: UUID, unit_id: UUID, staff_id: UUID | None, until_at: datetime, now: datetime
) -> UUID:
    """Make a unit, or one member of it, receiver until then, inside the running action."""
    holder = {"staff_id": staff_id} if staff_id is not None else {"unit_id": unit_id}
    grant = Grant.objects.create(
        scope_id=person_id,
        relation=Relation.RECEIVER,
        from_at=now,
        until_at=until_at,
        granted_by=actor.ref,
        **holder,
    )
    return grant.id


def shorten_receiver(grant_id: UUID, *, until_at: datetime) -> None:
    """End a receiver's relation sooner, inside the running action. It is never prolonged."""
    Grant.objects.filter(id=grant_id, until_at__gt=until_at).update(until_at=until_at)


def bars_on_receiver(person_id: UUID, *, agency_kind: str, agency_state: str) -> tuple[str, ...]:
    """Return the ids of the rules that would keep an agency from receiving an extract. One query.

    Empty when it may. The country-of-origin firewall answers here before anything is shared.
    """
    scope = Scope.objects.filter(id=person_id).first()
    if scope is None:
        raise Unknown
    receiver = ActorFacts(AgencyKind(agency_kind), agency_state, frozenset({Role.CASEWORKER}))
    record = RecordFacts(
        relations=frozenset({Relation.RECEIVER}),
        origin_states=frozenset(scope.origin_states.split()),
        feared_states=frozenset(scope.feared_states.split()),
        lifted_states=frozenset(scope.lifted_states.split()),
        is_sealed=scope.is_sealed,
        is_child=scope.is_child,
    )
    decision = decide(receiver, record, "referrals.receive")
    return () if decision.allowed else decision.reasons
