"""Posts that wait for the key of their unit: given by an administrator, without effect until passed on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import Actor, PostLine
from amparo.access.models import Membership
from amparo.access.scoping.facts import unit_facts
from amparo.core.policy import decide
from amparo.core.rights import WORKERS
from amparo.vault.queries import list_holders

SHARE = "access.share_unit_key"


def list_waiting_posts(actor: Actor, unit_ids: frozenset[UUID] | None = None) -> list[PostLine]:
    """Return the posts of these units, or of all, that wait for the unit's key, oldest first.

    Also whoever lost the key. ``actor`` gives the moment for which posts are read. Two queries.
    """
    lasting = Q(until_at=None) | Q(until_at__gt=actor.at)
    posts = Membership.objects.filter(lasting, role__in=WORKERS, staff__is_active=True)
    if unit_ids is not None:
        posts = posts.filter(unit_id__in=sorted(unit_ids))
    columns = ("id", "staff_id", "staff__name", "unit_id", "unit__name", "unit__agency__name")
    rows = list(
        posts.order_by("from_at", "id").values_list(*columns, "role", "from_at", "until_at", "waits_for_key")
    )
    lines = [PostLine(*row[:-1]) for row in rows]
    holders = list_holders({line.unit_id for line in lines})
    flagged = {row[0] for row in rows if row[-1]}
    return [line for line in lines if line.id in flagged or (line.unit_id, line.staff_id) not in holders]


def list_own_waiting_units(actor: Actor, now: datetime) -> list[str]:
    """Return the names of the units whose key the actor waits for. One query."""
    if actor.staff_id is None:
        return []
    lasting = Q(until_at=None) | Q(until_at__gt=now)
    posts = Membership.objects.filter(lasting, staff_id=actor.staff_id, waits_for_key=True)
    return list(posts.order_by("unit__name", "unit_id").values_list("unit__name", flat=True).distinct())


def list_keys_to_pass_on(actor: Actor) -> list[PostLine]:
    """Return the waiting posts of the units whose key the actor may pass on: theirs to do.

    Two queries for a member of a unit, none for anybody else. A unit whose key the actor waits for is
    left out.
    """
    own = frozenset(
        unit_id
        for unit_id in actor.unit_ids
        if decide(actor.facts(), unit_facts(actor, unit_id), SHARE).allowed
    )
    lines = list_waiting_posts(actor, own) if own else []
    waiting_too = {line.unit_id for line in lines if line.staff_id == actor.staff_id}
    return [line for line in lines if line.unit_id not in waiting_too]
