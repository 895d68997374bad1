"""Codes, shapes and refusals of the panels room."""

from __future__ import annotations

from amparo.panels.data.codes import (
    AnswerCode,
    BodyKind,
    Conflict,
    Ending,
    MeetingState,
    Stance,
    Vote,
    WishesHow,
)

__all__ = [
    "AnswerCode",
    "BodyKind",
    "Conflict",
    "Ending",
    "MeetingState",
    "Stance",
    "Vote",
    "WishesHow",
]
