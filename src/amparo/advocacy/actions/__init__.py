"""Writes of the advocacy room, each behind the gate."""

from amparo.advocacy.actions.gaps import edit_wording, record_reading
from amparo.advocacy.actions.tracker import (
    add_commitment,
    add_event,
    close_commitment,
    edit_initiative,
    open_initiative,
)

__all__ = [
    "add_commitment",
    "add_event",
    "close_commitment",
    "edit_initiative",
    "edit_wording",
    "open_initiative",
    "record_reading",
]
