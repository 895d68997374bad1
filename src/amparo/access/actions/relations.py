"""Relations to one record: the team, delegations with an end, guardians, exclusion."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from amparo.access.actions.keepers import (
    list_keepers,
    require_eligible,
    require_keeper_beside,
    require_member,
)
from amparo.access.actions.sealing import seal_now
from amparo.access.data import Actor, EndTooFar, NotAChild
from amparo.access.gate import action, note
from amparo.access.models import Grant, Scope
from amparo.access.scoping.facts import find_scope
from amparo.core.policy import Relation
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.data import EMERGENCY_COMPARTMENTS, Compartment

LONGEST_DELEGATION = timedelta(days=90)
LONGEST_GUARDIANSHIP = timedelta(days=366)


@action("access.join_team", about="person_id")
def join_team(actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID) -> UUID:
    """Put a colleague of the unit on the case team; on a sealed case they also get its keys."""
    scope = find_scope(person_id=person_id)
    require_eligible(scope, staff_id, Relation.CASE_TEAM, now)
    require_member(scope, staff_id, now)
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
    require_eligible(scope, staff_id, Relation.DELEGATE, now)
    door.share(actor, person_id, staff_id, frozenset(compartments), now=now)
    return _grant(actor, scope, staff_id, Relation.DELEGATE, now=now, until_at=until_at)


@action("access.appoint_guardian", about="person_id")
def appoint_guardian(
    actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID, until_at: datetime
) -> UUID:
    """Give a child's guardian their relation: identity and contact, and the right to follow the file.

    Raises :class:`NotAChild` where adulthood is established.
    """
    _require_end(now, until_at, LONGEST_GUARDIANSHIP)
    scope = find_scope(person_id=person_id)
    if not scope.is_child:
        raise NotAChild
    require_eligible(scope, staff_id, Relation.GUARDIAN, now)
    door.share(actor, person_id, staff_id, EMERGENCY_COMPARTMENTS, now=now)
    return _grant(actor, scope, staff_id, Relation.GUARDIAN, now=now, until_at=until_at)


@action("access.end_grant", about="person_id")
def end_grant(actor: Actor, *, now: datetime, person_id: UUID, grant_id: UUID) -> None:
    """End a relation now and take its keys away. An exclusion is ended in the same way.

    Raises :class:`NobodyLeft` for the last person who can open a sealed file.
    """
    grant = (
        Grant.objects.select_related("scope")
        .filter(id=grant_id, scope_id=person_id, staff__isnull=False)
        .first()
    )
    if grant is None or (grant.until_at is not None and grant.until_at <= now):
        raise Unknown
    assert grant.staff_id is not None
    if grant.relation != Relation.EXCLUDED:
        require_keeper_beside(grant.scope, grant.staff_id, now)
    grant.until_at = now
    grant.save(update_fields=["until_at"])
    door.unshare(actor, person_id, grant.staff_id, now=now)
    note(grant=str(grant.id), staff=str(grant.staff_id), relation=grant.relation)


@action("access.exclude", about="person_id")
def exclude(actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID) -> UUID:
    """Exclude a colleague: from now on the record does not exist for them, whatever else they hold.

    Raises :class:`NobodyLeft` for the last person who can open a sealed file.
    """
    scope = find_scope(person_id=person_id)
    require_keeper_beside(scope, staff_id, now)
    return _exclude(actor, scope, staff_id, now)


@action("access.exclude", about="person_id")
def record_conflict(actor: Actor, *, now: datetime, person_id: UUID, staff_id: UUID) -> UUID:
    """Record a colleague's conflict of interest: they are excluded and the case is sealed at once.

    The other members of the unit who work with files keep it, on a sealed case the other named
    people; new keys lock out the old ones. It may be the actor's own conflict.
    """
    scope = find_scope(person_id=person_id)
    seal_now(actor, scope, list_keepers(scope, now) - {staff_id}, now=now)
    return _exclude(actor, scope, staff_id, now)


def _exclude(actor: Actor, scope: Scope, staff_id: UUID, now: datetime) -> UUID:
    held = Grant.objects.filter(scope=scope, staff_id=staff_id).exclude(relation=Relation.EXCLUDED)
    held.filter(until_at=None).update(until_at=now)
    held.filter(until_at__gt=now).update(until_at=now)
    door.unshare(actor, scope.id, staff_id, now=now)
    return _grant(actor, scope, staff_id, Relation.EXCLUDED, now=now, until_at=None)


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
