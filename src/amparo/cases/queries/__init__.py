"""Reads of the cases room; they return shapes, never models."""

from __future__ import annotations

from amparo.cases.queries.consent import find_consent, get_consent, list_consents, terms_of
from amparo.cases.queries.family import list_family, list_relations
from amparo.cases.queries.header import get_file_header
from amparo.cases.queries.opening import open_parts, open_usual_names, usual_name
from amparo.cases.queries.people import (
    child_truth,
    current_statuses,
    find_by_code,
    find_replacement,
    get_refs,
    list_statuses,
)
from amparo.cases.queries.work import (
    get_need,
    get_task,
    list_needs,
    list_notes,
    list_tasks,
    open_narrative,
)

__all__ = [
    "child_truth",
    "current_statuses",
    "find_by_code",
    "find_consent",
    "find_replacement",
    "get_consent",
    "get_file_header",
    "get_need",
    "get_refs",
    "get_task",
    "list_consents",
    "list_family",
    "list_needs",
    "list_notes",
    "list_relations",
    "list_statuses",
    "list_tasks",
    "open_narrative",
    "open_parts",
    "open_usual_names",
    "terms_of",
    "usual_name",
]
