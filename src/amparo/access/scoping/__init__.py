"""What an actor may see: one rule, read as a filter and as an object check, and the scopes themselves."""

from amparo.access.scoping.facts import (
    facts_of,
    is_allowed,
    is_fear_recorded,
    scope_facts,
    scope_facts_for,
    unit_facts,
)
from amparo.access.scoping.filters import (
    ScopedQuerySet,
    known_by_grant,
    permitted,
    scopes_where,
    visible_scopes,
)
from amparo.access.scoping.receivers import bars_on_receiver, grant_receiver, shorten_receiver
from amparo.access.scoping.scopes import open_scope, update_scope

__all__ = [
    "ScopedQuerySet",
    "bars_on_receiver",
    "facts_of",
    "grant_receiver",
    "is_allowed",
    "is_fear_recorded",
    "known_by_grant",
    "open_scope",
    "permitted",
    "scope_facts",
    "scope_facts_for",
    "scopes_where",
    "shorten_receiver",
    "unit_facts",
    "update_scope",
    "visible_scopes",
]
