"""How sharing ends: withdrawn by the sender, by the person, by time; and what the receiver still sees."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access.gate import writes_outside_actions
from amparo.access.models import Grant
from amparo.cases.actions import withdraw_consent
from amparo.cases.data import WorkGroup
from amparo.core.policy import Purpose, Relation
from amparo.core.refusal import Refusal, Unknown
from amparo.referrals.actions import accept_referral, cancel_referral, confirm_stopped
from amparo.referrals.data import Ending, ReferralState
from amparo.referrals.jobs import run_clock
from amparo.referrals.models import Referral
from amparo.referrals.providers import list_work
from amparo.referrals.queries import get_received_referral, get_sent_referral, list_inbox, open_extract
from amparo.referrals.refusals import NotInThisState, NotReadable
from amparo.vault import door
from amparo.vault.data import ExtractGone
from amparo.vault.models import Extract
from tests.referrals.conftest import LATER, NOW, Desk


def assert_unreadable(desk: Desk, referral_id: UUID) -> None:
    chidi = desk.actor("chidi", LATER)
    with pytest.raises(NotReadable):
        open_extract(chidi, get_received_referral(chidi, referral_id, now=LATER), now=LATER)
    with pytest.raises(Refusal):
        door.open_extract(chidi, referral_id, Purpose.REFERRAL, now=LATER)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_withdrawing_consent_stops_what_stands_on_it(desk: Desk, is_accepted: bool) -> None:
    consent = desk.consent()
    sent, second = desk.send(), desk.send(desk.request(urgency="ROUTINE"))
    if is_accepted:
        accept_referral(desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=1)
    withdraw_consent(
        desk.actor("amina", LATER), now=LATER, person_id=desk.lucia, consent_id=consent, version=1
    )
    ended = Referral.objects.values_list("state", "ended_because")
    assert set(ended) == {(ReferralState.REVOKED, Ending.CONSENT_WITHDRAWN)}
    assert not Extract.objects.exists()
    for referral_id in (sent, second):
        assert_unreadable(desk, referral_id)


def test_a_withdrawal_that_fails_half_way_withdraws_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent, sent = desk.consent(), None
    sent = desk.send()
    monkeypatch.setattr(door, "destroy_extract", lambda *_args, **_named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        withdraw_consent(
            desk.actor("amina", LATER), now=LATER, person_id=desk.lucia, consent_id=consent, version=1
        )
    monkeypatch.undo()
    assert Referral.objects.get().state == ReferralState.IN_PROGRESS
    chidi = desk.actor("chidi", LATER)
    assert open_extract(chidi, get_received_referral(chidi, sent, now=LATER), now=LATER)


def test_another_consent_is_untouched_by_the_withdrawal(desk: Desk) -> None:
    other = desk.consent(to="fiscal", purpose="CRIMINAL_JUSTICE")
    desk.consent()
    sent = desk.send()
    withdraw_consent(desk.actor("amina"), now=LATER, person_id=desk.lucia, consent_id=other, version=1)
    chidi = desk.actor("chidi", LATER)
    assert get_received_referral(chidi, sent, now=LATER).is_readable


def test_the_receiver_sees_for_some_days_that_it_was_withdrawn_and_then_nothing(
    desk: Desk, sent: UUID
) -> None:
    cancel_referral(desk.actor("amina"), now=LATER, person_id=desk.lucia, referral_id=sent, version=1)
    assert_unreadable(desk, sent)
    soon, late = LATER + timedelta(days=6), LATER + timedelta(days=8)
    assert [line.state for line in list_inbox(desk.actor("chidi", soon), now=soon)] == ["revoked"]
    assert list_inbox(desk.actor("chidi", late), now=late) == []


@pytest.mark.parametrize("is_accepted", [False, True])
@pytest.mark.parametrize("by", ["consent", "sender", "time"])
def test_the_whole_desk_is_told_that_sharing_ended_until_one_of_them_says_they_stopped(
    desk: Desk, is_accepted: bool, by: str
) -> None:
    consent = desk.consent()
    sent, now, version = desk.send(), LATER, 1
    if is_accepted:
        accept_referral(desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=1)
        version = 2
    if by == "consent":
        withdraw_consent(desk.actor("amina"), now=now, person_id=desk.lucia, consent_id=consent, version=1)
    elif by == "sender":
        cancel_referral(desk.actor("amina"), now=now, person_id=desk.lucia, referral_id=sent, version=version)
    else:
        now = NOW + timedelta(days=30, minutes=1)
        run_clock(now=now)
    chidi = desk.actor("chidi", now)
    (line,) = list_work(chidi, now)
    assert (line.group, line.code, line.person_id) == (WorkGroup.NEW, Referral.objects.get().reference, None)
    assert get_sent_referral(desk.actor("amina", now), sent).stopped_at is None
    for _ in range(2):
        confirm_stopped(chidi, now=now, referral_id=sent)
    assert list_work(chidi, now) == []
    told = get_sent_referral(desk.actor("amina", now), sent)
    assert (told.stopped_by, told.stopped_at) == ("Chidi Okoro", now)


def test_nobody_confirms_that_they_stopped_what_is_open_or_not_theirs(desk: Desk, sent: UUID) -> None:
    with pytest.raises(NotInThisState):
        confirm_stopped(desk.actor("chidi", LATER), now=LATER, referral_id=sent)
    cancel_referral(desk.actor("amina"), now=LATER, person_id=desk.lucia, referral_id=sent, version=1)
    for who in ("amina", "dora", "consul", "ines"):
        with pytest.raises(Unknown):
            confirm_stopped(desk.actor(who, LATER), now=LATER, referral_id=sent)
        assert "Referral withdrawn: stop" not in " ".join(
            line.label for line in list_work(desk.actor(who, LATER), LATER)
        )


def test_what_is_over_cannot_be_withdrawn_again(desk: Desk, sent: UUID) -> None:
    cancel_referral(desk.actor("amina"), now=LATER, person_id=desk.lucia, referral_id=sent, version=1)
    with pytest.raises(NotInThisState):
        cancel_referral(desk.actor("amina"), now=LATER, person_id=desk.lucia, referral_id=sent, version=2)


def test_time_alone_closes_the_extract_and_the_clock_destroys_it(desk: Desk, sent: UUID) -> None:
    over = NOW + timedelta(days=30, minutes=1)
    chidi = desk.actor("chidi", over)
    with pytest.raises(ExtractGone):
        door.open_extract(chidi, sent, Purpose.REFERRAL, now=over)
    with pytest.raises(NotReadable):
        open_extract(chidi, get_received_referral(chidi, sent, now=over), now=over)
    assert Extract.objects.exists()
    for _ in range(2):
        run_clock(now=over)
        assert not Extract.objects.exists()
        assert Referral.objects.get().state == ReferralState.EXPIRED


def test_the_clock_escalates_silence_once(desk: Desk, sent: UUID) -> None:
    silent = NOW + timedelta(hours=37)
    run_clock(now=NOW + timedelta(hours=35))
    assert Referral.objects.get().escalated_at is None
    run_clock(now=silent)
    run_clock(now=silent + timedelta(hours=1))
    assert Referral.objects.get().escalated_at == silent


def test_an_answer_stops_the_escalation(desk: Desk, sent: UUID) -> None:
    accept_referral(desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=1)
    run_clock(now=NOW + timedelta(hours=37))
    assert Referral.objects.get().escalated_at is None


def test_an_excluded_receiver_finds_nothing(desk: Desk, sent: UUID) -> None:
    with writes_outside_actions("the set-up of a test"):
        Grant.objects.create(
            scope_id=desk.lucia, staff_id=desk.cast.chidi.id, relation=Relation.EXCLUDED, from_at=NOW
        )
    chidi = desk.actor("chidi", LATER)
    assert list_inbox(chidi, now=LATER) == []
    for attempt in (
        lambda: get_received_referral(chidi, sent, now=LATER),
        lambda: accept_referral(chidi, now=LATER, referral_id=sent, version=1),
        lambda: door.open_extract(chidi, sent, Purpose.REFERRAL, now=LATER),
    ):
        with pytest.raises(Unknown):
            attempt()
