"""Accepting, rejecting, closing the loop; the sender follows up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from amparo.access.data import Locked, Stale
from amparo.access.gate import writes_outside_actions
from amparo.cases.queries import get_worklist
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.referrals.actions import (
    accept_referral,
    confirm_with_person,
    mark_seen,
    reject_referral,
    report_done,
)
from amparo.referrals.data import Outcome, ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.providers import list_work
from amparo.referrals.queries import (
    get_received_referral,
    get_sent_referral,
    list_inbox,
    open_extract,
)
from amparo.referrals.refusals import AlreadyAnswered, NotInThisState, NotReadable
from amparo.vault import door
from amparo.vault.models import Extract
from amparo.vault.veil import unveil
from tests.referrals.conftest import LATER, NOW, Desk

WORDS = "No hay intérprete esta semana."


def accept(desk: Desk, sent: UUID, version: int = 1) -> None:
    accept_referral(desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=version)


def work_of(desk: Desk, who: str) -> list[tuple[str, str]]:
    return [(item.group, item.label) for item in list_work(desk.actor(who, LATER), LATER)]


def test_chidi_accepts_and_amina_is_told(desk: Desk, sent: UUID) -> None:
    accept(desk, sent)
    line = get_sent_referral(desk.actor("amina"), sent)
    assert (line.state, line.accepted_by, line.version) == (ReferralState.ACCEPTED, "Chidi Okoro", 2)
    assert [group for group, _ in work_of(desk, "amina")] == ["new"]
    mark_seen(desk.actor("amina"), now=LATER, person_id=desk.lucia, referral_id=sent)
    assert work_of(desk, "amina") == []


def test_a_second_answer_is_told_who_was_first(desk: Desk, sent: UUID) -> None:
    accept(desk, sent)
    with pytest.raises(AlreadyAnswered) as refused:
        accept(desk, sent)
    assert "Chidi Okoro" in refused.value.reason


def test_an_old_version_is_stale(desk: Desk, sent: UUID) -> None:
    with pytest.raises(Stale):
        accept(desk, sent, version=7)
    assert Referral.objects.get().state == ReferralState.IN_PROGRESS


def test_a_rejection_says_why_and_its_words_reach_only_the_sender(desk: Desk, sent: UUID) -> None:
    reject_referral(
        desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=1, reason="NO_CAPACITY", text=WORDS
    )
    line = get_sent_referral(desk.actor("amina"), sent)
    assert (line.state, line.rejection, line.answered_by) == ("rejected", "NO_CAPACITY", "Chidi Okoro")
    assert line.answer_intake_id is not None
    amina = desk.actor("amina", LATER)
    assert unveil(door.open_intake(amina, line.answer_intake_id, Purpose.REFERRAL, now=LATER)) == {
        "text": WORDS
    }
    assert not Extract.objects.exists()
    assert get_received_referral(desk.actor("chidi", LATER), sent, now=LATER).answer_intake_id is None


@pytest.mark.parametrize("outcome", [Outcome.PROVIDED, Outcome.NO_SHOW, Outcome.DECLINED_BY_PERSON])
def test_the_loop_is_closed_by_the_receiver_and_then_by_the_person(
    desk: Desk, sent: UUID, outcome: Outcome
) -> None:
    accept(desk, sent)
    chidi = desk.actor("chidi", LATER)
    report_done(chidi, now=LATER, referral_id=sent, version=2, outcome=outcome)
    assert not Extract.objects.exists()
    with pytest.raises(NotReadable):
        open_extract(chidi, get_received_referral(chidi, sent, now=LATER), now=LATER)
    line = get_sent_referral(desk.actor("amina"), sent)
    assert (line.state, line.outcome, line.is_confirmed) == (ReferralState.DONE, outcome, False)
    confirm_with_person(desk.actor("amina", LATER), now=LATER, person_id=desk.lucia, referral_id=sent)
    assert get_sent_referral(desk.actor("amina"), sent).is_confirmed


def test_what_was_not_accepted_cannot_be_reported_done(desk: Desk, sent: UUID) -> None:
    with pytest.raises(NotInThisState):
        report_done(
            desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=1, outcome=Outcome.PROVIDED
        )
    with pytest.raises(NotInThisState):
        confirm_with_person(desk.actor("amina"), now=LATER, person_id=desk.lucia, referral_id=sent)


@pytest.mark.parametrize("who", ["amina", "bruno", "dora", "eve", "ines", "consul", "fiscal"])
def test_nobody_but_the_receiver_answers(desk: Desk, sent: UUID, who: str) -> None:
    with pytest.raises(Unknown):
        accept_referral(desk.actor(who, LATER), now=LATER, referral_id=sent, version=1)
    assert Referral.objects.get().state == ReferralState.IN_PROGRESS


def test_a_locked_receiver_does_not_answer(desk: Desk, sent: UUID) -> None:
    locked = replace(desk.actor("chidi", LATER), keys=None)
    with pytest.raises(Locked):
        accept_referral(locked, now=LATER, referral_id=sent, version=1)
    with pytest.raises(Locked):
        reject_referral(locked, now=LATER, referral_id=sent, version=1, reason="NO_CAPACITY")
    accept(desk, sent)
    with pytest.raises(Locked):
        report_done(locked, now=LATER, referral_id=sent, version=2, outcome=Outcome.PROVIDED)
    assert Referral.objects.get().state == ReferralState.ACCEPTED
    assert Extract.objects.exists()


def test_chidi_opens_the_extract_and_never_the_file(desk: Desk, sent: UUID) -> None:
    from amparo.cases.queries import find_by_code, get_file_header

    chidi = desk.actor("chidi", LATER)
    line = get_received_referral(chidi, sent, now=LATER)
    assert open_extract(chidi, line, now=LATER).part("NAMES")
    with pytest.raises(Unknown):
        find_by_code(chidi, desk.code)
    with pytest.raises(Unknown):
        get_file_header(chidi, desk.lucia, purpose="referral", now=LATER)
    with pytest.raises(Unknown):
        door.open(chidi, desk.lucia, ["id"], Purpose.CASE_WORK, now=LATER)  # type: ignore[list-item]


def test_half_the_window_without_an_answer_is_the_supervisors_affair(desk: Desk, sent: UUID) -> None:
    silent = NOW + timedelta(hours=37)
    before = [item.group for item in list_work(desk.actor("bruno", LATER), LATER)]
    after = [item.group for item in list_work(desk.actor("bruno", silent), silent)]
    assert (before, after) == (["waiting"], ["overdue"])


def test_the_receivers_worklist_asks_for_an_answer_then_for_an_outcome(desk: Desk, sent: UUID) -> None:
    first = list_work(desk.actor("chidi", LATER), LATER)
    accept(desk, sent)
    then = list_work(desk.actor("chidi", LATER), LATER)
    assert [(item.group, item.code) for item in first + then] == [("due", first[0].code)] * 2
    assert first[0].code.startswith("RF-")
    assert first[0].label != then[0].label


def test_the_inbox_shows_open_ones_first(desk: Desk, sent: UUID) -> None:
    second = desk.send(desk.request(urgency="ROUTINE"))
    accept(desk, sent)
    report_done(desk.actor("chidi", LATER), now=LATER, referral_id=sent, version=2, outcome=Outcome.PROVIDED)
    assert [line.id for line in list_inbox(desk.actor("chidi", LATER), now=LATER)] == [second, sent]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "accepted", "accepted_by": None}, "referrals_accepted_says_who"),
        ({"state": "rejected", "rejection": ""}, "referrals_rejected_says_why"),
        ({"state": "done", "outcome": ""}, "referrals_done_says_how"),
    ],
)
def test_the_database_refuses_an_answer_without_its_reason(
    desk: Desk, sent: UUID, changes: dict[str, object], constraint: str
) -> None:
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        Referral.objects.filter(id=sent).update(**changes)


def test_the_receivers_worklist_page_opens_with_one_referral_and_no_file(
    desk: Desk, sent: UUID, client: Client
) -> None:
    """A single line made the vault be asked about a person whom Chidi may not know."""
    page = get_worklist(desk.actor("chidi", LATER), now=LATER)
    assert [item.name for _, items in page.groups for item in items] == [None]
    assert desk.cast.chidi.client(client).get("/").status_code == 200
