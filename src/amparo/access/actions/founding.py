"""Founding the house: agencies, their units, their staff."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.models import Agency, Staff, Unit
from amparo.core.policy import AgencyKind
from amparo.vault import actions as vault_actions


@action("access.found_agency")
def found_agency(
    actor: Actor,
    *,
    now: datetime,
    name: str,
    kind: AgencyKind,
    state: str = "",
    timezone: str = "America/Costa_Rica",
) -> UUID:
    """Found an agency. ``state`` is the State it answers to (ISO alpha-3), "" for none."""
    agency = Agency.objects.create(name=name, kind=kind, state=state, timezone=timezone)
    note(agency=str(agency.id), kind=str(kind), state=state)
    return agency.id


@action("access.found_unit")
def found_unit(actor: Actor, *, now: datetime, agency_id: UUID, name: str) -> UUID:
    """Found a unit of an agency, with its own keys.

    The first posts given in it, in this process and before its first person, come with the key;
    later a member must pass the key on.
    """
    unit = Unit.objects.create(agency_id=agency_id, name=name)
    vault_actions.create_unit_keys(unit.id, agency_id=agency_id, now=now)
    note(unit=str(unit.id), agency=str(agency_id))
    return unit.id


@action("access.add_staff")
def add_staff(
    actor: Actor,
    *,
    now: datetime,
    username: str,
    name: str,
    passphrase: str,
    agency_id: UUID,
    language: str = "es",
) -> UUID:
    """Add a staff member with their own keys. The passphrase signs in and unlocks."""
    staff = Staff(username=username, name=name, agency_id=agency_id, language=language)
    staff.set_password(passphrase)
    staff.save(force_insert=True)
    vault_actions.create_user_keys(staff.id, passphrase, now)
    note(staff=str(staff.id), agency=str(agency_id))
    return staff.id
