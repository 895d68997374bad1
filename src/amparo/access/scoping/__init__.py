"""What an actor may see: one rule, read as a filter and as an object check, and the scopes themselves."""

from amparo.access.scoping.facts import facts_of, unit_facts
from amparo.access.scoping.filters import ScopedQuerySet, scopes_where, visible_scopes
from amparo.access.scoping.scopes import open_scope, update_scope

__all__ = [
    "ScopedQuerySet",
    "facts_of",
    "open_scope",
    "scopes_where",
    "unit_facts",
    "update_scope",
    "visible_scopes",
]
