"""Relations between people, and families."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.scoping import visible_scopes
from amparo.cases.actions.changes import add_row, change_row, require_open_file
from amparo.cases.data import NameEntry
from amparo.cases.models import Family, FamilyMember, File, Relation
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.data import Compartment


@action("cases.relate", about="person_id")
def relate(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    kind: str,
    other_id: UUID | None = None,
    name: NameEntry | None = None,
) -> UUID:
    """Say how somebody is related to the person: a registered person, or one named in the vault.

    ``kind`` is what the other is to the person. The other must be visible to the actor too.
    """
    require_open_file(person_id)
    if (other_id is None) == (name is None):
        raise ValueError("a relation leads to a registered person or to a name, not both")
    if other_id is not None and not visible_scopes(actor).filter(id=other_id).exists():
        raise Unknown
    row = add_row(Relation(person_id=person_id, other_id=other_id, kind=kind), actor, now)
    if name is not None:
        door.write(actor, person_id, Compartment.ID, {f"relative.{row.id}": name.to_json()}, now=now)
    note(relation=kind)
    return row.id


@action("cases.relate", about="person_id")
def end_relation(actor: Actor, *, now: datetime, person_id: UUID, relation_id: UUID, version: int) -> None:
    """Say that a relation no longer holds, or was never true."""
    change_row(
        actor,
        Relation,
        row_id=relation_id,
        person_id=person_id,
        version=version,
        changes={"is_ended": True},
        now=now,
    )


@action("cases.relate", about="person_id")
def found_family(
    actor: Actor, *, now: datetime, person_id: UUID, role: str, others: Mapping[UUID, str]
) -> UUID:
    """Make a family of the person and the others (their id and role); all must be visible."""
    require_open_file(person_id)
    if visible_scopes(actor).filter(id__in=others).count() != len(others):
        raise Unknown
    unit_id = File.objects.values_list("unit_id", flat=True).get(person_id=person_id)
    family = Family(unit_id=unit_id, created_at=now, created_by=actor.ref)
    family.save(force_insert=True)
    for member_id, member_role in {person_id: role, **others}.items():
        add_row(FamilyMember(person_id=member_id, family=family, role=member_role), actor, now)
    note(members=len(others) + 1)
    return family.id


@action("cases.relate", about="person_id")
def leave_family(
    actor: Actor, *, now: datetime, person_id: UUID, member_id: UUID, version: int, left_on: date
) -> None:
    """End the person's membership of a family; the family remains."""
    change_row(
        actor,
        FamilyMember,
        row_id=member_id,
        person_id=person_id,
        version=version,
        changes={"left_on": left_on},
        now=now,
    )
