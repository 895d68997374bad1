"""Gather what an extract is made of. The same for the preview and for the seal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import list_units
from amparo.access.scoping import visible_scopes
from amparo.cases.queries import get_coded_facts, list_needs
from amparo.core.sharing import SharingPlan
from amparo.referrals.data import ReferralRequest
from amparo.referrals.extract import Sources
from amparo.referrals.models import ServiceOffer
from amparo.vault.data import Opened


def gather(
    actor: Actor,
    person_id: UUID,
    request: ReferralRequest,
    plan: SharingPlan,
    opened: Opened | None,
    *,
    reference: str,
    now: datetime,
) -> Sources:
    """Return the sources of one extract. Six queries. ``opened`` is None when nothing is needed of it."""
    needs = [need for need in list_needs(actor, person_id, None) if need.state in {"OPEN", "PLANNED"}]
    return Sources(
        facts=get_coded_facts(actor, person_id, as_of=now.date()),
        needs=tuple(needs),
        opened=opened,
        request=request,
        reference=reference,
        sender=describe_sender(actor, person_id),
        consent={
            "basis": plan.basis,
            "purpose": request.purpose,
            "until": plan.last_day.isoformat() if plan.last_day else "",
        },
    )


def describe_sender(actor: Actor, person_id: UUID) -> dict[str, str]:
    """Return who sends and where to call back: staff and desk, nothing about the person."""
    holder = visible_scopes(actor).filter(id=person_id).values_list("unit_id", flat=True).get()
    unit = next(line for line in list_units() if line.id == holder)
    lines = ServiceOffer.objects.filter(unit_id=holder, is_active=True).exclude(call_line="")
    call_line = lines.order_by("service_type").values_list("call_line", flat=True).first()
    return {"unit": unit.name, "agency": unit.agency_name, "worker": actor.name, "call_line": call_line or ""}
