"""Tables of the panels room.

Bodies, seats and meetings say nothing about a person. Whatever does points at the scope of that person,
directly or through its agenda item, and holds codes and dates only: words lie in the vault.
"""

from __future__ import annotations

from amparo.panels.models.bodies import Attendance, Body, Meeting, Seat, Topic
from amparo.panels.models.decisions import Answer, Ballot, Decision, FollowUp
from amparo.panels.models.items import (
    AgencyView,
    Declaration,
    Item,
    Option,
    RecusalReason,
    Sitting,
    Wishes,
)

__all__ = [
    "AgencyView",
    "Answer",
    "Attendance",
    "Ballot",
    "Body",
    "Decision",
    "Declaration",
    "FollowUp",
    "Item",
    "Meeting",
    "Option",
    "RecusalReason",
    "Seat",
    "Sitting",
    "Topic",
    "Wishes",
]
