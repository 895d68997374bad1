"""Who acts: from a request, from a staff member and their keys, or a named machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from amparo.access.data import Actor, Post
from amparo.access.models import Membership, Staff
from amparo.access.unlocking import keys_of
from amparo.core.policy import AgencyKind, Role
from amparo.core.refusal import Unknown

if TYPE_CHECKING:
    from amparo.vault.data import OpenKeys


def get_actor(request: HttpRequest) -> Actor:
    """Return the actor of a signed-in request, with keys when unlocked. Two queries and the bundle."""
    staff = request.user
    assert isinstance(staff, Staff)
    now: datetime = request.now  # type: ignore[attr-defined]
    return actor_for(staff.id, keys_of(request, staff.id, now), now=now)


def actor_for(staff_id: UUID, keys: OpenKeys | None, *, now: datetime) -> Actor:
    """Return a staff member as an actor at that moment. Raises :class:`Unknown`. Two queries.

    A post that waits for its unit's key is not held yet.
    """
    actor = actors_for([staff_id], now=now).get(staff_id)
    if actor is None:
        raise Unknown
    return replace(actor, keys=keys)


def actors_for(staff_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, Actor]:
    """Return staff as actors without keys at that moment, by id; nobody who left. Two queries."""
    staff = Staff.objects.select_related("agency").filter(id__in=list(staff_ids), is_active=True)
    found = {one.id: one for one in staff.order_by("id")}
    held = Q(from_at__lte=now, waits_for_key=False) & (Q(until_at=None) | Q(until_at__gt=now))
    posts: dict[UUID, list[Post]] = {staff_id: [] for staff_id in found}
    for row in Membership.objects.filter(held, staff_id__in=found).order_by("from_at", "id"):
        posts[row.staff_id].append(Post(row.unit_id, Role(row.role)))
    return {staff_id: _actor(one, posts[staff_id], now) for staff_id, one in found.items()}


def _actor(staff: Staff, posts: list[Post], now: datetime) -> Actor:
    return Actor(
        ref=f"staff:{staff.id}",
        staff_id=staff.id,
        name=staff.name,
        agency_id=staff.agency_id,
        agency_kind=AgencyKind(staff.agency.kind),
        agency_state=staff.agency.state,
        posts=tuple(posts),
        at=now,
    )


def machine_actor(name: str, *, now: datetime | None = None) -> Actor:
    """Return a machine by its name ("setup", "clock"): no agency, no keys, only rights marked for it."""
    at = now or datetime.now(UTC)
    return Actor(f"machine:{name}", None, name, None, None, "", at=at)
