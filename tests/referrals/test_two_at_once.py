"""Two people answer at once, in two threads with connections of their own: exactly one wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from amparo.access.actions import add_staff, grant_post, share_unit_key
from amparo.access.data import Actor
from amparo.access.queries import actor_for, machine_actor
from amparo.cases.actions import withdraw_consent
from amparo.core.policy import Role
from amparo.core.refusal import Refusal
from amparo.ledger.models import Entry
from amparo.referrals.actions import accept_referral, cancel_referral, reject_referral
from amparo.referrals.data import ReferralState
from amparo.referrals.models import Referral
from amparo.vault.actions import unlock
from tests.people import get_cast
from tests.racing import race as race
from tests.referrals.conftest import LATER, NOW, Desk, make_desk

Race = Callable[..., list[Any]]


@pytest.fixture
def open_desk(race: Race) -> Desk:
    return make_desk(get_cast())


def add_colleague(desk: Desk, username: str) -> Actor:
    """Add a colleague of Chidi's to the asylum authority's unit, unlocked."""
    setup, begun = machine_actor("setup", now=NOW), NOW - timedelta(days=1)
    staff_id = add_staff(
        setup,
        now=begun,
        username=username,
        name=username.title(),
        passphrase="otra frase de paso larga",
        agency_id=desk.cast.chidi.agency_id,
    )
    grant_post(setup, now=begun, staff_id=staff_id, unit_id=desk.cast.chidi.unit_id, role=Role.LEGAL)
    chidi = desk.actor("chidi", begun)
    share_unit_key(chidi, now=begun, unit_id=desk.cast.chidi.unit_id, staff_id=staff_id)
    return actor_for(staff_id, unlock(staff_id, "otra frase de paso larga", begun), now=LATER)


def test_of_eight_who_accept_at_once_one_wins_and_the_others_are_told_who(
    open_desk: Desk, race: Race
) -> None:
    open_desk.consent()
    sent = open_desk.send()
    actors = [open_desk.actor("chidi", LATER)] + [add_colleague(open_desk, f"celia{n}") for n in range(7)]

    def accept(actor: Actor) -> object:
        return lambda: accept_referral(actor, now=LATER, referral_id=sent, version=1)

    results = race(*[accept(actor) for actor in actors])
    winner = Referral.objects.select_related("accepted_by").get()
    assert [result for result in results if result is None] == [None]
    assert winner.state == ReferralState.ACCEPTED
    assert winner.version == 2
    assert winner.accepted_by is not None
    assert actors[results.index(None)].staff_id == winner.accepted_by_id
    losers = [result for result in results if isinstance(result, Refusal)]
    assert Counter(loser.code for loser in losers) == {"referrals.already_answered": 7}
    assert all(winner.accepted_by.name in loser.reason for loser in losers)
    assert Entry.objects.filter(verb="referrals.accept").count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_accepting_and_rejecting_at_once_leaves_one_answer(open_desk: Desk, race: Race, turn: int) -> None:
    open_desk.consent()
    sent = open_desk.send()
    chidi, celia = open_desk.actor("chidi", LATER), add_colleague(open_desk, "celia")
    results = race(
        lambda: accept_referral(chidi, now=LATER, referral_id=sent, version=1),
        lambda: reject_referral(celia, now=LATER, referral_id=sent, version=1, reason="NO_CAPACITY"),
    )
    assert sum(result is None for result in results) == 1
    expected = ReferralState.ACCEPTED if results[0] is None else ReferralState.REJECTED
    assert Referral.objects.get().state == expected


@pytest.mark.parametrize("turn", range(4))
def test_a_withdrawal_and_an_acceptance_at_once_never_leave_sharing_open(
    open_desk: Desk, race: Race, turn: int
) -> None:
    consent = open_desk.consent()
    sent = open_desk.send()
    chidi, amina = open_desk.actor("chidi", LATER), open_desk.actor("amina", LATER)
    results = race(
        lambda: accept_referral(chidi, now=LATER, referral_id=sent, version=1),
        lambda: withdraw_consent(amina, now=LATER, person_id=open_desk.lucia, consent_id=consent, version=1),
    )
    assert results[1] is None
    assert Referral.objects.get().state == ReferralState.REVOKED


def test_withdrawing_by_the_sender_and_accepting_at_once_agree(open_desk: Desk, race: Race) -> None:
    open_desk.consent()
    sent: UUID = open_desk.send()
    chidi, amina = open_desk.actor("chidi", LATER), open_desk.actor("amina", LATER)
    results = race(
        lambda: accept_referral(chidi, now=LATER, referral_id=sent, version=1),
        lambda: cancel_referral(amina, now=LATER, person_id=open_desk.lucia, referral_id=sent, version=1),
    )
    assert sum(result is None for result in results) == 1
