"""Reads of the procedures room; they return shapes, never models."""

from __future__ import annotations

from amparo.procedures.queries.assessing import child_on
from amparo.procedures.queries.choice_page import get_choice_page
from amparo.procedures.queries.comparison import get_comparison
from amparo.procedures.queries.contact import get_contact_page
from amparo.procedures.queries.gate import gate_state
from amparo.procedures.queries.guide_page import get_guide_page
from amparo.procedures.queries.homes import list_offered
from amparo.procedures.queries.missing_law import list_missing_law
from amparo.procedures.queries.overview import list_all_procedures
from amparo.procedures.queries.rows import list_procedures
from amparo.procedures.queries.side_by_side import is_on_several_routes, list_sides

__all__ = [
    "child_on",
    "gate_state",
    "get_choice_page",
    "get_comparison",
    "get_contact_page",
    "get_guide_page",
    "is_on_several_routes",
    "list_all_procedures",
    "list_missing_law",
    "list_offered",
    "list_procedures",
    "list_sides",
]
