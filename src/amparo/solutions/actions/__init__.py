"""Writes of the solutions room: one function for each use case, each behind the gate."""

from __future__ import annotations

from amparo.solutions.actions.incidents import acknowledge_incident, report_incident
from amparo.solutions.actions.returns import (
    cancel_return,
    draft_return,
    edit_return,
    plan_return,
    record_departure,
)

__all__ = [
    "acknowledge_incident",
    "cancel_return",
    "draft_return",
    "edit_return",
    "plan_return",
    "record_departure",
    "report_incident",
]
