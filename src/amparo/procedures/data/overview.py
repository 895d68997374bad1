"""The list of the procedures of every file that an actor may read: what it is narrowed by, and its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from amparo.vault.data import Veiled


class Facet(StrEnum):
    """What the list is narrowed by; the value is the name of the field in the address."""

    DEFINITION = "kind"
    STAGE = "stage"
    COUNTRY = "edition"
    TURN = "turn"
    CLOCK = "clock"
    STATE = "state"


class State(StrEnum):
    OPEN = "open"
    ENDED = "ended"


class Turn(StrEnum):
    """Whether the reader may take or sign a step of the work now."""

    YOURS = "yours"
    OTHERS = "others"


class Clock(StrEnum):
    """When the period that runs in an open procedure ends."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


INTERNATIONAL = "INT"
"""Stands in the address for the international edition, whose country is ""."""
SOON_DAYS = 7
"""What counts as soon. Our own number, not a law's."""

Filters = Mapping[Facet, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A value to narrow by, and how many procedures it leaves beside the other filters (None: not counted).

    ``group``: the procedure to which a stage belongs.
    """

    value: str
    label: str
    count: int | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """One procedure in the list. ``name`` is None while the reader is locked or may not open it."""

    id: UUID
    person_id: UUID
    code: str
    title: str
    stage_label: str
    edition: str
    due_date: date | None
    is_overdue: bool
    is_open: bool
    name: Veiled | None = None
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class ProceduresPage:
    """One page of the list, numbered from 1; ``total`` counts what the filters leave on all pages."""

    lines: tuple[ProcedureLine, ...]
    total: int
    number: int
    pages: int
    options: Mapping[Facet, tuple[Option, ...]]
