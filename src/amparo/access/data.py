"""Shapes of the access room: actors, posts, and the refusals of the gate."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amparo.core.policy import ActorFacts, AgencyKind, Role
from amparo.core.refusal import Refusal

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


class Denied(Refusal):
    """The actor may know that the record exists, but may not do this to it."""

    code = "access.denied"
    what = _("This was not done.")
    why = _("Your role or your relation to this file does not allow it.")
    next_step = _("Ask the supervisor of the unit that holds the file.")
    status = 403


class Locked(Refusal):
    """The action needs names or other identifying data, and the actor is in locked mode."""

    code = "access.locked"
    what = _("Names and other identifying data are locked.")
    why = _("You signed in, but you have not unlocked, or ten minutes passed without use.")
    next_step = _("Unlock with your passphrase and try again; what you typed is kept.")
    status = 403


class TooManyAttempts(Refusal):
    """Too many wrong passphrases in a short time."""

    code = "access.too_many_attempts"
    what = _("You tried too often.")
    why = _("There were too many attempts to unlock in the last minutes.")
    next_step = _("Wait ten minutes and try again, or ask the administrator.")
    status = 429


class Stale(Refusal):
    """Somebody else changed the same data since the actor read it."""

    code = "access.stale"
    what = _("Your change was not saved.")
    why = _("Somebody else changed this while you were working.")
    next_step = _("Compare both values and choose which to keep.")
    status = 409
