"""What the receiver does: accept, reject, report how it ended, confirm that they stopped. One answer wins.

Each answer needs an unlocked actor: nobody answers, or closes, an extract that they cannot read. That
they stopped is confirmed of an extract that nobody can read any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.core.refusal import Unknown
from amparo.referrals.actions.changes import move, staff_of
from amparo.referrals.data import STATE_LABELS, STOPPED_STATES, Outcome, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.receiving import get_received
from amparo.referrals.refusals import NotInThisState
from amparo.vault import door


def person_of(arguments: Mapping[str, Any]) -> UUID:
    """Return the person that a referral is about, for the gate. Raises Unknown."""
    rows = Referral.objects.filter(id=arguments["referral_id"])
    person_id: UUID | None = rows.values_list("person_id", flat=True).first()
    if person_id is None:
        raise Unknown
    return person_id


@opens("id")
@action("referrals.accept", by=person_of)
def accept_referral(actor: Actor, *, now: datetime, referral_id: UUID, version: int) -> None:
    """Take the referral on. Raises AlreadyAnswered, with who was first, for everybody but the first."""
    get_received(actor, referral_id, now=now)
    move(
        referral_id,
        version=version,
        before={ReferralState.IN_PROGRESS},
        after=ReferralState.ACCEPTED,
        changes={"accepted_by_id": staff_of(actor), "accepted_at": now, "seen_by_sender_at": None},
    )


@opens("id")
@action("referrals.reject", by=person_of)
def reject_referral(
    actor: Actor, *, now: datetime, referral_id: UUID, version: int, reason: str, text: str = ""
) -> None:
    """Say no, with a reason code; the words are sealed to the sender's unit. The extract is destroyed."""
    referral = get_received(actor, referral_id, now=now)
    move(
        referral_id,
        version=version,
        before={ReferralState.IN_PROGRESS},
        after=ReferralState.REJECTED,
        changes={"rejection": reason, "ended_at": now, **_answer(actor, referral, text, now)},
    )
    door.destroy_extract(referral_id, now=now)
    note(rejection=reason)


@opens("id")
@action("referrals.report_done", by=person_of)
def report_done(
    actor: Actor, *, now: datetime, referral_id: UUID, version: int, outcome: Outcome, text: str = ""
) -> None:
    """Close the loop: what became of it, also when the person did not come or did not want it."""
    referral = get_received(actor, referral_id, now=now)
    move(
        referral_id,
        version=version,
        before={ReferralState.ACCEPTED},
        after=ReferralState.DONE,
        changes={"outcome": outcome, "ended_at": now, **_answer(actor, referral, text, now)},
    )
    door.destroy_extract(referral_id, now=now)
    note(outcome=outcome)


@action("referrals.report_done", by=person_of)
def confirm_stopped(actor: Actor, *, now: datetime, referral_id: UUID) -> None:
    """Say that the desk read the withdrawal, stopped and destroyed what it noted. Twice changes nothing."""
    referral = get_received(actor, referral_id, now=now)
    if referral.state not in STOPPED_STATES:
        raise NotInThisState(state=str(STATE_LABELS[referral.state]))
    Referral.objects.filter(id=referral_id, stopped_at=None).update(
        stopped_by_id=staff_of(actor), stopped_at=now
    )
    note(referral=str(referral_id))


def _answer(actor: Actor, referral: Referral, text: str, now: datetime) -> dict[str, Any]:
    """Return who answered, with the words sealed to the sender: this side cannot read them again."""
    changes: dict[str, Any] = {
        "answered_by_id": staff_of(actor),
        "answered_at": now,
        "seen_by_sender_at": None,
    }
    if text:
        changes["answer_intake_id"] = intake_id = uuid7()
        door.seal_to_unit(referral.from_unit_id, {"text": text}, intake_id=intake_id, now=now)
    return changes
