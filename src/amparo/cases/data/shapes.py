"""What the queries of the cases room return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.cases.data.codes import (
    AgeStatus,
    Axis,
    ConsentState,
    FileState,
    NeedState,
    TaskState,
    WaitingFor,
    WorkGroup,
)
from amparo.core.truth import Truth
from amparo.vault.data import Veiled


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person by id and case code; enough to link to their file."""

    id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """A status on one axis. ``code`` is "" when nothing was ever recorded: shown as unknown."""

    axis: Axis
    code: str
    from_date: date | None = None
    until_date: date | None = None
    basis: str = ""
    id: UUID | None = None
    version: int = 0
    recorded_by: str = ""
    recorded_at: datetime | None = None

    @property
    def is_unknown(self) -> bool:
        return self.code in {"", "UNKNOWN", "UNDETERMINED"}


@dataclass(frozen=True, slots=True)
class FileHeader:
    """The header that never lies. Veiled values are ``None`` in locked mode: only the code shows.

    ``rights`` are those of the file's pages that the actor holds on it: a page shows no way to the others.
    """

    person: PersonRef
    name: Veiled | None
    safe_contact: Veiled | None
    age_band: str
    age_status: str
    child: Truth
    is_presumed_child: bool
    languages: tuple[str, ...]
    needs_interpreter: str
    contact_mode: str
    has_contact_warning: bool
    nationalities: tuple[str, ...]
    nationality_standing: str
    sex_gender: str
    statuses: tuple[StatusView, ...]
    file_state: FileState
    file_version: int
    is_sealed: bool
    is_unlocked: bool
    next_step: WorkItem | None
    rights: frozenset[str]
    is_damaged: bool = False
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodedFacts:
    """What lies outside the vault about a person."""

    age_band: str
    child: Truth
    sex_gender: str
    languages: tuple[str, ...]
    needs_interpreter: str
    nationalities: tuple[str, ...]
    statuses: tuple[StatusView, ...]
    age_status: AgeStatus
    is_presumed_child: bool


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the worklist. ``label`` is a coded text without names; ``url`` leads to the work.

    ``code`` is "" where the work is about no file: then ``label`` names the place, and ``what`` the work.
    ``person_id`` is None where the actor works on something that came from another unit's file.
    """

    due_at: datetime
    kind: str
    label: str
    url: str
    code: str
    person_id: UUID | None
    group: WorkGroup
    name: Veiled | None = None
    is_damaged: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened. ``key`` is unique and makes the order total."""

    at: datetime
    kind: str
    label: str
    by: str
    key: str
    url: str = ""
    text: Veiled | None = None


@dataclass(frozen=True, slots=True)
class NeedView:
    id: UUID
    code: str
    urgency: str
    state: NeedState
    service_type: str
    target_date: date | None
    responsible_id: UUID | None
    version: int
    updated_at: datetime
    updated_by: str
    text: Veiled | None = None


@dataclass(frozen=True, slots=True)
class NoteView:
    id: UUID
    kind: str
    happened_on: date
    created_by: str
    created_at: datetime
    version: int
    text: Veiled | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    id: UUID
    kind: str
    due_at: datetime
    assigned_to: UUID | None
    waiting_for: WaitingFor
    state: TaskState
    version: int
    updated_at: datetime
    updated_by: str
    text: Veiled | None = None


@dataclass(frozen=True, slots=True)
class ConsentRef:
    """One consent with its scope. ``state`` and ``until_date`` are read together: see ``holds_on``."""

    id: UUID
    purpose: str
    recipients: frozenset[UUID]
    data_items: frozenset[str]
    restrictions: frozenset[str]
    legal_basis: str
    given_by: str
    state: ConsentState
    from_date: date
    until_date: date
    version: int
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    child_assent: str = ""
    stand_in: str = ""
    """Who agreed beside the child, "" for nobody."""
    stand_in_id: UUID | None = None

    @property
    def holds_for_child(self) -> bool:
        """Say whether it still stands when the person is found to be, or perhaps be, a child."""
        return bool(self.stand_in) or self.legal_basis == "VITAL_INTEREST"

    def holds_on(self, day: date) -> bool:
        return self.state is ConsentState.GIVEN and self.from_date <= day <= self.until_date


@dataclass(frozen=True, slots=True)
class RelationView:
    id: UUID
    kind: str
    other: PersonRef | None
    is_ended: bool
    version: int
    name: Veiled | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person found by a name. ``score`` is from 0 to 100; it proposes, it never decides.

    ``is_whole``: a name of theirs holds every word that was asked. ``alias``: the name that was found,
    where it is not the usual one.
    """

    person: PersonRef
    score: float
    is_whole: bool
    name: Veiled | None
    alias: Veiled | None
    age_band: str
    age_status: AgeStatus
    child: Truth
    is_presumed_child: bool
    sex_gender: str
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class FileEventView:
    kind: str
    reason: str
    at: datetime
    by: str
    text: Veiled | None = None
