"""What somebody who leaves a unit, or the last of their units, leaves behind: relations and their keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access.actions.keepers import list_keepers
from amparo.access.data import Actor
from amparo.access.models import Grant, Membership
from amparo.core.policy import Relation
from amparo.vault import door


def leave_files(actor: Actor, staff_id: UUID, unit_id: UUID, *, now: datetime) -> int:
    """End the relations that a post carried, and take their keys; return how many sealed files were spared.

    Who has another post keeps what other units gave them. A sealed file that only they can open is
    spared, key and relation, for it would be lost; without a post the program opens it for nobody.
    """
    spared = 0
    for grant in _carried(staff_id, unit_id, now).select_related("scope").order_by("id"):
        scope = grant.scope
        if (
            scope.is_sealed
            and grant.relation == Relation.CASE_TEAM
            and list_keepers(scope, now) <= {staff_id}
        ):
            spared += 1
            continue
        Grant.objects.filter(id=grant.id).update(until_at=now)
        door.unshare(actor, scope.id, staff_id, now=now)
    return spared


def _carried(staff_id: UUID, unit_id: UUID, now: datetime) -> QuerySet[Grant]:
    lasting = Q(until_at=None) | Q(until_at__gt=now)
    held = Grant.objects.filter(lasting, staff_id=staff_id).exclude(relation=Relation.EXCLUDED)
    if Membership.objects.filter(lasting, staff_id=staff_id).exists():
        return held.filter(relation=Relation.CASE_TEAM, scope__unit_id=unit_id)
    return held
