"""Posts: the roles that staff hold in units."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.actions.leaving import leave_files
from amparo.access.data import Actor, Locked
from amparo.access.gate import action, note
from amparo.access.models import Membership
from amparo.core.policy import Role
from amparo.core.refusal import Unknown
from amparo.core.rights import WORKERS
from amparo.vault import actions as vault_actions
from amparo.vault.data import NoKey, NotFounding
from amparo.vault.queries import list_holders


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
    """Give a staff member a role in a unit, from now, until a date or open-ended.

    A role that works with identities needs the unit's key: it comes along while the unit is being
    founded or when the actor is a member; else the post waits for ``share_unit_key`` and gives no right.
    """
    key = _give_key(actor, unit_id, staff_id, now) if role in WORKERS else "not_needed"
    post = Membership.objects.create(
        staff_id=staff_id,
        unit_id=unit_id,
        role=role,
        from_at=now,
        until_at=until_at,
        waits_for_key=key == "waiting",
    )
    note(post=str(post.id), staff=str(staff_id), unit=str(unit_id), role=str(role), key=key)
    return post.id


def _give_key(actor: Actor, unit_id: UUID, staff_id: UUID, now: datetime) -> str:
    if (unit_id, staff_id) in list_holders({unit_id}):
        return "held"
    try:
        vault_actions.seed_unit_member(unit_id, staff_id, now)
    except NotFounding:
        return _pass_key_on(actor, unit_id, staff_id, now)
    return "given"


def _pass_key_on(actor: Actor, unit_id: UUID, staff_id: UUID, now: datetime) -> str:
    if actor.keys is None:
        return "waiting"
    try:
        vault_actions.grant_unit(actor.keys, unit_id, staff_id, now)
    except NoKey:
        return "waiting"
    return "given"


@action("access.share_unit_key", within="unit_id")
def share_unit_key(actor: Actor, *, now: datetime, unit_id: UUID, staff_id: UUID) -> None:
    """Pass the unit's key on to a colleague, whose posts in the unit begin to count.

    Any member may: a unit without a supervisor must be able to take in the next one. The actor must
    be unlocked, and is a member only if their own post does not wait.
    """
    if actor.keys is None:
        raise Locked
    lasting = Q(until_at=None) | Q(until_at__gt=now)
    posts = Membership.objects.filter(lasting, unit_id=unit_id, staff_id=staff_id, role__in=WORKERS)
    if not posts.filter(staff__is_active=True).exists():
        raise Unknown
    vault_actions.grant_unit(actor.keys, unit_id, staff_id, now)
    posts.update(waits_for_key=False)
    note(unit=str(unit_id), staff=str(staff_id))


@action("access.end_post")
def end_post(actor: Actor, *, now: datetime, post_id: UUID) -> None:
    """End a post now. The last one in a unit takes the unit's key and the named keys to its files along.

    Who is left without any post loses what other units gave them by name too. Raises :class:`Unknown`
    when the post does not exist or ended before.
    """
    post = Membership.objects.select_for_update().filter(id=post_id, until_at=None).first()
    if post is None:
        raise Unknown
    post.until_at = now
    post.save(update_fields=["until_at"])
    left = Membership.objects.filter(staff_id=post.staff_id, unit_id=post.unit_id, until_at=None)
    held = post.role in WORKERS and not post.waits_for_key
    if held and not left.filter(role__in=WORKERS).exists():
        vault_actions.revoke_unit(post.unit_id, post.staff_id, now)
    spared = 0 if left.exists() else leave_files(actor, post.staff_id, post.unit_id, now=now)
    note(post=str(post_id), spared=spared)
