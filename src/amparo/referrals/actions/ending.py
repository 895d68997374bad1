"""How sharing stops: the sender withdraws, the person withdraws consent, time runs out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.referrals.actions.changes import end_sharing, get_sent, move
from amparo.referrals.data import OPEN_STATES, Ending, ReferralState
from amparo.referrals.models import Referral


@action("referrals.cancel", about="person_id")
def cancel_referral(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID, version: int) -> None:
    """Withdraw a referral; the extract can no longer be read from this moment."""
    _stop(get_sent(person_id, referral_id), version, Ending.CANCELLED, ReferralState.REVOKED, now)


@action("referrals.propagate_withdrawal", about="person_id")
def propagate_withdrawal(actor: Actor, *, now: datetime, person_id: UUID, consent_id: UUID) -> int:
    """Stop every open referral that stands on a withdrawn consent; return how many."""
    rows = Referral.objects.filter(person_id=person_id, consent_id=consent_id, state__in=sorted(OPEN_STATES))
    referrals = list(rows.select_for_update().order_by("id"))
    for referral in referrals:
        _stop(referral, referral.version, Ending.CONSENT_WITHDRAWN, ReferralState.REVOKED, now)
    note(referrals=len(referrals))
    return len(referrals)


@action("referrals.expire", about="person_id")
def expire_referral(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID) -> None:
    """Close a referral whose time ran out, and destroy its extract. For the clock."""
    referral = get_sent(person_id, referral_id)
    _stop(referral, referral.version, Ending.TIME, ReferralState.EXPIRED, now)


@action("referrals.escalate", about="person_id")
def escalate_referral(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID) -> None:
    """Record that nobody accepted in half the window; the supervisor's worklist shows it. For the clock."""
    rows = Referral.objects.filter(id=referral_id, person_id=person_id, escalated_at=None)
    rows.filter(state=ReferralState.IN_PROGRESS).update(escalated_at=now)
    note(referral=str(referral_id))


def _stop(referral: Referral, version: int, ending: Ending, after: ReferralState, now: datetime) -> None:
    move(
        referral.id,
        version=version,
        before=OPEN_STATES,
        after=after,
        changes={
            "ended_because": ending,
            "ended_at": now,
            "seen_by_sender_at": now if ending is Ending.CANCELLED else None,
        },
    )
    end_sharing(referral, ending, now=now)
