"""Send a referral with the person's consent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.cases.actions import begin_work
from amparo.referrals.actions.changes import require_unsent, staff_of
from amparo.referrals.actions.sealing import seal_and_grant
from amparo.referrals.data import ReferralRequest, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.plans import require_receiver, require_sharing
from amparo.referrals.references import new_reference
from amparo.referrals.windows import clock_of


@opens("id", "contact")
@action("referrals.send", about="person_id")
def send_referral(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    request: ReferralRequest,
    referral_id: UUID | None = None,
) -> UUID:
    """Seal what the plan includes for the receiver and start the clocks; return the referral's id.

    Raises SameUnit, FirewallHolds or NoConsent. What the consent leaves out is left out in silence
    here: the preview said so. ``referral_id`` is the id that a form carried, so that the same form
    is never sent twice: the second time raises AlreadySent.
    """
    require_unsent(person_id, referral_id)
    from_unit_id = require_receiver(actor, person_id, request)
    plan, consent = require_sharing(actor, person_id, request, now=now)
    clock = clock_of(request.urgency, now=now, last_day=plan.last_day)
    referral = Referral(
        id=referral_id or uuid7(),
        reference=new_reference(),
        person_id=person_id,
        from_unit_id=from_unit_id,
        to_unit_id=request.to_unit_id,
        to_staff_id=request.to_staff_id,
        purpose=request.purpose,
        service_type=request.service_type,
        urgency=request.urgency,
        shared_items=sorted(plan.included),
        state=ReferralState.IN_PROGRESS,
        consent_id=consent.id,
        sent_by_id=staff_of(actor),
        sent_at=now,
        due_at=clock.due_at,
        escalate_at=clock.escalate_at,
        expires_at=clock.expires_at,
    )
    referral.grant_id = seal_and_grant(actor, referral, request, plan, now=now)
    referral.save(force_insert=True)
    begin_work(person_id)
    note(
        referral=str(referral.id),
        receiver=str(request.to_unit_id),
        service=request.service_type,
        urgency=request.urgency,
        items=sorted(plan.included),
        basis=plan.basis,
    )
    return referral.id
