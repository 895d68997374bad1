"""What the page that compares two versions of the law shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amparo.cases.data import FileHeader
from amparo.procedures.data.shapes import ProcedureView


@dataclass(frozen=True, slots=True)
class SideOfElement:
    """An element as one version has it. ``state`` is a truth's value or ``contested``."""

    state: str
    label: str
    ask: str
    made_of: str
    sources: tuple[str, ...]
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class ComparedElement:
    """One element before and after; the side that does not have it is None.

    ``change`` and ``parts`` are codes of ``doctrine.differences``; ``is_carried``: the answer was
    carried from the first procedure.
    """

    id: str
    change: str
    parts: tuple[str, ...]
    before: SideOfElement | None
    after: SideOfElement | None
    is_carried: bool

    @property
    def has_other_state(self) -> bool:
        return self.before is not None and self.after is not None and self.before.state != self.after.state


@dataclass(frozen=True, slots=True)
class ComparedGuide:
    """One guide in two versions: what differs, and how many elements do not."""

    id: str
    title: str
    edition_before: str
    edition_after: str
    in_force_from: date
    state_before: str
    state_after: str
    elements: tuple[ComparedElement, ...]
    same: int

    @property
    def is_same(self) -> bool:
        return self.edition_before == self.edition_after


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One stage, period, step or safeguard that is not as it was; "" on the side that lacks it."""

    kind: str
    change: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A procedure under its own law, and under another.

    ``after`` is the re-run, or None while the same findings are only looked at under the law in force.
    """

    header: FileHeader
    shown: UUID
    before: ProcedureView
    after: ProcedureView | None
    edition_after: str
    guides: tuple[ComparedGuide, ...]
    rows: tuple[ComparedRow, ...]
    is_same_law: bool
    may_rerun: bool
