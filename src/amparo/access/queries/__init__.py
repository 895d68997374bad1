"""Reads of the access room."""

from amparo.access.queries.actors import actor_for, actors_for, get_actor, machine_actor
from amparo.access.queries.agencies import (
    find_staff,
    get_staff,
    list_agencies,
    list_own_units,
    list_posts,
    list_staff,
    list_units,
)
from amparo.access.queries.candidates import (
    list_for_delegation,
    list_for_exclusion,
    list_for_guardianship,
    list_for_sealing,
    list_for_team,
)
from amparo.access.queries.file_acts import get_file_facts, list_file_acts
from amparo.access.queries.keys import list_keys_to_pass_on, list_own_waiting_units, list_waiting_posts
from amparo.access.queries.ledger_lines import list_ledger_lines
from amparo.access.queries.readers import list_granted
from amparo.access.queries.relations import (
    find_review_due,
    list_charges,
    list_emergencies,
    list_guardians,
    list_notices,
    who_has_access,
)
from amparo.access.queries.requests import get_request, list_requests

__all__ = [
    "actor_for",
    "actors_for",
    "find_review_due",
    "find_staff",
    "get_actor",
    "get_file_facts",
    "get_request",
    "get_staff",
    "list_agencies",
    "list_charges",
    "list_emergencies",
    "list_file_acts",
    "list_for_delegation",
    "list_for_exclusion",
    "list_for_guardianship",
    "list_for_sealing",
    "list_for_team",
    "list_granted",
    "list_guardians",
    "list_keys_to_pass_on",
    "list_ledger_lines",
    "list_notices",
    "list_own_units",
    "list_own_waiting_units",
    "list_posts",
    "list_requests",
    "list_staff",
    "list_units",
    "list_waiting_posts",
    "machine_actor",
    "who_has_access",
]
