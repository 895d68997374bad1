"""Shapes of the statistics room: what a workbook holds, what is wrong with it, what became of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Effect(StrEnum):
    """What a problem does to its row."""

    NOTE = "note"  # read; the report says how
    LEFT_OUT = "left_out"  # the row is imported without this value
    HELD = "held"  # a person must decide before the row is imported
    REFUSED = "refused"  # the row is not imported


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one cell or row. Never holds what the cell said.

    ``row`` is the sheet's own row number; ``column`` its letter, "" when the whole row is meant;
    ``field`` the field's code in the standard; ``details`` codes and numbers only.
    """

    row: int
    column: str
    field: str
    code: str
    effect: Effect
    details: Mapping[str, str | int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as far as the cell says it: precision is "day", "month" or "year"."""

    iso: str
    precision: str
    is_estimated: bool = False


Value = str | bool | int | tuple[str, ...] | ReadDate


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row with something in it: typed values by field code, and its problems."""

    number: int
    values: dict[str, Value]
    problems: tuple[Problem, ...]

    @property
    def effect(self) -> Effect:
        """The strongest effect among the row's problems."""
        order = list(Effect)
        return max((problem.effect for problem in self.problems), key=order.index, default=Effect.NOTE)


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A workbook that could be read: its rows, and what is to be said of its columns."""

    sheet: str
    digest: str
    rows: tuple[ReadRow, ...]
    empty_rows: tuple[int, ...]
    column_problems: tuple[Problem, ...]


class RowState(StrEnum):
    """Where a staged row stands. Imported and skipped are final."""

    READY = "ready"
    HELD = "held"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    IMPORTED = "imported"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many rows of a run stand where. ``rows`` counts rows with something in them."""

    run_id: UUID
    rows: int
    empty: int
    by_state: dict[str, int]
    imported_now: int = 0


@dataclass(frozen=True, slots=True)
class RunLine:
    """One import run in a list."""

    id: UUID
    unit_id: UUID
    staged_at: datetime
    layout: str


@dataclass(frozen=True, slots=True)
class StagedLine:
    """One row: its number in the sheet, where it stands, its problems. ``id`` is None before staging."""

    id: UUID | None
    number: int
    state: RowState
    problems: tuple[Problem, ...]
