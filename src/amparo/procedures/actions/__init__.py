"""Writes of the procedures room: one function for each use case, each behind the gate."""

from __future__ import annotations

from amparo.procedures.actions.certificates import (
    close_procedure,
    issue_certificate,
    set_terms,
    sign_as_participant,
    sign_certificate,
)
from amparo.procedures.actions.choices import record_choice
from amparo.procedures.actions.contact import contact_foreign_authority
from amparo.procedures.actions.findings import record_finding
from amparo.procedures.actions.opening import open_procedure
from amparo.procedures.actions.participants import (
    add_participant,
    end_participation,
    send_reasons,
    stop_sharing,
)
from amparo.procedures.actions.periods import extend_period, waive_period
from amparo.procedures.actions.rerun import rerun_procedure
from amparo.procedures.actions.stages import move_stage

__all__ = [
    "add_participant",
    "close_procedure",
    "contact_foreign_authority",
    "end_participation",
    "extend_period",
    "issue_certificate",
    "move_stage",
    "open_procedure",
    "record_choice",
    "record_finding",
    "rerun_procedure",
    "send_reasons",
    "set_terms",
    "sign_as_participant",
    "sign_certificate",
    "stop_sharing",
    "waive_period",
]
