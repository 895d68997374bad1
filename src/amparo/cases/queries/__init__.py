"""Reads of the cases room; they return shapes, never models."""

from __future__ import annotations

from amparo.cases.queries.consent import find_consent, find_consents, get_consent, list_consents, terms_of
from amparo.cases.queries.facts import get_coded_facts, get_person_row
from amparo.cases.queries.family import get_network, list_family, list_relations
from amparo.cases.queries.header import HEADER_PARTS, get_file_header, make_header
from amparo.cases.queries.history import list_case_history, list_file_events, list_timeline
from amparo.cases.queries.liftings import list_lifting_papers
from amparo.cases.queries.named import answer_of, compare_texts
from amparo.cases.queries.opening import names_of, open_parts, open_usual_names, usual_name
from amparo.cases.queries.people import (
    child_truth,
    current_statuses,
    find_by_code,
    find_replacement,
    get_refs,
    list_statuses,
)
from amparo.cases.queries.readers import find_openings, get_file_unit_id, list_unit_readers
from amparo.cases.queries.representatives import ConsentSetting, get_consent_setting
from amparo.cases.queries.search import find_by_typed_code, find_duplicates, list_damaged, search_people
from amparo.cases.queries.work import (
    get_need,
    get_task,
    list_needs,
    list_notes,
    list_tasks,
    open_narrative,
)
from amparo.cases.queries.worklist import PAGE as WORK_PAGE
from amparo.cases.queries.worklist import (
    WorkPage,
    get_worklist,
    list_new_charges,
    list_new_files,
    list_task_work,
    list_waiting_keys,
)

__all__ = [
    "HEADER_PARTS",
    "WORK_PAGE",
    "ConsentSetting",
    "WorkPage",
    "answer_of",
    "child_truth",
    "compare_texts",
    "current_statuses",
    "find_by_code",
    "find_by_typed_code",
    "find_consent",
    "find_consents",
    "find_duplicates",
    "find_openings",
    "find_replacement",
    "get_coded_facts",
    "get_consent",
    "get_consent_setting",
    "get_file_header",
    "get_file_unit_id",
    "get_need",
    "get_network",
    "get_person_row",
    "get_refs",
    "get_task",
    "get_worklist",
    "list_case_history",
    "list_consents",
    "list_damaged",
    "list_family",
    "list_file_events",
    "list_lifting_papers",
    "list_needs",
    "list_new_charges",
    "list_new_files",
    "list_notes",
    "list_relations",
    "list_statuses",
    "list_task_work",
    "list_tasks",
    "list_timeline",
    "list_unit_readers",
    "list_waiting_keys",
    "make_header",
    "names_of",
    "open_narrative",
    "open_parts",
    "open_usual_names",
    "search_people",
    "terms_of",
    "usual_name",
]
