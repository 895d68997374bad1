"""The facts of one record for one actor: what ``core.policy.decide`` reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from amparo.access.models import Grant, Scope
from amparo.access.scoping.filters import active_grants, in_time
from amparo.core.policy import RecordFacts, Relation, decide
from amparo.core.refusal import Unknown

if TYPE_CHECKING:
    from amparo.access.data import Actor


def facts_of(actor: Actor, person_id: UUID) -> RecordFacts:
    """Return the facts of a person's record for that actor, or raise :class:`Unknown`. Two queries."""
    return scope_facts(actor, find_scope(person_id=person_id))


def is_allowed(actor: Actor, scope: Scope, right: str) -> bool:
    """Say whether the actor holds a right on one record that is read: what ``where`` filters. One query.

    Much cheaper than the filter, whose SQL is as long as the rules.
    """
    return decide(actor.facts(), scope_facts(actor, scope), right).allowed


def unit_facts(actor: Actor, unit_id: UUID) -> RecordFacts:
    """Return the facts for a right that reaches a unit and no record. No query."""
    roles = actor.roles_in(unit_id)
    return RecordFacts(frozenset({Relation.UNIT} if roles else ()), roles)


def find_scope(*, person_id: UUID) -> Scope:
    """Return the scope of a person; raises :class:`Unknown`."""
    scope = Scope.objects.filter(id=person_id).first()
    if scope is None:
        raise Unknown
    return scope


def is_fear_recorded(person_id: UUID) -> bool:
    """Say whether fear of any State is recorded on the file of a person. One query."""
    return Scope.objects.filter(id=person_id).exclude(feared_states="").exists()


def as_if(facts: RecordFacts, relation: Relation) -> RecordFacts:
    """Return the facts as they would be if that relation were granted."""
    return replace(facts, relations=facts.relations | {relation})


def scope_facts(actor: Actor, scope: Scope) -> RecordFacts:
    """Return the facts of a scope that is already read. One query, none for a machine."""
    if actor.is_machine:
        return _facts(actor, scope, ())
    granted = active_grants(actor).filter(scope_id=scope.id).order_by("relation")
    return _facts(actor, scope, granted.values_list("relation", flat=True))


def scope_facts_for(actors: Iterable[Actor], scope: Scope, *, at: datetime) -> dict[UUID, RecordFacts]:
    """Return the facts of a scope for each of several staff at one moment, by their ids. One query."""
    rows = Grant.objects.filter(in_time(at), scope_id=scope.id).order_by("relation", "id")
    grants = list(rows.values_list("staff_id", "unit_id", "relation"))
    return {
        actor.staff_id: _facts(
            actor,
            scope,
            [
                relation
                for staff_id, unit_id, relation in grants
                if staff_id == actor.staff_id or unit_id in actor.unit_ids
            ],
        )
        for actor in actors
        if actor.staff_id is not None
    }


def _facts(actor: Actor, scope: Scope, granted: Iterable[str]) -> RecordFacts:
    roles_here, until = actor.roles_in(scope.unit_id), scope.best_interests_until
    relations = {Relation.UNIT} if roles_here else set()
    return RecordFacts(
        relations=frozenset(relations | {Relation(name) for name in granted}),
        roles_here=roles_here,
        origin_states=frozenset(scope.origin_states.split()),
        feared_states=frozenset(scope.feared_states.split()),
        lifted_states=frozenset(scope.lifted_states.split()),
        is_sealed=scope.is_sealed,
        is_child=scope.is_child,
        has_best_interests=scope.has_best_interests and (until is None or until > actor.at),
        is_on_legal_hold=scope.is_on_legal_hold,
    )
