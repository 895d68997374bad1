"""Reads of the access room."""

from __future__ import annotations

from django.http import HttpRequest

from amparo.access.data import Actor, Post
from amparo.access.models import Membership, Staff
from amparo.core.policy import AgencyKind, Role


def get_actor(request: HttpRequest) -> Actor:
    """Return the actor of a signed-in request, with keys when unlocked. Two queries."""
    staff = request.user
    assert isinstance(staff, Staff)
    posts = Membership.objects.filter(staff=staff, until_at=None).order_by("from_at", "id")
    return Actor(
        ref=f"staff:{staff.id}",
        staff_id=staff.id,
        name=staff.name,
        agency_id=staff.agency_id,
        agency_kind=AgencyKind(staff.agency.kind),
        agency_state=staff.agency.state,
        posts=tuple(Post(post.unit_id, Role(post.role)) for post in posts),
    )
