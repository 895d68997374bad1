"""What the queries of the panels room return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from amparo.core.quorum import Absence, Shortfall, Sitter
from amparo.procedures.data.rulings import RulingView
from amparo.vault.data import Compartment, Veiled


class Words(Protocol):
    """Opened words: of the file, or of the extract that a member of another agency received."""

    def get(self, compartment: Compartment, name: str) -> Veiled | None: ...


@dataclass(frozen=True, slots=True)
class BodyLine:
    id: UUID
    name: str
    kind: str
    unit_id: UUID
    secretariat: str
    procedures: tuple[str, ...]
    is_ended: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat with who sits. ``answers_to_state``: the agency answers to a State."""

    id: UUID
    body_id: UUID
    staff_id: UUID
    name: str
    unit_id: UUID
    unit_name: str
    agency_name: str
    agency_kind: str
    answers_to_state: bool
    standing: str
    from_date: date
    until_date: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether the term covers a day."""
        return self.from_date <= day and (self.until_date is None or day <= self.until_date)


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body with its seats; its meetings only for those who sit in it or keep its secretariat."""

    body: BodyLine
    seats: tuple[SeatLine, ...]
    meetings: tuple[MeetingLine, ...]
    is_inside: bool
    may_keep: bool
    may_convene: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    id: UUID
    body_id: UUID
    body_name: str
    body_kind: str
    unit_id: UUID
    held_at: datetime
    state: str
    convened_at: datetime
    convened_by: str
    version: int

    @property
    def notice_days(self) -> int:
        """Whole days of notice that the members had."""
        return (self.held_at - self.convened_at).days


@dataclass(frozen=True, slots=True)
class TopicLine:
    id: UUID
    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A case as its members see it on the agenda: by code, never more."""

    item_id: UUID
    code: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class PresentSeat:
    """A seat with whether its holder was there; ``None`` while nobody said."""

    seat: SeatLine
    is_present: bool | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting. ``agenda`` holds only what the actor may see; nothing says whether there is more."""

    meeting: MeetingLine
    seats: tuple[PresentSeat, ...]
    topics: tuple[TopicLine, ...]
    agenda: tuple[AgendaLine, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class ItemSeat:
    """One seat on one item. ``absence`` says why it does not count; ``why_not`` why nothing was shared."""

    seat: SeatLine
    sitter: Sitter
    absence: Absence | None
    sitting_id: UUID | None
    is_home: bool
    expires_at: datetime | None
    why_not: str = ""
    is_awaited: bool = False
    """The meeting is to come, or nobody recorded yet who was there."""
    recused_by: str = ""
    """Who set the holder aside, where it was not the holder."""
    recused_because: Veiled | None = None

    @property
    def counts(self) -> bool:
        return self.absence is None


@dataclass(frozen=True, slots=True)
class WishesView:
    how: str
    at: datetime
    by_name: str
    words: Veiled | None


@dataclass(frozen=True, slots=True)
class StanceView:
    """What one agency says of one option."""

    agency: str
    name: str
    stance: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option beside the others. Words are ``None`` while locked or not shared."""

    code: str
    label: str
    for_it: Veiled | None
    against_it: Veiled | None
    stances: tuple[StanceView, ...]

    @property
    def in_favour(self) -> int:
        return sum(one.stance == "SUPPORTS" for one in self.stances)


@dataclass(frozen=True, slots=True)
class AgencyViewLine:
    id: UUID
    seat_id: UUID
    name: str
    agency: str
    at: datetime
    words: Veiled | None
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class BallotLine:
    id: UUID
    name: str
    agency: str
    vote: str
    at: datetime
    words: Veiled | None
    is_waiting: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class AnswerLine:
    answer: str
    at: datetime
    by_name: str
    words: Veiled | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with its signatures. ``shortfall``: what its signatures lack for a quorum."""

    id: UUID
    options: tuple[tuple[str, str], ...]
    review_date: date
    digest: str
    author_name: str
    recorded_at: datetime
    needs_approval: bool
    approved_by: str
    approved_at: datetime | None
    in_force_at: datetime | None
    reasons: Veiled | None
    conditions: Veiled | None
    decides_without: bool
    why_without: Veiled | None
    """Why the panel decided although the guide did not carry it; ``None`` while locked, or where it did."""
    ballots: tuple[BallotLine, ...]
    shortfall: Shortfall
    missing: tuple[str, ...]
    """What it still needs to be in force."""
    answers: tuple[AnswerLine, ...]
    tasks: tuple[TaskLine, ...]

    @property
    def is_in_force(self) -> bool:
        return self.in_force_at is not None


@dataclass(frozen=True, slots=True)
class ItemView:
    """One case at one meeting, as far as its reader may see it."""

    id: UUID
    person_id: UUID
    code: str
    procedure_id: UUID
    procedure: str
    title: str
    stage: str
    meeting: MeetingLine
    seats: tuple[ItemSeat, ...]
    shortfall: Shortfall
    wishes: WishesView | None
    options: tuple[OptionView, ...]
    views: tuple[AgencyViewLine, ...]
    decision: DecisionView | None
    options_list: str
    is_opened: bool
    unit: str = ""
    has_declared: bool = True
    facts: Mapping[str, object] = field(default_factory=dict)
    ruling: RulingView | None = None
    """The decision in force as it stands."""
    reasons_waiting: int = 0
    """How many reasons of recusals wait, sealed to the unit of the file."""
    gaps: tuple[str, ...] = ()
    """What the guide lacks to carry a decision, while none is in force."""

    @property
    def waiting(self) -> int:
        """How many words of members wait to be taken into the file."""
        ballots = self.decision.ballots if self.decision else ()
        views = sum(one.is_waiting for one in self.views)
        return views + sum(one.is_waiting for one in ballots) + self.reasons_waiting
