"""Tell the supervisors of a file that something happened which they should look at."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.actions.keepers import list_keepers
from amparo.access.models import Membership, Notice
from amparo.access.scoping.facts import find_scope
from amparo.core.policy import Role


def tell_supervisors(person_id: UUID, kind: str, *, now: datetime) -> int:
    """Leave a notice of a fixed kind for the unit's supervisors who keep the file; return how many.

    Joins the caller's action. Who is excluded, or not named on a sealed case, is not told.
    """
    scope = find_scope(person_id=person_id)
    lasting = Q(until_at=None) | Q(until_at__gt=now)
    posts = Membership.objects.filter(
        lasting, unit_id=scope.unit_id, role=Role.SUPERVISOR, waits_for_key=False
    )
    told = list_keepers(scope, now) & set(posts.order_by("staff_id").values_list("staff_id", flat=True))
    Notice.objects.bulk_create(
        Notice(staff_id=staff_id, kind=kind, code=scope.code, at=now) for staff_id in sorted(told)
    )
    return len(told)
