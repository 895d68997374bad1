"""What may be shared with whom: asked before the preview and again when the referral is sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.queries import list_units
from amparo.access.scoping import bars_on_receiver, visible_scopes
from amparo.cases.data import ConsentRef
from amparo.cases.queries import find_consent, terms_of
from amparo.core.refusal import Unknown
from amparo.core.sharing import Override, SharingPlan, plan_extract
from amparo.referrals.data import ReferralRequest
from amparo.referrals.refusals import WHY_NOT, FirewallHolds, NoConsent, SameUnit


def require_receiver(actor: Actor, person_id: UUID, request: ReferralRequest) -> UUID:
    """Return the unit that holds the file, when the other unit may receive at all. Three queries.

    Raises SameUnit, FirewallHolds, or Unknown for a unit that does not exist.
    """
    holder = visible_scopes(actor).filter(id=person_id).values_list("unit_id", flat=True).first()
    receiver = next((unit for unit in list_units() if unit.id == request.to_unit_id), None)
    if holder is None or receiver is None:
        raise Unknown
    if holder == receiver.id:
        raise SameUnit
    bars = bars_on_receiver(person_id, agency_kind=receiver.agency_kind, agency_state=receiver.agency_state)
    if bars:
        raise FirewallHolds
    return holder


def plan_sharing(
    actor: Actor,
    person_id: UUID,
    request: ReferralRequest,
    *,
    now: datetime,
    override: Override | None = None,
) -> tuple[SharingPlan, ConsentRef | None]:
    """Return what would be shared and what not, with the consent it stands on. One query."""
    as_of = now.date()
    consent = find_consent(
        actor, person_id, purpose=request.purpose, recipient_unit_id=request.to_unit_id, as_of=as_of
    )
    plan = plan_extract(
        request.wanted,
        purpose=request.purpose,
        recipient=request.to_unit_id,
        terms=terms_of(consent) if consent else None,
        override=override,
        as_of=as_of,
    )
    return plan, consent


def require_sharing(
    actor: Actor, person_id: UUID, request: ReferralRequest, *, now: datetime
) -> tuple[SharingPlan, ConsentRef]:
    """Return the plan and its consent, or raise NoConsent with the reason."""
    plan, consent = plan_sharing(actor, person_id, request, now=now)
    if not plan.is_allowed or consent is None:
        why = plan.withheld[0].why if plan.withheld else "no_consent"
        raise NoConsent(reason=str(WHY_NOT.get(why, WHY_NOT["no_consent"])))
    return plan, consent
