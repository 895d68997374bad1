"""Relations to one record: the team, delegations with an end, guardians, exclusion."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from amparo.access.actions.sealing import seal_now
from amparo.access.data import Actor, EndTooFar, NotEligible
from amparo.access.gate import action, note
from amparo.access.models import Grant, Membership, Scope
from amparo.access.queries import actor_for
from amparo.access.scoping.facts import find_scope, scope_facts
from amparo.core.policy import RecordFacts, Relation, decide
from amparo.core.refusal import Unknown
from amparo.core.rights import BLIND_ROLES, WORKERS
from amparo.vault import door
from amparo.vault.data import EMERGENCY_COMPARTMENTS, Compartment

LONGEST_DELEGATION = timedelta(days=90)
LONGEST_GUARDIANSHIP = timedelta(days=366)


@action("access.join_team", about="person_id")
def join_team(actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID) -> UUID:
    """Put a colleague of the unit on the case team; on a sealed case they also get its keys."""
    scope = find_scope(person_id=person_id)
    _require_eligible(scope, staff_id, Relation.CASE_TEAM, now)
    if not Membership.objects.filter(
        staff_id=staff_id, unit_id=scope.unit_id, role__in=WORKERS, until_at=None
    ).exists():
        raise NotEligible
    if scope.is_sealed:
        door.share(actor, person_id, staff_id, frozenset(Compartment), now=now)
    return _grant(actor, scope, staff_id, Relation.CASE_TEAM, now=now, until_at=None)


@action("access.delegate", about="person_id")
def delegate(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    staff_id: UUID,
    until_at: datetime,
    compartments: Collection[Compartment] = tuple(Compartment),
) -> UUID:
    """Delegate the file to one colleague, of any eligible agency, until a moment within 90 days.

    Outside the unit they get their own keys to the named compartments. The delegation carries no
    right to delegate, seal or exclude.
    """
    _require_end(now, until_at, LONGEST_DELEGATION)
    scope = find_scope(person_id=person_id)
    _require_eligible(scope, staff_id, Relation.DELEGATE, now)
    door.share(actor, person_id, staff_id, frozenset(compartments), now=now)
    return _grant(actor, scope, staff_id, Relation.DELEGATE, now=now, until_at=until_at)


@action("access.appoint_guardian", about="person_id")
def appoint_guardian(
    actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID, until_at: datetime
) -> UUID:
    """Give a child's guardian their relation: identity and contact, and the right to follow the file."""
    _require_end(now, until_at, LONGEST_GUARDIANSHIP)
    scope = find_scope(person_id=person_id)
    _require_eligible(scope, staff_id, Relation.GUARDIAN, now)
    door.share(actor, person_id, staff_id, EMERGENCY_COMPARTMENTS, now=now)
    return _grant(actor, scope, staff_id, Relation.GUARDIAN, now=now, until_at=until_at)


@action("access.end_grant", about="person_id")
def end_grant(actor: Actor, *, now: datetime, person_id: UUID, grant_id: UUID) -> None:
    """End a relation now and take its keys away. An exclusion is ended in the same way."""
    grant = Grant.objects.filter(id=grant_id, scope_id=person_id, staff__isnull=False).first()
    if grant is None or (grant.until_at is not None and grant.until_at <= now):
        raise Unknown
    assert grant.staff_id is not None
    grant.until_at = now
    grant.save(update_fields=["until_at"])
    door.unshare(actor, person_id, grant.staff_id, now=now)
    note(grant=str(grant.id), staff=str(grant.staff_id), relation=grant.relation)


@action("access.exclude", about="person_id")
def exclude(actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID) -> UUID:
    """Exclude a colleague: from now on the record does not exist for them, whatever else they hold."""
    return _exclude(actor, find_scope(person_id=person_id), staff_id, now)


@action("access.exclude", about="person_id")
def record_conflict(actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID) -> UUID:
    """Record a colleague's conflict of interest: they are excluded and the case is sealed at once.

    The other members of the unit who work with files keep it; new keys lock out the old ones. It may
    be the actor's own conflict.
    """
    scope = find_scope(person_id=person_id)
    staying = _colleagues(scope, now) - {staff_id}
    seal_now(actor, scope, staying, now=now)
    return _exclude(actor, scope, staff_id, now)


def _exclude(actor: Actor, scope: Scope, staff_id: UUID, now: datetime) -> UUID:
    held = Grant.objects.filter(scope=scope, staff_id=staff_id).exclude(relation=Relation.EXCLUDED)
    held.filter(until_at=None).update(until_at=now)
    held.filter(until_at__gt=now).update(until_at=now)
    door.unshare(actor, scope.id, staff_id, now=now)
    return _grant(actor, scope, staff_id, Relation.EXCLUDED, now=now, until_at=None)


def _colleagues(scope: Scope, now: datetime) -> set[UUID]:
    """Return the members of the unit who work with files and are not excluded from this one."""
    members = Membership.objects.filter(unit_id=scope.unit_id, role__in=WORKERS, until_at=None)
    excluded = Grant.objects.filter(scope=scope, relation=Relation.EXCLUDED, until_at=None)
    kept = members.exclude(staff_id__in=excluded.values("staff_id"))
    return set(kept.filter(staff__is_active=True).order_by("staff_id").values_list("staff_id", flat=True))


def _require_eligible(scope: Scope, staff_id: UUID, relation: Relation, now: datetime) -> None:
    """Refuse a relation that policy would make worthless: the rules are asked as if it were granted."""
    colleague = actor_for(staff_id, None, now=now)
    facts = scope_facts(colleague, scope)
    granted = RecordFacts(
        facts.relations | {relation},
        facts.roles_here,
        facts.origin_states,
        facts.feared_states,
        facts.lifted_states,
        scope.is_sealed,
        scope.is_child,
        scope.has_best_interests,
        scope.is_on_legal_hold,
    )
    if colleague.roles & BLIND_ROLES or not decide(colleague.facts(), granted, "record.know").allowed:
        raise NotEligible


def _require_end(now: datetime, until_at: datetime, longest: timedelta) -> None:
    if not now < until_at <= now + longest:
        raise EndTooFar(days=longest.days)


def _grant(
    actor: Actor,
    scope: Scope,
    staff_id: UUID,
    relation: Relation,
    *,
    now: datetime,
    until_at: datetime | None,
) -> UUID:
    grant = Grant.objects.create(
        scope=scope,
        staff_id=staff_id,
        relation=relation,
        from_at=now,
        until_at=until_at,
        granted_by=actor.ref,
    )
    note(grant=str(grant.id), staff=str(staff_id), relation=str(relation))
    return grant.id
