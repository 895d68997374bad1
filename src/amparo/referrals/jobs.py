"""What time does to referrals: silence is escalated, expired sharing ends."""

from __future__ import annotations

import contextlib
from datetime import datetime

from amparo.access.queries import machine_actor
from amparo.ledger.tasks import every
from amparo.referrals.actions import escalate_referral, expire_referral
from amparo.referrals.queries import list_to_escalate, list_to_expire
from amparo.referrals.refusals import AlreadyAnswered, NotInThisState


@every(5, "referrals.clock")
def run_clock(*, now: datetime) -> None:
    """Escalate and expire what is due. Safe to run twice, or by two at once.

    Reading an expired extract is refused by its time alone; this closes the record and destroys it.
    """
    clock = machine_actor("clock", now=now)
    for referral in list_to_escalate(now):
        escalate_referral(clock, now=now, person_id=referral.person_id, referral_id=referral.id)
    for referral in list_to_expire(now):
        with contextlib.suppress(AlreadyAnswered, NotInThisState):
            expire_referral(clock, now=now, person_id=referral.person_id, referral_id=referral.id)
