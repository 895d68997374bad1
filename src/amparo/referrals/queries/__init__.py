"""Reads of the referrals room; they return shapes, never models."""

from amparo.referrals.queries.lists import (
    find_person_of_extract,
    find_waiting,
    get_received_referral,
    get_sent_referral,
    list_at_desk,
    list_desk_staff,
    list_inbox,
    list_offers,
    list_on_consent,
    list_referrals,
    list_to_escalate,
    list_to_expire,
    list_waiting,
    was_sent,
)
from amparo.referrals.queries.opening import open_answer, open_extract, open_proposal, preview

__all__ = [
    "find_person_of_extract",
    "find_waiting",
    "get_received_referral",
    "get_sent_referral",
    "list_at_desk",
    "list_desk_staff",
    "list_inbox",
    "list_offers",
    "list_on_consent",
    "list_referrals",
    "list_to_escalate",
    "list_to_expire",
    "list_waiting",
    "open_answer",
    "open_extract",
    "open_proposal",
    "preview",
    "was_sent",
]
