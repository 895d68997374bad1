"""Whom an act of access can choose: only colleagues for whom the rules would not make it worthless."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from amparo.access.data import Actor, FileFacts, StaffLine
from amparo.access.models import Grant, Membership
from amparo.core.policy import ActorFacts, AgencyKind, RecordFacts, Relation, Role, decide
from amparo.core.rights import BLIND_ROLES, WORKERS


@dataclass
class _Colleague:
    """A staff member with what the rules read of them."""

    line: StaffLine
    kind: AgencyKind
    state: str
    roles: set[Role] = field(default_factory=set)
    roles_here: set[Role] = field(default_factory=set)

    def may(self, facts: FileFacts, relation: Relation) -> bool:
        """Ask the rules as if the relation were granted; the facts of ``scoping.scope_facts``."""
        record = RecordFacts(
            relations=frozenset({relation, *({Relation.UNIT} if self.roles_here else ())}),
            roles_here=frozenset(self.roles_here),
            origin_states=facts.origin_states,
            feared_states=facts.feared_states,
            lifted_states=facts.lifted_states,
            is_sealed=facts.is_sealed,
            is_child=facts.is_child,
        )
        actor = ActorFacts(self.kind, self.state, frozenset(self.roles))
        return not self.roles & BLIND_ROLES and decide(actor, record, "record.know").allowed


def list_for_team(actor: Actor, facts: FileFacts) -> list[StaffLine]:
    """Return the unit's members who are not on the case team yet. Two queries."""
    left_out = _holders(actor, facts, Relation.CASE_TEAM, Relation.EXCLUDED)
    return _lines(facts, Relation.CASE_TEAM, _members(actor, facts), left_out)


def list_for_sealing(actor: Actor, facts: FileFacts) -> list[StaffLine]:
    """Return the unit's members for whom a case can be sealed. Two queries."""
    return _lines(
        facts, Relation.CASE_TEAM, _members(actor, facts), _holders(actor, facts, Relation.EXCLUDED)
    )


def list_for_delegation(actor: Actor, facts: FileFacts) -> list[StaffLine]:
    """Return the staff outside the unit to whom the file can be delegated. Two queries."""
    left_out = _holders(actor, facts, Relation.DELEGATE, Relation.EXCLUDED, Relation.RECEIVER)
    outside = (one for one in _colleagues(actor, facts) if not one.roles_here and one.roles & WORKERS)
    return _lines(facts, Relation.DELEGATE, outside, left_out)


def list_for_guardianship(actor: Actor, facts: FileFacts) -> list[StaffLine]:
    """Return the guardians who can be appointed; nobody for an adult. Two queries."""
    if not facts.is_child:
        return []
    left_out = _holders(actor, facts, Relation.GUARDIAN, Relation.EXCLUDED)
    return _lines(facts, Relation.GUARDIAN, _colleagues(actor, facts), left_out)


def list_for_exclusion(actor: Actor, facts: FileFacts) -> list[StaffLine]:
    """Return the staff of the unit's agency and whoever holds a grant, unless excluded. Three queries."""
    left_out = _holders(actor, facts, Relation.EXCLUDED)
    near = _holders(actor, facts, *(set(Relation) - {Relation.EXCLUDED}))
    colleagues = _colleagues(actor, facts)
    agencies = {one.line.agency_id for one in colleagues if one.roles_here}
    found = [one.line for one in colleagues if one.line.agency_id in agencies or one.line.id in near]
    return [line for line in found if line.id not in left_out]


def _lines(
    facts: FileFacts, relation: Relation, colleagues: Iterable[_Colleague], left_out: set[UUID]
) -> list[StaffLine]:
    return [one.line for one in colleagues if one.line.id not in left_out and one.may(facts, relation)]


def _members(actor: Actor, facts: FileFacts) -> list[_Colleague]:
    return [one for one in _colleagues(actor, facts) if one.roles_here & WORKERS]


def _colleagues(actor: Actor, facts: FileFacts) -> list[_Colleague]:
    """Return all active staff with a post, by name. One query."""
    held = Q(from_at__lte=actor.at, waits_for_key=False) & (Q(until_at=None) | Q(until_at__gt=actor.at))
    rows = Membership.objects.filter(held, staff__is_active=True).order_by("staff__name", "staff_id", "id")
    columns = ("staff__username", "staff__name", "staff__agency_id", "staff__agency__name")
    agency = ("staff__agency__kind", "staff__agency__state")
    found: dict[UUID, _Colleague] = {}
    for staff_id, *told, kind, state, unit_id, role in rows.values_list(
        "staff_id", *columns, *agency, "unit_id", "role"
    ):
        username, name, agency_id, agency_name = told
        line = StaffLine(staff_id, username, name, agency_id, agency_name, is_active=True)
        one = found.setdefault(staff_id, _Colleague(line, AgencyKind(kind), state))
        one.roles.add(Role(role))
        if unit_id == facts.unit_id:
            one.roles_here.add(Role(role))
    return list(found.values())


def _holders(actor: Actor, facts: FileFacts, *relations: Relation) -> set[UUID]:
    """Return the staff who hold one of these relations now. One query."""
    lasting = Q(until_at=None) | Q(until_at__gt=actor.at)
    rows = Grant.objects.filter(lasting, scope_id=facts.person_id, relation__in=relations)
    return {staff_id for staff_id in rows.values_list("staff_id", flat=True) if staff_id is not None}
