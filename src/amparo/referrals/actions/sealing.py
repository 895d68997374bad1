"""Seal the extract for its receiver, inside the action that sends it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.scoping import grant_receiver
from amparo.core.policy import Purpose
from amparo.core.sharing import SharingPlan
from amparo.referrals.data import ReferralRequest
from amparo.referrals.extract import build_content, compartments_for
from amparo.referrals.models import Referral
from amparo.referrals.sources import gather
from amparo.referrals.windows import notice_period
from amparo.vault import door


def seal_and_grant(
    actor: Actor, referral: Referral, request: ReferralRequest, plan: SharingPlan, *, now: datetime
) -> UUID:
    """Open what the plan includes, seal it for the receiver, and return the receiver's grant."""
    compartments = compartments_for(plan.included)
    opened = (
        door.open_within_action(actor, referral.person_id, compartments, Purpose.REFERRAL, now=now)
        if compartments
        else None
    )
    sources = gather(actor, referral.person_id, request, plan, opened, reference=referral.reference, now=now)
    door.seal_extract(
        actor,
        referral.person_id,
        {},
        referral.to_unit_id,
        extract_id=referral.id,
        expires_at=referral.expires_at,
        extra=build_content(plan.included, sources),
        now=now,
    )
    return grant_receiver(
        actor,
        person_id=referral.person_id,
        unit_id=referral.to_unit_id,
        staff_id=referral.to_staff_id,
        until_at=referral.expires_at + notice_period(),
        now=now,
    )
