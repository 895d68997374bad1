"""The sender follows up: reads the answer, and asks the person whether it was so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.referrals.actions.changes import get_sent
from amparo.referrals.data import STATE_LABELS, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.refusals import NotInThisState


@action("referrals.send", about="person_id")
def mark_seen(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID) -> None:
    """Take the answer off the sender's worklist. Doing it twice changes nothing."""
    get_sent(person_id, referral_id)
    Referral.objects.filter(id=referral_id, seen_by_sender_at=None).update(seen_by_sender_at=now)
    note(referral=str(referral_id))


@action("referrals.send", about="person_id")
def confirm_with_person(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID) -> None:
    """Record that the person says so too: the loop is closed by them, not by an agency."""
    referral = get_sent(person_id, referral_id)
    if referral.state != ReferralState.DONE:
        raise NotInThisState(state=str(STATE_LABELS[referral.state]))
    Referral.objects.filter(id=referral_id, confirmed_with_person_at=None).update(
        confirmed_with_person_at=now, seen_by_sender_at=now
    )
    note(referral=str(referral_id))
