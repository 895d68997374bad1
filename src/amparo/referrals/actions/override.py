"""Referral without consent: proposed with reasons, signed by a second person, or refused.

Only for a vital interest or the best interests of a child; never to police, prosecution or a
consulate; only the minimum items. Source: domain 10.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.access.queries import list_units
from amparo.cases.queries import child_truth
from amparo.core.policy import AgencyKind, Purpose
from amparo.core.sharing import MINIMUM, OVERRIDE_BASES, Item, Override
from amparo.core.truth import Truth
from amparo.referrals.actions.changes import get_sent, move, require_unsent, staff_of
from amparo.referrals.actions.sealing import seal_and_grant
from amparo.referrals.data import Ending, Justification, ReferralRequest, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.plans import plan_sharing, require_receiver
from amparo.referrals.queries.opening import words_field
from amparo.referrals.references import new_reference
from amparo.referrals.refusals import (
    NeverWithoutConsent,
    OnlyForChildren,
    OverrideNotJustified,
    SignedByTheSame,
)
from amparo.referrals.windows import clock_of, load_windows
from amparo.vault import door
from amparo.vault.data import Compartment
from amparo.vault.door.plain import PlainUse

NEVER = frozenset({AgencyKind.CONSULATE, AgencyKind.POLICE, AgencyKind.PROSECUTION})


@action("referrals.send", about="person_id")
def propose_override(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    request: ReferralRequest,
    justification: Justification,
    referral_id: UUID | None = None,
) -> UUID:
    """Write a draft that shares nothing until a second person signs; return the referral's id.

    Raises SameUnit, FirewallHolds, NeverWithoutConsent, OnlyForChildren or OverrideNotJustified, and
    AlreadySent for the id of a form that was sent before.
    """
    require_unsent(person_id, referral_id)
    from_unit_id = require_receiver(actor, person_id, request)
    _require_justified(person_id, request, justification, now)
    clock = clock_of(request.urgency, now=now, last_day=None)
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
        shared_items=sorted(request.wanted & MINIMUM),
        state=ReferralState.DRAFT,
        override_basis=justification.basis,
        sent_by_id=staff_of(actor),
        sent_at=now,
        due_at=clock.due_at,
        escalate_at=clock.escalate_at,
        expires_at=clock.expires_at,
    )
    referral.save(force_insert=True)
    words = {"reason": justification.reason, "risks": request.risks, "guardian": request.guardian}
    door.write(actor, person_id, Compartment.NARRATIVE, {words_field(referral.id): words}, now=now)
    note(referral=str(referral.id), receiver=str(request.to_unit_id), basis=justification.basis)
    return referral.id


def _require_justified(
    person_id: UUID, request: ReferralRequest, justification: Justification, now: datetime
) -> None:
    kind = next(unit.agency_kind for unit in list_units() if unit.id == request.to_unit_id)
    if kind in NEVER:
        raise NeverWithoutConsent
    least = load_windows()["override_reason_characters"]
    checks = justification.was_explained and justification.refoulement_checked
    if justification.basis not in OVERRIDE_BASES or len(justification.reason.strip()) < least or not checks:
        raise OverrideNotJustified(length=least)
    is_adult = child_truth(person_id, as_of=now.date()) is Truth.NOT_ESTABLISHED
    if justification.basis == "BEST_INTEREST" and is_adult:
        raise OnlyForChildren


@opens("id", "contact", "narrative")
@action("referrals.sign_override", about="person_id")
def sign_override(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID, version: int) -> None:
    """Sign a proposal as the second person: the minimum is sealed and the clocks start now."""
    referral = get_sent(person_id, referral_id)
    if referral.sent_by_id == actor.staff_id:
        raise SignedByTheSame
    request = _request_of(actor, referral, now)
    require_receiver(actor, person_id, request)
    plan, _ = plan_sharing(
        actor, person_id, request, now=now, override=Override(referral.override_basis, actor.ref)
    )
    clock = clock_of(referral.urgency, now=now, last_day=plan.last_day)
    referral.expires_at = clock.expires_at
    move(
        referral_id,
        version=version,
        before={ReferralState.DRAFT},
        after=ReferralState.IN_PROGRESS,
        changes={
            "override_signed_by_id": staff_of(actor),
            "shared_items": sorted(plan.included),
            "sent_at": now,
            "due_at": clock.due_at,
            "escalate_at": clock.escalate_at,
            "expires_at": clock.expires_at,
        },
    )
    grant_id = seal_and_grant(actor, referral, request, plan, now=now)
    Referral.objects.filter(id=referral_id).update(grant_id=grant_id)
    note(basis=plan.basis, items=sorted(plan.included), receiver=str(referral.to_unit_id))


def _request_of(actor: Actor, referral: Referral, now: datetime) -> ReferralRequest:
    """Return the request of a draft, with the words that were kept for the receiver."""
    opened = door.open_within_action(
        actor, referral.person_id, {Compartment.NARRATIVE}, Purpose.REFERRAL, now=now
    )
    veiled = opened.get(Compartment.NARRATIVE, words_field(referral.id))
    words = door.plain(veiled, PlainUse.DOCUMENT) if veiled is not None else {}
    return ReferralRequest(
        to_unit_id=referral.to_unit_id,
        to_staff_id=referral.to_staff_id,
        purpose=referral.purpose,
        service_type=referral.service_type,
        urgency=referral.urgency,
        items=frozenset(Item(item) for item in referral.shared_items),
        risks=words.get("risks", ""),
        guardian=words.get("guardian", ""),
    )


@action("referrals.sign_override", about="person_id")
def refuse_override(actor: Actor, *, now: datetime, person_id: UUID, referral_id: UUID, version: int) -> None:
    """Refuse a proposal; nothing was shared and nothing will be."""
    get_sent(person_id, referral_id)
    move(
        referral_id,
        version=version,
        before={ReferralState.DRAFT},
        after=ReferralState.REVOKED,
        changes={"ended_because": Ending.OVERRIDE_REFUSED, "ended_at": now, "seen_by_sender_at": None},
    )
