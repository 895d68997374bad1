"""Shapes of the referrals room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
    def state_label(self) -> Promise:
        return STATE_LABELS[self.state]

    @property
    def ending_label(self) -> Promise | str:
        return ENDING_LABELS.get(self.ended_because, "")
