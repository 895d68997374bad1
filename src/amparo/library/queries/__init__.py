"""Reads of the law library. They know of no case and need no actor: what the library holds is public."""

from amparo.library.queries.entries import (
    find_entry,
    get_entry_page,
    list_choices,
    list_entries,
)
from amparo.library.queries.flaws import find_flaws
from amparo.library.queries.searching import list_facet_values, search
from amparo.library.queries.versions import list_versions

__all__ = [
    "find_entry",
    "find_flaws",
    "get_entry_page",
    "list_choices",
    "list_entries",
    "list_facet_values",
    "list_versions",
    "search",
]
