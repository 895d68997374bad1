"""Writes of the referrals room: one function for each use case, each behind the gate."""

from amparo.referrals.actions.answer import accept_referral, confirm_stopped, reject_referral, report_done
from amparo.referrals.actions.directory import close_offer, offer_service
from amparo.referrals.actions.ending import (
    cancel_referral,
    escalate_referral,
    expire_referral,
    propagate_withdrawal,
)
from amparo.referrals.actions.following import confirm_with_person, mark_seen
from amparo.referrals.actions.override import propose_override, refuse_override, sign_override
from amparo.referrals.actions.send import send_referral

__all__ = [
    "accept_referral",
    "cancel_referral",
    "close_offer",
    "confirm_stopped",
    "confirm_with_person",
    "escalate_referral",
    "expire_referral",
    "mark_seen",
    "offer_service",
    "propagate_withdrawal",
    "propose_override",
    "refuse_override",
    "reject_referral",
    "report_done",
    "send_referral",
    "sign_override",
]
