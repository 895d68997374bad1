"""The receiver's side: which referrals reached an actor. The file itself is never looked at."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.access.data import Actor
from amparo.access.scoping import permitted
from amparo.core.refusal import Unknown
from amparo.referrals.data import ReferralState
from amparo.referrals.models import Referral


def received_by(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Return the referrals that reached the actor: their unit or they are addressed, and policy agrees.

    Policy is asked through the same rules as every other right, so an exclusion or the
    country-of-origin firewall makes a referral invisible here too. Drafts have reached nobody.
    """
    addressed = Q(to_unit_id__in=actor.unit_ids) & (Q(to_staff=None) | Q(to_staff_id=actor.staff_id))
    allowed = permitted(actor.as_of(now), "referrals.receive", "person_id")
    rows: QuerySet[Referral] = Referral.objects.filter(addressed, allowed)
    return rows.exclude(state=ReferralState.DRAFT).exclude(grant_id=None)


def get_received(actor: Actor, referral_id: UUID, *, now: datetime) -> Referral:
    """Return one referral that reached the actor, or raise Unknown. One query."""
    referral = received_by(actor, now=now).filter(id=referral_id).first()
    if referral is None:
        raise Unknown
    return referral
