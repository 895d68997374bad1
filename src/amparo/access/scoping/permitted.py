"""The one filter as ready SQL: compiled once for each actor's posts and right, whatever the moment.

The filter of ``filters.as_filter`` is as long as the rules, and a page asks it twenty times. Building and
compiling it cost more than the whole page; what differs between two requests of one actor is the moment.
So its SQL is kept, with a mark where the moment goes. ``test_predicate_is_queryset`` proves this SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import BooleanField, Expression, F, Q
from django.db.models.sql import Query

from amparo.access.models import Scope
from amparo.core.policy import Purpose
from amparo.core.rights import Right

if TYPE_CHECKING:
    from amparo.access.data import Actor

ALIAS = "permitted_scope"
"""Named apart from every alias of Django's, so that no query around it can be mistaken for it."""
MARK = datetime(1, 1, 1, tzinfo=UTC)
"""The moment for which the filter is compiled; no grant begins or ends at it."""

Build = Callable[["Actor", Right, Purpose | None], Q]
Ready = tuple[str, tuple[Any, ...]] | None
"""The test on one scope and its parameters; ``None`` where no scope can pass."""


class Permitted(Expression):
    """True where the actor holds a right on the record of the person to whom ``path`` leads."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, path: str, ready: Callable[[str], Ready], at: datetime) -> None:
        super().__init__()
        self.person: Any = F(path)
        self.ready, self.at = ready, at

    def get_source_expressions(self) -> list[Any]:
        return [self.person]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.person,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        ready = self.ready(connection.alias)
        if ready is None:
            raise EmptyResultSet
        test, params = ready
        person, person_params = compiler.compile(self.person)
        mark, at = (connection.ops.adapt_datetimefield_value(each) for each in (MARK, self.at))
        scope, key = (
            connection.ops.quote_name(name) for name in (Scope._meta.db_table, Scope._meta.pk.column)
        )
        sql = f"EXISTS(SELECT 1 FROM {scope} {ALIAS} WHERE {ALIAS}.{key} = {person} AND {test})"  # noqa: S608
        return sql, (*person_params, *(at if param == mark else param for param in params))


@lru_cache(maxsize=2048)
def compiled(build: Build, keyless: Actor, right: Right, purpose: Purpose | None, using: str) -> Ready:
    """Compile the filter for an actor without keys, so that none outlives its request here."""
    query: Query = Scope.objects.filter(build(keyless, right, purpose)).query
    query.change_aliases({query.get_initial_alias(): ALIAS})
    try:
        test, params = query.get_compiler(connection=connections[using]).compile(query.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        return "1 = 1", ()
    return f"({test})", tuple(params)
