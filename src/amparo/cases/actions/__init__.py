"""Writes of the cases room: one function for each use case, each behind the gate."""

from __future__ import annotations

from amparo.cases.actions.changes import begin_work, lock_file
from amparo.cases.actions.closing import approve_closure, refuse_closure, reopen_file, request_closure
from amparo.cases.actions.consent import record_consent, withdraw_consent
from amparo.cases.actions.edit import edit_person
from amparo.cases.actions.family import end_relation, found_family, leave_family, relate
from amparo.cases.actions.register import register_person
from amparo.cases.actions.status import correct_status, record_status
from amparo.cases.actions.work import (
    add_need,
    add_note,
    add_task,
    change_need,
    change_task,
    complete_task,
)

__all__ = [
    "add_need",
    "add_note",
    "add_task",
    "approve_closure",
    "begin_work",
    "change_need",
    "change_task",
    "complete_task",
    "correct_status",
    "edit_person",
    "end_relation",
    "found_family",
    "leave_family",
    "lock_file",
    "record_consent",
    "record_status",
    "refuse_closure",
    "register_person",
    "relate",
    "reopen_file",
    "request_closure",
    "withdraw_consent",
]
