"""Reads that open something sealed. Each is recorded before its content is returned."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor, Locked
from amparo.access.queries import list_units
from amparo.core.policy import Purpose
from amparo.referrals.data import (
    READABLE_STATES,
    STATE_LABELS,
    Party,
    Preview,
    ReferralLine,
    ReferralRequest,
)
from amparo.referrals.extract import build_content, compartments_for
from amparo.referrals.plans import require_receiver, require_sharing
from amparo.referrals.refusals import NotReadable
from amparo.referrals.seen_names import keep_names
from amparo.referrals.sources import gather
from amparo.referrals.windows import clock_of
from amparo.vault import door
from amparo.vault.data import Compartment, Veiled


def preview(actor: Actor, person_id: UUID, request: ReferralRequest, *, now: datetime) -> Preview:
    """Return exactly what would be shared, what would not and why. Sends nothing.

    Raises Locked, SameUnit, FirewallHolds or NoConsent, as sending would.
    """
    if not actor.is_unlocked:
        raise Locked
    require_receiver(actor, person_id, request)
    plan, _ = require_sharing(actor, person_id, request, now=now)
    compartments = compartments_for(plan.included)
    opened = door.open(actor, person_id, compartments, Purpose.REFERRAL, now=now) if compartments else None
    sources = gather(actor, person_id, request, plan, opened, reference="", now=now)
    unit = next(line for line in list_units() if line.id == request.to_unit_id)
    return Preview(
        receiver=Party(unit.id, unit.name, unit.agency_name, unit.agency_kind),
        content=Veiled(build_content(plan.included, sources)),
        withheld=tuple((str(one.item), one.why) for one in plan.withheld),
        clock=clock_of(request.urgency, now=now, last_day=plan.last_day),
    )


def open_extract(actor: Actor, line: ReferralLine, *, now: datetime) -> Veiled:
    """Open the extract of a received referral; the ledger row is committed first.

    Raises NotReadable when the referral is closed or its time is over, and the vault's refusals.
    """
    if line.state not in READABLE_STATES or line.expires_at <= now:
        raise NotReadable(state=str(STATE_LABELS[line.state]))
    extract = door.open_extract(actor, line.id, Purpose.REFERRAL, now=now).extra
    keep_names(actor, line.id, extract)
    return extract


def open_answer(actor: Actor, line: ReferralLine, *, now: datetime) -> Veiled | None:
    """Open the words of the receiver's answer, or return None when there are none."""
    if line.answer_intake_id is None:
        return None
    return door.open_intake(actor, line.answer_intake_id, Purpose.REFERRAL, now=now).part("text")


def open_proposal(actor: Actor, line: ReferralLine, *, now: datetime) -> Veiled | None:
    """Open the reasons of a referral proposed without consent, for whoever signs it."""
    if not line.override_basis:
        return None
    opened = door.open(actor, line.person_id, {Compartment.NARRATIVE}, Purpose.REFERRAL, now=now)
    return opened.get(Compartment.NARRATIVE, words_field(line.id))


def words_field(referral_id: UUID) -> str:
    """Return the narrative field that holds the words of a proposal."""
    return f"referral.{referral_id}"
