"""Shapes of the referrals room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.core.sharing import ALWAYS, Item
from amparo.vault.data import Veiled


class ReferralState(StrEnum):
    """Where a referral stands. Source: domain 10 (draft waits for the signature of an override)."""

    DRAFT = "draft"
    IN_PROGRESS = "in_progress"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DONE = "done"
    REVOKED = "revoked"
    EXPIRED = "expired"


OPEN_STATES = frozenset({ReferralState.DRAFT, ReferralState.IN_PROGRESS, ReferralState.ACCEPTED})
READABLE_STATES = frozenset({ReferralState.IN_PROGRESS, ReferralState.ACCEPTED})
"""States in which the receiver may open the extract."""
STOPPED_STATES = frozenset({ReferralState.REVOKED, ReferralState.EXPIRED})
"""States that ask the receiver to stop the service and to destroy what they noted."""


class Outcome(StrEnum):
    """How a referral ended for the person: codes of the doctrine list ``referral_outcome``."""

    PROVIDED = "PROVIDED"
    ALREADY_RECEIVED = "ALREADY_RECEIVED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    DECLINED_BY_PERSON = "DECLINED_BY_PERSON"
    UNAVAILABLE = "UNAVAILABLE"
    NO_SHOW = "NO_SHOW"


class Ending(StrEnum):
    """Why sharing stopped before the service was done."""

    CANCELLED = "cancelled"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OVERRIDE_REFUSED = "override_refused"
    TIME = "time"


STATE_LABELS: Mapping[str, Promise] = {
    ReferralState.DRAFT: _("Waits for a signature"),
    ReferralState.IN_PROGRESS: _("Waits for an answer"),
    ReferralState.ACCEPTED: _("Accepted"),
    ReferralState.REJECTED: _("Not accepted"),
    ReferralState.DONE: _("Closed"),
    ReferralState.REVOKED: _("Withdrawn"),
    ReferralState.EXPIRED: _("Expired"),
}
ENDING_LABELS: Mapping[str, Promise] = {
    Ending.CANCELLED: _("The sender withdrew it"),
    Ending.CONSENT_WITHDRAWN: _("The person withdrew their consent"),
    Ending.OVERRIDE_REFUSED: _("It was not signed"),
    Ending.TIME: _("Its time ran out"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A unit on one side of a referral, with its agency."""

    unit_id: UUID
    unit: str
    agency: str
    agency_kind: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One line of the service directory."""

    id: UUID
    service_type: str
    party: Party
    call_line: str


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral in a list. ``code`` is the case code for the sender's side and "" for the receiver's."""

    id: UUID
    person_id: UUID
    reference: str
    code: str
    sender: Party
    receiver: Party
    to_staff: str
    purpose: str
    service_type: str
    urgency: str
    state: ReferralState
    version: int
    sent_by: str
    sent_by_id: UUID
    sent_at: datetime
    due_at: datetime
    escalate_at: datetime
    expires_at: datetime
    accepted_by: str
    accepted_at: datetime | None
    rejection: str
    outcome: str
    answered_by: str
    answered_at: datetime | None
    ended_because: str
    ended_at: datetime | None
    shared_items: tuple[str, ...]
    override_basis: str
    override_signed_by: str
    answer_intake_id: UUID | None
    is_confirmed: bool
    is_seen: bool
    has_arrived: bool
    stopped_by: str
    stopped_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_readable(self) -> bool:
        return self.state in READABLE_STATES

    @property
    def waits_for_answer(self) -> bool:
        return self.state is ReferralState.IN_PROGRESS

    @property
    def must_stop(self) -> bool:
        """Return whether the receiver had it, and it was withdrawn or its time ran out."""
        return self.has_arrived and self.state in STOPPED_STATES

    @property
    def state_label(self) -> Promise:
        return STATE_LABELS[self.state]

    @property
    def ending_label(self) -> Promise | str:
        return ENDING_LABELS.get(self.ended_because, "")


@dataclass(frozen=True, slots=True)
class WaitingReferral:
    """A referral as a line of the worklist. ``code`` is "" for the receiver's side."""

    state: ReferralState
    id: UUID
    person_id: UUID
    reference: str
    code: str
    sent_by_id: UUID
    sent_at: datetime
    due_at: datetime
    escalate_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None

    @property
    def waits_for_answer(self) -> bool:
        return self.state is ReferralState.IN_PROGRESS


OFFERED = (
    Item.SAFE_CONTACT,
    Item.NO_CONTACT,
    Item.LANGUAGE,
    Item.AGE_BAND,
    Item.SEX_GENDER,
    Item.GUARDIAN,
    Item.RISKS,
    Item.NAMES,
    Item.BIRTH,
    Item.NATIONALITY,
    Item.NEEDS,
    Item.STATUSES,
)
"""What a referral can carry. Story, grounds of asylum, photo, address, health, documents: never here."""


@dataclass(frozen=True, slots=True, repr=False)
class ReferralRequest:
    """One request: to whom, for what, what to share, and the words written for this receiver only."""

    to_unit_id: UUID
    to_staff_id: UUID | None
    purpose: str
    service_type: str
    urgency: str
    items: frozenset[Item]
    risks: str = ""
    guardian: str = ""

    def __repr__(self) -> str:
        return "ReferralRequest(veiled)"

    @property
    def wanted(self) -> frozenset[Item]:
        """Return the items asked for, with what every referral carries; nothing that is not offered."""
        return (self.items & frozenset(OFFERED)) | ALWAYS


@dataclass(frozen=True, slots=True, repr=False)
class Justification:
    """Why sharing without consent is necessary, and the two checks that must come first."""

    basis: str
    reason: str
    was_explained: bool
    refoulement_checked: bool

    def __repr__(self) -> str:
        return "Justification(veiled)"


@dataclass(frozen=True, slots=True)
class Clock:
    """When the first contact is due, when silence is escalated, when the extract dies."""

    due_at: datetime
    escalate_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """What a referral would share and what not (item and why), before it is sent."""

    receiver: Party
    content: Veiled
    withheld: tuple[tuple[str, str], ...]
    clock: Clock
