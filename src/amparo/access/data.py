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


class NotEligible(Refusal):
    """A rule that nobody can lift keeps that colleague from this record."""

    code = "access.not_eligible"
    what = _("Nobody was given access.")
    why = _("A rule keeps this colleague, or their agency, from this file.")
    next_step = _("Choose another colleague.")


class EndTooFar(Refusal):
    """A passing relation needs an end in the future, and not too far away."""

    code = "access.end_too_far"
    what = _("Nobody was given access.")
    why = _("Access of this kind ends within %(days)s days, on a date still to come.")
    next_step = _("Choose an earlier end; it can be given again later.")


class NobodyLeft(Refusal):
    """Sealing would leave the file without anybody who can open it."""

    code = "access.nobody_left"
    what = _("The case was not sealed.")
    why = _("At least one person who holds the keys of the unit must remain on the case.")
    next_step = _("Admit a colleague to the unit first, or name other people.")


class FearRecorded(Refusal):
    """The person fears that State: its firewall is never lifted."""

    code = "access.fear_recorded"
    what = _("The separation from the authorities of that State stays.")
    why = _("The person fears that State, or its authorities.")
    next_step = _("If the record of fear is wrong, correct it with the person first.")


class ReasonTooShort(Refusal):
    """Breaking the glass needs a reason that somebody else can judge."""

    code = "access.reason_too_short"
    what = _("The file was not opened.")
    why = _("The reason has fewer than %(minimum)s characters.")
    next_step = _("Say what happens to the person if you wait for the team.")


class NotTwoPeople(Refusal):
    """Two different people must sign the exact request, and have not."""

    code = "access.not_two_people"
    what = _("This was not done.")
    why = _(
        "It needs the signatures of two different people over exactly this request, not older than a week."
    )
    next_step = _("Ask a colleague with the same right to confirm the request, and try again.")
    status = 403


class SamePerson(Refusal):
    """Whoever proposed a request cannot confirm it."""

    code = "access.same_person"
    what = _("The request was not confirmed.")
    why = _("You proposed it yourself; the second signature must be somebody else's.")
    next_step = _("Ask a colleague with the same right.")
    status = 403
