"""Relations and families of a person, as far as the actor may know the others."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import PersonRef, RelationView
from amparo.cases.data.network import Network, Tie, draw
from amparo.cases.models import FamilyMember, Relation
from amparo.cases.queries.opening import open_usual_names
from amparo.cases.queries.people import get_refs
from amparo.core.policy import Purpose
from amparo.vault.data import Compartment, Opened


def list_relations(actor: Actor, person_id: UUID, opened: Opened | None) -> list[RelationView]:
    """Return the relations that still hold. Two queries.

    A relation to somebody whom the actor may not know does not exist for this actor.
    """
    rows = list(Relation.objects.visible_to(actor).filter(person_id=person_id, is_ended=False).order_by("id"))
    others = get_refs(actor, [row.other_id for row in rows if row.other_id])
    views = []
    for row in rows:
        if row.other_id is not None and row.other_id not in others:
            continue
        name = opened.get(Compartment.ID, f"relative.{row.id}") if opened else None
        views.append(
            RelationView(
                id=row.id,
                kind=row.kind,
                other=others[row.other_id] if row.other_id else None,
                is_ended=row.is_ended,
                version=row.version,
                name=name.part("usual") if name else None,
            )
        )
    return views


def get_network(actor: Actor, person_id: UUID, opened: Opened | None, *, now: datetime) -> Network:
    """Return everybody around the person whom the actor may know, each once, placed for a drawing.

    Five queries, and the vault's for the names of those with a file: one ledger row for all of them.
    """
    kinds: dict[UUID, list[str]] = {}
    refs: dict[UUID, PersonRef] = {}
    named: list[Tie] = []
    for relation in list_relations(actor, person_id, opened):
        if relation.other is None:
            named.append(Tie(None, relation.name, (relation.kind,), is_family=False))
        else:
            refs[relation.other.id] = relation.other
            kinds.setdefault(relation.other.id, []).append(relation.kind)
    family = list_family(actor, person_id)
    for ref, role in family:
        refs[ref.id] = ref
        kinds.setdefault(ref.id, []).append(role)
    names = open_usual_names(actor, refs, Purpose.CASE_WORK, now=now).names
    in_family = {ref.id for ref, _role in family}
    known = [
        Tie(ref, names.get(ref.id), tuple(dict.fromkeys(kinds[ref.id])), ref.id in in_family)
        for ref in refs.values()
    ]
    return draw([*known, *named])


def list_family(actor: Actor, person_id: UUID) -> list[tuple[PersonRef, str]]:
    """Return the visible others who are in a family with the person, and their role. Two queries."""
    families = FamilyMember.objects.filter(person_id=person_id, left_on=None).values("family_id")
    rows = (
        FamilyMember.objects.visible_to(actor)
        .filter(family_id__in=families, left_on=None)
        .exclude(person_id=person_id)
        .order_by("id")
        .values_list("person_id", "role")
    )
    members = list(rows)
    refs = get_refs(actor, [member_id for member_id, _ in members])
    return [(refs[member_id], role) for member_id, role in members if member_id in refs]
