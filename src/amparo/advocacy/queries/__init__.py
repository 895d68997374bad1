"""Reads of the advocacy room."""

from amparo.advocacy.queries.gaps import (
    cite,
    count_unread,
    find_reading,
    get_row,
    get_wording,
    list_best,
    list_countries,
    list_gaps,
    list_instruments,
    list_places,
    list_readings,
    list_rows,
    list_wordings,
    place_name,
)
from amparo.advocacy.queries.tracker import (
    get_initiative,
    list_commitments,
    list_events,
    list_initiatives,
    list_open_commitments,
)

__all__ = [
    "cite",
    "count_unread",
    "find_reading",
    "get_initiative",
    "get_row",
    "get_wording",
    "list_best",
    "list_commitments",
    "list_countries",
    "list_events",
    "list_gaps",
    "list_initiatives",
    "list_instruments",
    "list_open_commitments",
    "list_places",
    "list_readings",
    "list_rows",
    "list_wordings",
    "place_name",
]
