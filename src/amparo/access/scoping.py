"""What an actor may see: the one filter behind every ``visible_to``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from amparo.access.models import Scope
from amparo.core.policy import Relation

if TYPE_CHECKING:
    from amparo.access.data import Actor


def visible_scopes(actor: Actor) -> QuerySet[Scope]:
    """Return the scopes that the actor may know exist. Excluded beats everything."""
    excluded = Q(grants__staff_id=actor.staff_id, grants__relation=Relation.EXCLUDED)
    return Scope.objects.filter(unit_id__in=actor.unit_ids).exclude(excluded)


class ScopedQuerySet(QuerySet[Any]):
    """Queryset of a table about people. ``scope_path`` leads to the person's id."""

    scope_path = "person_id"

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """Keep the rows of people whom the actor may know exist."""
        return self.filter(**{f"{self.scope_path}__in": visible_scopes(actor).values("id")})
