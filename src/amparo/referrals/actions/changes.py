"""What the writes of the room share: who won, and the end of an extract."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from amparo.access.data import Actor, Stale
from amparo.access.gate import note
from amparo.access.scoping import shorten_receiver
from amparo.cases.actions import lock_file
from amparo.core.refusal import Unknown
from amparo.referrals.data import STATE_LABELS, Ending, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.refusals import AlreadyAnswered, AlreadySent, NotInThisState
from amparo.referrals.windows import notice_period
from amparo.vault import door


def get_sent(person_id: UUID, referral_id: UUID) -> Referral:
    """Return a referral of that person, for the side that holds the file. Raises Unknown."""
    referral: Referral | None = Referral.objects.filter(id=referral_id, person_id=person_id).first()
    if referral is None:
        raise Unknown
    return referral


def require_unsent(person_id: UUID, referral_id: UUID | None) -> None:
    """Refuse the id of a form that was sent before. Locks the person's file. At most two queries.

    The lock makes the second of two that arrive at once wait, and then see the first.
    """
    if referral_id is None:
        return
    lock_file(person_id)
    if Referral.objects.filter(id=referral_id).exists():
        raise AlreadySent


def move(
    referral_id: UUID,
    *,
    version: int,
    before: Collection[ReferralState],
    after: ReferralState,
    changes: Mapping[str, Any],
) -> None:
    """Change a referral's state if nobody did since ``version`` was read. One conditional update.

    Of two who act at once exactly one changes the row; the other gets AlreadyAnswered (with who
    answered), NotInThisState or Stale.
    """
    rows = Referral.objects.filter(id=referral_id, version=version, state__in=list(before))
    changed = rows.update(state=after, version=F("version") + 1, **changes)
    if not changed:
        raise_lost(referral_id, before)
    note(referral=str(referral_id), state=after)


def raise_lost(referral_id: UUID, before: Collection[ReferralState]) -> None:
    """Say why the conditional update changed nothing."""
    found = Referral.objects.filter(id=referral_id).select_related("accepted_by", "answered_by").first()
    if found is None:
        raise Unknown
    state = str(STATE_LABELS[found.state])
    winner = found.answered_by or found.accepted_by
    if ReferralState.IN_PROGRESS in before and winner is not None:
        raise AlreadyAnswered(who=winner.name, state=state)
    if found.state not in before:
        raise NotInThisState(state=state)
    raise Stale


def end_sharing(referral: Referral, ending: Ending, *, now: datetime) -> None:
    """Destroy the extract at once; the receiver still sees, for a few days, that it was withdrawn."""
    door.destroy_extract(referral.id, now=now)
    if referral.grant_id is not None:
        shorten_receiver(referral.grant_id, until_at=now + notice_period())
    note(ending=ending)


def staff_of(actor: Actor) -> UUID:
    """Return the staff id of a person who acts; machines send and answer nothing."""
    if actor.staff_id is None:
        raise Unknown
    return actor.staff_id
