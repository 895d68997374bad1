"""Sending: with consent, without it, across the firewall, and what exactly is shared."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from amparo.access.data import Denied
from amparo.access.gate import writes_outside_actions
from amparo.cases.data import ConsentState
from amparo.core.refusal import Refusal, Unknown
from amparo.core.sharing import Item
from amparo.ledger.models import Entry
from amparo.referrals.data import ReferralState
from amparo.referrals.models import Referral
from amparo.referrals.queries import (
    get_received_referral,
    get_sent_referral,
    list_inbox,
    list_referrals,
    open_extract,
)
from amparo.referrals.refusals import FirewallHolds, NoConsent, SameUnit
from amparo.vault.models import Extract
from amparo.vault.veil import unveil
from tests.referrals.conftest import AGREED, LATER, NOW, RISKS, Desk


def open_as_chidi(desk: Desk, referral_id: UUID) -> dict[str, object]:
    chidi = desk.actor("chidi", LATER)
    line = get_received_referral(chidi, referral_id, now=LATER)
    content: dict[str, object] = unveil(open_extract(chidi, line, now=LATER))
    return content


def test_chidi_reads_the_extract_that_lucia_agreed_to(desk: Desk, sent: UUID) -> None:
    content = open_as_chidi(desk, sent)
    assert content["NAMES"] == ["Lucía Esperanza Ñáñez Quispe"]
    assert content["SAFE_CONTACT"] == {"mode": "CALL", "reach": "+506 0000 0000"}
    assert content["RISKS"] == RISKS
    assert content["SENDER"] == {
        "unit": "Equipo de acogida",
        "agency": "Casa Ceibo",
        "worker": "Amina Diallo",
        "call_line": "+506 2222 1111",
    }


def test_nothing_else_is_in_the_extract(desk: Desk, sent: UUID) -> None:
    content = open_as_chidi(desk, sent)
    always = {"CASE_CODE", "SENDER", "SERVICE", "URGENCY", "CONSENT"}
    assert set(content) == always | {str(item) for item in AGREED}
    assert "su tío" not in repr(content)
    assert desk.code not in repr(content)


def test_what_was_asked_beyond_the_consent_is_left_out(desk: Desk) -> None:
    desk.consent(data_items=(Item.LANGUAGE,))
    asked = desk.request(items=frozenset({Item.LANGUAGE, Item.NAMES, Item.NATIONALITY}))
    content = open_as_chidi(desk, desk.send(asked))
    assert {"NAMES", "NATIONALITY"}.isdisjoint(content)
    assert content["LANGUAGE"] == {"languages": ["es"], "interpreter": "UNKNOWN"}


def test_what_lucia_restricted_stays_out_although_she_agreed_to_more(desk: Desk) -> None:
    desk.consent(restrictions=(Item.NAMES,))
    assert "NAMES" not in open_as_chidi(desk, desk.send())


def test_story_grounds_and_photo_cannot_be_asked_for(desk: Desk) -> None:
    never = frozenset({Item.STORY, Item.ASYLUM_GROUNDS, Item.PHOTO, Item.ADDRESS, Item.HEALTH})
    desk.consent(data_items=tuple(never))
    assert never.isdisjoint(desk.request(items=never).wanted)
    assert Item.STORY not in open_as_chidi(desk, desk.send(desk.request(items=never)))


@pytest.mark.parametrize(
    "changes",
    [
        None,
        {"purpose": "HEALTH"},
        {"until_date": date(2026, 11, 19), "from_date": date(2026, 11, 1)},
        {"to": "dora"},
        {"state": ConsentState.REFUSED},
    ],
    ids=["none", "other purpose", "ended", "other recipient", "refused"],
)
def test_without_a_consent_that_covers_it_nothing_is_shared(
    desk: Desk, changes: dict[str, object] | None
) -> None:
    if changes is not None:
        desk.consent(**changes)  # type: ignore[arg-type]
    with pytest.raises(NoConsent) as refused:
        desk.send()
    assert refused.value.reason
    assert refused.value.what_next
    assert not Referral.objects.exists()
    assert not Extract.objects.exists()


def test_nothing_goes_to_the_country_of_origin_even_with_consent(desk: Desk) -> None:
    desk.consent(to="consul")
    with pytest.raises(FirewallHolds):
        desk.send(desk.request(to="consul"))
    assert not Extract.objects.exists()


def test_the_same_consent_lets_a_unit_that_is_not_of_origin_receive(desk: Desk) -> None:
    desk.consent(to="fiscal")
    assert desk.send(desk.request(to="fiscal"))


def test_the_unit_that_holds_the_file_is_no_receiver(desk: Desk) -> None:
    desk.consent(to="bruno")
    with pytest.raises(SameUnit):
        desk.send(desk.request(to="bruno"))


@pytest.mark.parametrize("who", ["dora", "eve", "ines", "consul", "chidi"])
def test_who_does_not_hold_the_file_cannot_refer(desk: Desk, who: str) -> None:
    from amparo.referrals.actions import send_referral

    desk.consent()
    with pytest.raises((Unknown, Denied)):
        send_referral(desk.actor(who), now=NOW, person_id=desk.lucia, request=desk.request())


def test_a_locked_actor_is_told_to_unlock(desk: Desk) -> None:
    from amparo.referrals.actions import send_referral

    desk.consent()
    with pytest.raises(Refusal) as refused:
        send_referral(desk.cast.amina.locked, now=NOW, person_id=desk.lucia, request=desk.request())
    assert refused.value.code == "access.locked"


def test_the_clocks_follow_the_urgency_and_the_consent(desk: Desk, sent: UUID) -> None:
    line = get_sent_referral(desk.actor("amina"), sent)
    assert line.due_at == NOW + timedelta(hours=72)
    assert line.escalate_at == NOW + timedelta(hours=36)
    assert line.expires_at == NOW + timedelta(days=30)
    desk.consent(until_date=date(2026, 11, 22))
    assert get_sent_referral(desk.actor("amina"), desk.send()).expires_at.date() == date(2026, 11, 22)


def test_the_ledger_says_what_was_shared_and_never_what_it_said(desk: Desk, sent: UUID) -> None:
    open_as_chidi(desk, sent)
    rows = list(Entry.objects.filter(verb__in=["referrals.send", "vault.open_extract"]).order_by("at"))
    assert [row.verb for row in rows] == ["referrals.send", "vault.open_extract"]
    assert all(row.subject == desk.code for row in rows)
    assert "NAMES" in rows[0].details["items"]
    assert "Lucía" not in repr([row.details for row in Entry.objects.all()])
    assert RISKS not in repr([row.details for row in Entry.objects.all()])


def test_only_the_two_sides_know_of_it(desk: Desk, sent: UUID) -> None:
    assert [line.id for line in list_inbox(desk.actor("chidi", LATER), now=LATER)] == [sent]
    assert [line.id for line in list_referrals(desk.actor("bruno"), desk.lucia)] == [sent]
    for who in ("dora", "eve", "ines", "consul", "fiscal", "amina"):
        assert list_inbox(desk.actor(who, LATER), now=LATER) == []
        with pytest.raises(Unknown):
            get_received_referral(desk.actor(who, LATER), sent, now=LATER)
    for who in ("dora", "eve", "ines", "consul", "fiscal", "chidi"):
        assert list_referrals(desk.actor(who), desk.lucia) == []


def test_the_receiver_never_learns_the_case_code(desk: Desk, sent: UUID) -> None:
    line = get_received_referral(desk.actor("chidi", LATER), sent, now=LATER)
    assert (line.code, line.answer_intake_id) == ("", None)
    assert line.reference.startswith("RF-")


def test_a_receiver_who_is_named_is_the_only_one_who_reads_it(desk: Desk) -> None:
    desk.consent()
    named = desk.send(desk.request(to_staff_id=desk.cast.chidi.id))
    assert [line.id for line in list_inbox(desk.actor("chidi", LATER), now=LATER)] == [named]


def test_the_database_refuses_a_referral_that_nothing_stands_behind(desk: Desk, sent: UUID) -> None:
    row = Referral.objects.get(id=sent)
    row.id, row.reference, row.consent_id = UUID(int=7), "RF-TEST-TEST", None
    with (
        writes_outside_actions("a planted breach"),
        pytest.raises(IntegrityError, match="referrals_consent_or_signed_override"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)
    assert Referral.objects.get().state == ReferralState.IN_PROGRESS
