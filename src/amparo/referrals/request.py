"""What a sender asks for, as one frozen shape."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from amparo.core.sharing import ALWAYS, Item

OFFERED = (
    Item.SAFE_CONTACT,
    Item.NO_CONTACT,
    Item.LANGUAGE,
    Item.AGE_BAND,
    Item.SEX_GENDER,
    Item.GUARDIAN,
    Item.RISKS,
    Item.NAMES,
    Item.BIRTH,
    Item.NATIONALITY,
    Item.NEEDS,
    Item.STATUSES,
)
"""What a referral can carry. Story, grounds of asylum, photo, address, health, documents: never here."""


@dataclass(frozen=True, slots=True, repr=False)
class ReferralRequest:
    """One request: to whom, for what, what to share, and the words written for this receiver only."""

    to_unit_id: UUID
    to_staff_id: UUID | None
    purpose: str
    service_type: str
    urgency: str
    items: frozenset[Item]
    risks: str = ""
    guardian: str = ""

    def __repr__(self) -> str:
        return "ReferralRequest(veiled)"

    @property
    def wanted(self) -> frozenset[Item]:
        """Return the items asked for, with what every referral carries; nothing that is not offered."""
        return (self.items & frozenset(OFFERED)) | ALWAYS
