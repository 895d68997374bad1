"""The directory: which unit offers which service."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.referrals.models import ServiceOffer


@action("referrals.edit_directory")
def offer_service(
    actor: Actor, *, now: datetime, unit_id: UUID, service_type: str, call_line: str = ""
) -> UUID:
    """Put a unit's service into the directory, or change its call line; return the offer's id."""
    offer, _ = ServiceOffer.objects.update_or_create(
        unit_id=unit_id, service_type=service_type, defaults={"call_line": call_line, "is_active": True}
    )
    note(service=service_type)
    return offer.id


@action("referrals.edit_directory")
def close_offer(actor: Actor, *, now: datetime, offer_id: UUID) -> None:
    """Take a service out of the directory; referrals already sent are not touched."""
    if not ServiceOffer.objects.filter(id=offer_id).update(is_active=False):
        raise Unknown
