"""Reads of the access room."""

from amparo.access.queries.actors import actor_for, get_actor, machine_actor
from amparo.access.queries.agencies import find_staff, list_agencies, list_staff, list_units
from amparo.access.queries.readers import list_granted

__all__ = [
    "actor_for",
    "find_staff",
    "get_actor",
    "list_agencies",
    "list_granted",
    "list_staff",
    "list_units",
    "machine_actor",
]
