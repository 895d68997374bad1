"""Writes of the panels room: one function for each use case, each behind the gate."""

from __future__ import annotations

from amparo.panels.actions.agenda import put_on_agenda, share_again, stop_sharing
from amparo.panels.actions.bodies import end_body, end_seat, found_body, give_seat
from amparo.panels.actions.decisions import add_follow_up, approve_decision, record_answer, record_decision
from amparo.panels.actions.meetings import (
    add_topic,
    cancel_meeting,
    convene,
    record_attendance,
    record_outcome,
)
from amparo.panels.actions.members import declare_interest, give_view, sign_decision
from amparo.panels.actions.order import add_option, record_wishes, take_in
from amparo.panels.actions.recusal import recuse, recuse_from_seat

__all__ = [
    "add_follow_up",
    "add_option",
    "add_topic",
    "approve_decision",
    "cancel_meeting",
    "convene",
    "declare_interest",
    "end_body",
    "end_seat",
    "found_body",
    "give_seat",
    "give_view",
    "put_on_agenda",
    "record_answer",
    "record_attendance",
    "record_decision",
    "record_outcome",
    "record_wishes",
    "recuse",
    "recuse_from_seat",
    "share_again",
    "sign_decision",
    "stop_sharing",
    "take_in",
]
