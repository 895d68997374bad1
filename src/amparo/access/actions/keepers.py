"""Who may be given a relation to a record, and who keeps its keys: asked before a grant changes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import NobodyLeft, NotEligible
from amparo.access.models import Grant, Membership, Scope
from amparo.access.queries import actor_for
from amparo.access.scoping.facts import as_if, scope_facts
from amparo.core.policy import Relation, decide
from amparo.core.rights import BLIND_ROLES, WORKERS


def require_eligible(scope: Scope, staff_id: UUID, relation: Relation, now: datetime) -> None:
    """Refuse a relation that policy would make worthless: the rules are asked as if it were granted."""
    colleague = actor_for(staff_id, None, now=now)
    granted = as_if(scope_facts(colleague, scope), relation)
    if colleague.roles & BLIND_ROLES or not decide(colleague.facts(), granted, "record.know").allowed:
        raise NotEligible


def require_member(scope: Scope, staff_id: UUID, now: datetime) -> None:
    """Refuse who has no post in the unit that works with files."""
    lasting = Q(until_at=None) | Q(until_at__gt=now)
    posts = Membership.objects.filter(lasting, staff_id=staff_id, unit_id=scope.unit_id, role__in=WORKERS)
    if not posts.filter(waits_for_key=False).exists():
        raise NotEligible


def list_keepers(scope: Scope, now: datetime) -> set[UUID]:
    """Return who may open the file by their work and is not excluded: the unit, or the named people."""
    lasting = Q(until_at=None) | Q(until_at__gt=now)
    grants = Grant.objects.filter(lasting, scope=scope)
    posts = Membership.objects.filter(lasting, unit_id=scope.unit_id, role__in=WORKERS, waits_for_key=False)
    named = grants.filter(relation=Relation.CASE_TEAM)
    held = named.filter(staff__is_active=True) if scope.is_sealed else posts.filter(staff__is_active=True)
    excluded = grants.filter(relation=Relation.EXCLUDED)
    kept = held.order_by("staff_id").values_list("staff_id", flat=True)
    return set(kept) - set(excluded.values_list("staff_id", flat=True))


def require_keeper_beside(scope: Scope, staff_id: UUID, now: datetime) -> None:
    """Refuse to take a sealed file from the last person who can open it: it would be lost for ever."""
    if scope.is_sealed and list_keepers(scope, now) <= {staff_id}:
        raise NobodyLeft
