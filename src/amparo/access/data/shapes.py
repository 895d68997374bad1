"""Shapes of the access room: actors, posts, lines of lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from amparo.core.policy import ActorFacts, AgencyKind, Role

if TYPE_CHECKING:
    from amparo.vault.data import OpenKeys


@dataclass(frozen=True, slots=True)
class Post:
    """One role that a staff member holds in one unit."""

    unit_id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a staff member in their agency, or a named machine. Never "None" or "system".

    ``keys`` is the opened key bundle, or ``None`` while locked: codes and coded facts, no names.
    ``at`` is the moment for which posts and grants are read.
    """

    ref: str
    staff_id: UUID | None
    name: str
    agency_id: UUID | None
    agency_kind: AgencyKind | None
    agency_state: str
    posts: tuple[Post, ...] = ()
    keys: OpenKeys | None = None
    at: datetime = field(kw_only=True)

    @property
    def is_machine(self) -> bool:
        return self.staff_id is None

    @property
    def is_unlocked(self) -> bool:
        return self.keys is not None

    @property
    def unit_ids(self) -> frozenset[UUID]:
        return frozenset(post.unit_id for post in self.posts)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)

    def roles_in(self, unit_id: UUID) -> frozenset[Role]:
        """Return the roles held in one unit."""
        return frozenset(post.role for post in self.posts if post.unit_id == unit_id)

    def facts(self) -> ActorFacts:
        return ActorFacts(self.agency_kind, self.agency_state, self.roles, self.is_unlocked, self.is_machine)

    def as_of(self, now: datetime) -> Actor:
        """Return the same actor, with grants read for another moment."""
        return replace(self, at=now)


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency in a list."""

    id: UUID
    name: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a list, with its agency."""

    id: UUID
    name: str
    agency_id: UUID
    agency_name: str
    agency_kind: str
    agency_state: str


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A staff member in a list. Names of staff are not identities of people concerned."""

    id: UUID
    username: str
    name: str
    agency_id: UUID
    agency_name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """A staff member or a unit that may read one record by a grant."""

    name: str
    agency_name: str
    relation: str
    until_at: datetime | None
    is_ended: bool = False
    """What was shared with this receiver is gone: withdrawn, answered or expired."""


@dataclass(frozen=True, slots=True)
class AccessLine:
    """How one staff member reaches a file. ``grant_id`` is ``None`` and ``role`` set for the unit."""

    grant_id: UUID | None
    staff_id: UUID
    name: str
    agency_name: str
    relation: str
    role: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class Charge:
    """Somebody of whom an actor is guardian, and since when."""

    person_id: UUID
    code: str
    from_at: datetime


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the pages about access to one file need to know of it. States are ISO alpha-3 codes."""

    person_id: UUID
    code: str
    unit_id: UUID
    is_sealed: bool
    is_child: bool
    origin_states: frozenset[str]
    feared_states: frozenset[str]
    lifted_states: frozenset[str]

    @property
    def liftable_states(self) -> frozenset[str]:
        """Return the States whose firewall stands and may be spoken about: fear is never lifted."""
        return self.origin_states - self.lifted_states - self.feared_states


@dataclass(frozen=True, slots=True)
class ActLine:
    """One page about access that the actor may use on a file."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """One breaking of the glass, by case code."""

    id: UUID
    code: str
    staff_name: str
    agency_name: str
    reason_code: str
    reason_length: int
    from_at: datetime
    until_at: datetime
    review_due_at: datetime
    reviewed_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request that waits for a second person, or to be carried out."""

    id: UUID
    right: str
    code: str
    proposed_by_id: UUID
    proposed_by: str
    proposed_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """One request in full: what exactly both people sign. Labels are "" where the request names none."""

    line: RequestLine
    confirmed_by: str
    used_at: datetime | None
    expires_at: datetime
    state: str
    consent: str
    advice: str
    is_carried_out_here: bool


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of the ledger for reading. ``told`` are those of its details that have words.

    ``people`` counts those of a list that was opened at once: such an entry names no file.
    """

    at: datetime
    actor: str
    verb: str
    code: str
    people: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice: a fixed kind and a case code."""

    id: UUID
    kind: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in a list."""

    id: UUID
    staff_id: UUID
    staff_name: str
    unit_id: UUID
    unit_name: str
    agency_name: str
    role: str
    from_at: datetime
    until_at: datetime | None
