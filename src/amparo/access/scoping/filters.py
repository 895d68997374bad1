"""The rules of ``core.rules`` as queryset filters: the one filter behind every ``visible_to``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.access.models import Grant, Scope
from amparo.access.scoping.permitted import MARK, Permitted, compiled
from amparo.core import conditions as rule
from amparo.core.policy import Purpose, Relation
from amparo.core.rights import Right, get_right
from amparo.core.rules import condition_of

if TYPE_CHECKING:
    from amparo.access.data import Actor

EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=[])
KNOW = "record.know"


def visible_scopes(actor: Actor) -> QuerySet[Scope]:
    """Return the scopes that the actor may know exist."""
    return scopes_where(actor, KNOW)


def scopes_where(actor: Actor, right: str, *, purpose: Purpose | None = None) -> QuerySet[Scope]:
    """Return the scopes on which ``core.policy.decide`` allows that right to that actor."""
    return Scope.objects.filter(permitted(actor, right, "pk", purpose=purpose))


def known_by_grant(actor: Actor, right: str, *, purpose: Purpose) -> QuerySet[Scope]:
    """Return the scopes of other units on which a grant gives the actor that right.

    It begins at the actor's grants, so its cost does not grow with the people of the other units.
    """
    granted = active_grants(actor).values("scope_id")
    rows = scopes_where(actor, right, purpose=purpose).filter(id__in=granted)
    return rows.exclude(unit_id__in=actor.unit_ids)


def permitted(actor: Actor, right: str, path: str, *, purpose: Purpose | None = None) -> Permitted:
    """Return the test that the actor holds a right on the record of the person to whom ``path`` leads."""
    keyless = replace(actor, keys=None, at=MARK)
    return Permitted(path, partial(compiled, _build, keyless, get_right(right), purpose), actor.at)


def _build(actor: Actor, right: Right, purpose: Purpose | None) -> Q:
    return as_filter(condition_of(right, purpose), actor)


class ScopedQuerySet(QuerySet[Any]):
    """Queryset of a table about people. ``scope_path`` leads to the person's id."""

    scope_path = "person_id"

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """Keep the rows of people whom the actor may know exist."""
        return self.where(actor, KNOW)

    def where(self, actor: Actor, right: str) -> ScopedQuerySet:
        """Keep the rows of people on whose record the actor holds that right."""
        return self.filter(permitted(actor, right, self.scope_path))


def as_filter(condition: rule.Condition, actor: Actor) -> Q:
    """Read a condition as a filter over :class:`Scope`, for one actor. Total over the language."""
    match condition:
        case rule.Not(part):
            return _negated(as_filter(part, actor))
        case rule.All(parts):
            return _joined([as_filter(part, actor) for part in parts], EVERYTHING, NOTHING, Q.AND)
        case rule.Any(parts):
            return _joined([as_filter(part, actor) for part in parts], NOTHING, EVERYTHING, Q.OR)
        case rule.Never() | rule.HoldsRole() | rule.KindIs() | rule.Machine():
            return EVERYTHING if rule.holds_for_actor(condition, actor.facts()) else NOTHING
        case rule.AnswersToOrigin() | rule.AnswersToFeared() | rule.AnswersToLifted():
            return _answers_to(condition, actor)
        case _:
            return _record_filter(condition, actor)


def _record_filter(condition: rule.RecordCondition, actor: Actor) -> Q:
    match condition:
        case rule.Related(relations):
            return _related(relations, actor)
        case rule.HoldsRoleHere(roles):
            units = [post.unit_id for post in actor.posts if post.role in roles]
            return Q(unit_id__in=units) if units else NOTHING
        case rule.Sealed():
            return Q(is_sealed=True)
        case rule.Child():
            return Q(is_child=True)
        case rule.BestInterests():
            lasting = Q(best_interests_until=None) | Q(best_interests_until__gt=actor.at)
            return Q(has_best_interests=True) & lasting
        case rule.OnLegalHold():
            return Q(is_on_legal_hold=True)


def _answers_to(condition: rule.StateCondition, actor: Actor) -> Q:
    if not actor.agency_state:
        return NOTHING
    listed = f" {actor.agency_state} "
    match condition:
        case rule.AnswersToOrigin():
            return Q(origin_states__contains=listed)
        case rule.AnswersToFeared():
            return Q(feared_states__contains=listed)
        case rule.AnswersToLifted():
            return Q(lifted_states__contains=listed)


def _related(relations: frozenset[Relation], actor: Actor) -> Q:
    """Being in the unit comes from the actor's posts; every other relation is a grant."""
    parts = []
    if Relation.UNIT in relations and actor.posts:
        parts.append(Q(unit_id__in=actor.unit_ids))
    granted = relations - {Relation.UNIT}
    if granted and not actor.is_machine:
        held = active_grants(actor).filter(scope_id=OuterRef("pk"), relation__in=granted)
        parts.append(Q(Exists(held)))
    return _joined(parts, NOTHING, EVERYTHING, Q.OR)


def active_grants(actor: Actor) -> QuerySet[Grant]:
    """Return the grants to the actor or to their units that hold at ``actor.at``.

    An exclusion holds from the moment it is written, whatever its start says.
    """
    holder = Q(staff_id=actor.staff_id) | Q(unit_id__in=actor.unit_ids)
    return Grant.objects.filter(holder & in_time(actor.at))


def in_time(at: datetime) -> Q:
    """Return which grants hold at a moment."""
    started = Q(from_at__lte=at) | Q(relation=Relation.EXCLUDED)
    return started & (Q(until_at=None) | Q(until_at__gt=at))


def _negated(part: Q) -> Q:
    if part == EVERYTHING:
        return NOTHING
    return EVERYTHING if part == NOTHING else ~part


def _joined(parts: list[Q], neutral: Q, absorbing: Q, how: str) -> Q:
    """Join filters, dropping the neutral ones, so that constant rules cost nothing in SQL."""
    if absorbing in parts:
        return absorbing
    real = [part for part in parts if part != neutral]
    if not real:
        return neutral
    joined = real[0]
    for part in real[1:]:
        joined = joined & part if how == Q.AND else joined | part
    return joined
