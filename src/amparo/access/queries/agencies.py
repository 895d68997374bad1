"""Agencies, units and staff, as lists to choose from."""

from __future__ import annotations

from uuid import UUID

from amparo.access.data import Actor, AgencyLine, PostLine, StaffLine, UnitLine
from amparo.access.models import Agency, Membership, Staff, Unit
from amparo.access.scoping.facts import unit_facts
from amparo.core.policy import decide
from amparo.core.refusal import Unknown


def list_agencies() -> list[AgencyLine]:
    """Return every agency by name. One query."""
    rows = Agency.objects.order_by("name", "id").values_list("id", "name", "kind", "state")
    return [AgencyLine(*row) for row in rows]


def list_units(agency_id: UUID | None = None) -> list[UnitLine]:
    """Return the units of one agency, or of all, by agency and name. One query."""
    rows = Unit.objects.order_by("agency__name", "name", "id")
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    columns = ("id", "name", "agency_id", "agency__name", "agency__kind", "agency__state")
    return [UnitLine(*row) for row in rows.values_list(*columns)]


def list_own_units(actor: Actor, right: str) -> list[UnitLine]:
    """Return the actor's units in which they hold a right that reaches a unit, by name. One query."""
    held = [
        unit_id
        for unit_id in actor.unit_ids
        if decide(actor.facts(), unit_facts(actor, unit_id), right).allowed
    ]
    return [unit for unit in list_units() if unit.id in held]


def list_staff(agency_id: UUID | None = None, unit_id: UUID | None = None) -> list[StaffLine]:
    """Return staff by agency and name, of one agency or unit when named. One query.

    Who only waits for a unit's key does not work there yet.
    """
    rows = Staff.objects.order_by("agency__name", "name", "id")
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if unit_id is not None:
        posts = Membership.objects.filter(unit_id=unit_id, until_at=None, waits_for_key=False)
        rows = rows.filter(id__in=posts.values("staff_id"))
    columns = ("id", "username", "name", "agency_id", "agency__name", "is_active")
    return [StaffLine(*row) for row in rows.values_list(*columns)]


def get_staff(staff_id: UUID) -> StaffLine:
    """Return one staff member; raises :class:`Unknown`."""
    columns = ("id", "username", "name", "agency_id", "agency__name", "is_active")
    row = Staff.objects.filter(id=staff_id).values_list(*columns).first()
    if row is None:
        raise Unknown
    return StaffLine(*row)


def find_staff(username: str) -> StaffLine | None:
    """Return a staff member by user name."""
    columns = ("id", "username", "name", "agency_id", "agency__name", "is_active")
    row = Staff.objects.filter(username=username).values_list(*columns).first()
    return StaffLine(*row) if row else None


def list_posts(staff_id: UUID | None = None) -> list[PostLine]:
    """Return the posts that have not ended, of one staff member or of all, by agency and name."""
    rows = Membership.objects.filter(until_at=None).order_by("unit__agency__name", "staff__name", "id")
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    columns = (
        "id",
        "staff_id",
        "staff__name",
        "unit_id",
        "unit__name",
        "unit__agency__name",
        "role",
        "from_at",
        "until_at",
    )
    return [PostLine(*row) for row in rows.values_list(*columns)]
