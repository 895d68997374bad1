"""Posts: the roles that staff hold in units."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.models import Membership
from amparo.core.policy import Role
from amparo.core.refusal import Unknown


@action("access.grant_post")
def grant_post(
    actor: Actor,
    *,
    now: datetime,
    staff_id: UUID,
    unit_id: UUID,
    role: Role,
    until_at: datetime | None = None,
) -> UUID:
    """Give a staff member a role in a unit, from now, until a date or open-ended."""
    post = Membership.objects.create(
        staff_id=staff_id, unit_id=unit_id, role=role, from_at=now, until_at=until_at
    )
    note(post=str(post.id), staff=str(staff_id), unit=str(unit_id), role=str(role))
    return post.id


@action("access.end_post")
def end_post(actor: Actor, *, now: datetime, post_id: UUID) -> None:
    """End a post now. Raises :class:`Unknown` when it does not exist or ended before."""
    if not Membership.objects.filter(id=post_id, until_at=None).update(until_at=now):
        raise Unknown
    note(post=str(post_id))
