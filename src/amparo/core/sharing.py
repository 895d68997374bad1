"""What an extract may hold: the least that serves the purpose, inside what the person agreed to.

Source: domain 10 (minimum referral data set; excluded by default; override only for vital interest
or the best interests of the child). Pure: the day is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID


class Item(StrEnum):
    """The things that an extract can hold. Nothing else can be asked for."""

    CASE_CODE = "CASE_CODE"
    SENDER = "SENDER"
    SERVICE = "SERVICE"
    URGENCY = "URGENCY"
    SAFE_CONTACT = "SAFE_CONTACT"
    NO_CONTACT = "NO_CONTACT"
    LANGUAGE = "LANGUAGE"
    AGE_BAND = "AGE_BAND"
    SEX_GENDER = "SEX_GENDER"
    GUARDIAN = "GUARDIAN"
    RISKS = "RISKS"
    CONSENT = "CONSENT"
    NAMES = "NAMES"
    BIRTH = "BIRTH"
    NATIONALITY = "NATIONALITY"
    NEEDS = "NEEDS"
    STATUSES = "STATUSES"
    ADDRESS = "ADDRESS"
    HEALTH = "HEALTH"
    STORY = "STORY"
    ASYLUM_GROUNDS = "ASYLUM_GROUNDS"
    PHOTO = "PHOTO"
    DOCUMENTS = "DOCUMENTS"


ALWAYS = frozenset({Item.CASE_CODE, Item.SENDER, Item.SERVICE, Item.URGENCY, Item.CONSENT})
"""What makes a referral a referral; it says nothing about the person beyond the service asked for."""

MINIMUM = ALWAYS | {
    Item.SAFE_CONTACT,
    Item.NO_CONTACT,
    Item.LANGUAGE,
    Item.AGE_BAND,
    Item.SEX_GENDER,
    Item.GUARDIAN,
    Item.RISKS,
}
"""Proposed when a referral is drafted; more than this has to be asked for item by item."""

SENSITIVE = frozenset(
    {Item.STORY, Item.ASYLUM_GROUNDS, Item.PHOTO, Item.ADDRESS, Item.HEALTH, Item.DOCUMENTS, Item.NATIONALITY}
)
"""Excluded by default: shared only when the consent names the item, never under an override."""

OVERRIDE_BASES = frozenset({"VITAL_INTEREST", "BEST_INTEREST"})

Why = Literal["no_consent", "expired", "other_purpose", "other_recipient", "not_consented", "restricted"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What one consent allows: for this purpose, to these units, these items, in these days."""

    purpose: str
    recipients: frozenset[UUID]
    items: frozenset[Item]
    restricted: frozenset[Item]
    from_date: date
    until_date: date


@dataclass(frozen=True, slots=True)
class Override:
    """Sharing without consent: a legal basis, and who signed besides the worker."""

    basis: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class Withheld:
    item: Item
    why: Why


@dataclass(frozen=True, slots=True)
class SharingPlan:
    """What goes into the extract, what stays out and why, and the last day it may be read.

    ``basis`` is "CONSENT", the override's basis, or "" when nothing may be shared at all.
    """

    included: tuple[Item, ...]
    withheld: tuple[Withheld, ...]
    basis: str
    last_day: date | None

    @property
    def is_allowed(self) -> bool:
        return bool(self.basis)


def plan_extract(
    requested: Iterable[Item],
    *,
    purpose: str,
    recipient: UUID,
    terms: Terms | None,
    override: Override | None,
    as_of: date,
) -> SharingPlan:
    """Return the plan of one extract. Without consent or a signed override nothing is included.

    >>> plan_extract([Item.NAMES], purpose="REFERRAL", recipient=UUID(int=1), terms=None,
    ...              override=None, as_of=date(2026, 1, 5)).withheld
    (Withheld(item=<Item.NAMES: 'NAMES'>, why='no_consent'),)
    """
    wanted = sorted(set(requested))
    obstacle = _obstacle(terms, purpose, recipient, as_of)
    if terms is not None and obstacle is None:
        return _consented(wanted, terms)
    if override is not None and override.signed_by and override.basis in OVERRIDE_BASES:
        return _overridden(wanted, override, terms)
    why = obstacle or "no_consent"
    return SharingPlan((), tuple(Withheld(item, why) for item in wanted), "", None)


def _obstacle(terms: Terms | None, purpose: str, recipient: UUID, as_of: date) -> Why | None:
    if terms is None:
        return "no_consent"
    if terms.purpose != purpose:
        return "other_purpose"
    if recipient not in terms.recipients:
        return "other_recipient"
    return None if terms.from_date <= as_of <= terms.until_date else "expired"


def _consented(wanted: list[Item], terms: Terms) -> SharingPlan:
    included, withheld = [], []
    for item in wanted:
        if item in terms.restricted:
            withheld.append(Withheld(item, "restricted"))
        elif item in terms.items or item in ALWAYS:
            included.append(item)
        else:
            withheld.append(Withheld(item, "not_consented"))
    return SharingPlan(tuple(included), tuple(withheld), "CONSENT", terms.until_date)


def _overridden(wanted: list[Item], override: Override, terms: Terms | None) -> SharingPlan:
    """Share the minimum only, and still keep what the person asked to be withheld."""
    restricted = terms.restricted if terms else frozenset()
    included = tuple(item for item in wanted if item in MINIMUM and item not in restricted)
    withheld = tuple(
        Withheld(item, "restricted" if item in restricted else "no_consent")
        for item in wanted
        if item not in included
    )
    return SharingPlan(included, withheld, override.basis, None)
