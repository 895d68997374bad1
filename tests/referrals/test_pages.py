"""The pages: what each side sees, the ways forward of a refusal, and that nothing else can be told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.access.actions import appoint_guardian
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Membership, Scope
from amparo.access.queries import list_granted, machine_actor
from amparo.cases.data import AgeStatus, Birth, CodedFacts, Precision, age_facts
from amparo.core.policy import Role
from amparo.referrals.actions import accept_referral, cancel_referral, offer_service
from amparo.referrals.data import ReferralState
from amparo.referrals.extract import Sources, _age
from amparo.referrals.models import Referral, ServiceOffer
from tests.referrals.conftest import NOW, RISKS, Desk


def typed(desk: Desk, to: str = "chidi", **changes: object) -> dict[str, object]:
    offer = ServiceOffer.objects.get(unit_id=desk.cast.everybody[to].unit_id)
    return {
        "offer": str(offer.id),
        "staff": "",
        "purpose": "ASYLUM",
        "urgency": "PRIORITY",
        "items": ["LANGUAGE", "NAMES", "RISKS", "NATIONALITY"],
        "risks": RISKS,
        "guardian": "",
        **changes,
    }


def test_amina_previews_sends_and_gets_a_receipt(desk: Desk, client: Client) -> None:
    desk.consent()
    amina, url = desk.cast.amina.client(client), reverse("referrals_new", args=[desk.code])
    shown = amina.post(url, typed(desk, preview="1"))
    assert shown.status_code == 200
    page = shown.content.decode()
    assert "Lucía Esperanza Ñáñez Quispe" in page
    assert "la persona no lo aceptó" in page
    assert not Referral.objects.exists()
    sent = amina.post(url, typed(desk, send="1"), follow=True)
    referral = Referral.objects.get()
    assert referral.reference in sent.content.decode()
    assert "NATIONALITY" not in referral.shared_items


def test_the_same_form_sent_twice_is_one_referral(desk: Desk, client: Client) -> None:
    desk.consent()
    amina, url = desk.cast.amina.client(client), reverse("referrals_new", args=[desk.code])
    asked = re.search(r'name="form_id" value="([0-9a-f-]{36})"', amina.get(url).content.decode())
    assert asked is not None
    carried = typed(desk, form_id=asked[1])
    assert (
        f'name="form_id" value="{asked[1]}"' in amina.post(url, {**carried, "preview": "1"}).content.decode()
    )
    first, second = (amina.post(url, {**carried, "send": "1"}) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Referral.objects.get().id == UUID(asked[1])


def test_without_consent_the_page_says_why_and_offers_the_ways_forward(desk: Desk, client: Client) -> None:
    answer = desk.cast.amina.client(client).post(
        reverse("referrals_new", args=[desk.code]), typed(desk, send="1")
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert reverse("cases_record_consent", args=[desk.code]) in page
    assert reverse("referrals_override", args=[desk.code]) in page
    assert RISKS in page
    assert not Referral.objects.exists()


def test_the_country_of_origin_is_refused_on_the_page_too(desk: Desk, client: Client) -> None:
    setup = machine_actor("setup", now=NOW)
    offer_service(setup, now=NOW, unit_id=desk.cast.consul.unit_id, service_type="DOCUMENTS")
    desk.consent(to="consul")
    answer = desk.cast.amina.client(client).post(
        reverse("referrals_new", args=[desk.code]), typed(desk, to="consul", send="1")
    )
    assert (answer.status_code, Referral.objects.count()) == (409, 0)


def test_an_incomplete_override_keeps_what_was_typed(desk: Desk, client: Client) -> None:
    why = {"basis": "VITAL_INTEREST", "reason": "Corto.", "propose": "1"}
    answer = desk.cast.amina.client(client).post(
        reverse("referrals_override", args=[desk.code]), typed(desk, **why)
    )
    page = answer.content.decode()
    assert "Corto." in page
    assert "40 caracteres" in page
    assert not Referral.objects.exists()


def test_chidi_reads_accepts_and_reports(desk: Desk, sent: UUID, client: Client) -> None:
    chidi, url = desk.cast.chidi.client(client), reverse("referrals_received", args=[sent])
    page = chidi.get(url).content.decode()
    assert "Lucía Esperanza Ñáñez Quispe" in page
    assert desk.code not in page
    assert chidi.post(url, {"accept": "1", "version": "1"}).status_code == 302
    late = chidi.post(url, {"accept": "1", "version": "1"})
    assert late.status_code == 409
    assert "Chidi Okoro" in late.content.decode()
    missing = chidi.post(url, {"done": "1", "version": "2"})
    assert missing.status_code == 200
    assert Referral.objects.get().state == ReferralState.ACCEPTED
    chidi.post(url, {"done": "1", "version": "2", "done-outcome": "NO_SHOW"})
    assert Referral.objects.get().state == ReferralState.DONE


def test_locked_the_extract_stays_closed(desk: Desk, sent: UUID, client: Client) -> None:
    page = desk.cast.chidi.client(client, is_unlocked=False).get(reverse("referrals_received", args=[sent]))
    assert page.status_code == 200
    assert "Lucía" not in page.content.decode()


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (ReferralState.IN_PROGRESS, {"accept": "1", "version": "1"}),
        (ReferralState.IN_PROGRESS, {"reject": "1", "version": "1", "reject-reason": "NO_CAPACITY"}),
        (ReferralState.ACCEPTED, {"done": "1", "version": "2", "done-outcome": "PROVIDED"}),
    ],
)
def test_locked_no_button_is_shown_and_no_answer_is_taken(
    desk: Desk, sent: UUID, client: Client, state: ReferralState, answer: dict[str, str]
) -> None:
    """A locked session could accept and close a referral that it could not read."""
    url = reverse("referrals_received", args=[sent])
    if state is ReferralState.ACCEPTED:
        desk.cast.chidi.client(client).post(url, {"accept": "1", "version": "1"})
    locked = desk.cast.chidi.client(Client(), is_unlocked=False)
    page = locked.get(url).content.decode()
    assert not [name for name in ("accept", "reject", "done") if f'name="{name}"' in page]
    assert locked.post(url, answer).status_code != 200
    assert Referral.objects.get().state == state


@pytest.mark.parametrize("who", ["dora", "eve", "ines", "consul", "fiscal", "amina"])
def test_for_everybody_else_the_referral_does_not_exist(
    desk: Desk, sent: UUID, client: Client, who: str
) -> None:
    other = desk.cast.everybody[who].client(client)
    there, nowhere = (other.get(reverse("referrals_received", args=[one])) for one in (sent, UUID(int=5)))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert "RF-" not in other.get(reverse("referrals_inbox")).content.decode()


@pytest.mark.parametrize("who", ["dora", "chidi", "consul"])
def test_the_senders_pages_do_not_exist_for_other_units(
    desk: Desk, sent: UUID, client: Client, who: str
) -> None:
    other = desk.cast.everybody[who].client(client)
    for name, rest in (("referrals_of_file", []), ("referrals_sent", [sent]), ("referrals_receipt", [sent])):
        there = other.get(reverse(name, args=[desk.code, *rest]))
        nowhere = other.get(reverse(name, args=["AM-2222-2222", *rest]))
        assert (there.status_code, there.content) == (404, nowhere.content)


def test_the_receiver_says_that_they_stopped_and_the_sender_reads_it(
    desk: Desk, sent: UUID, client: Client
) -> None:
    cancel_referral(desk.actor("amina"), now=NOW, person_id=desk.lucia, referral_id=sent, version=1)
    chidi, url = desk.cast.chidi.client(client), reverse("referrals_received", args=[sent])
    assert 'name="stopped"' in chidi.get(url).content.decode()
    assert chidi.post(url, {"stopped": "1"}).status_code == 302
    assert 'name="stopped"' not in chidi.get(url).content.decode()
    amina = desk.cast.amina.client(Client())
    assert "Chidi Okoro" in amina.get(reverse("referrals_sent", args=[desk.code, sent])).content.decode()


def test_who_withdraws_a_consent_reads_before_what_will_stop_and_after_what_stopped(
    desk: Desk, client: Client
) -> None:
    consent, other = desk.consent(), desk.consent(to="fiscal", purpose="CRIMINAL_JUSTICE")
    accepted = desk.send()
    accept_referral(desk.actor("chidi", NOW), now=NOW, referral_id=accepted, version=1)
    reference = Referral.objects.get().reference
    amina, url = desk.cast.amina.client(client), reverse("cases_withdraw_consent", args=[desk.code, consent])
    before = amina.get(url).content.decode()
    assert reference in before
    assert "también lo que un receptor ya aceptó" in before
    beside = amina.get(reverse("cases_withdraw_consent", args=[desk.code, other])).content.decode()
    assert reference not in beside
    after = amina.post(url, {"version": "1"}, follow=True).content.decode()
    assert "El consentimiento está retirado" in after
    assert reference in after


def test_withdrawing_first_says_what_it_does_and_changes_nothing(
    desk: Desk, sent: UUID, client: Client
) -> None:
    amina, url = desk.cast.amina.client(client), reverse("referrals_sent", args=[desk.code, sent])
    page = amina.get(url).content.decode()
    assert 'name="cancel"' not in page
    assert "?withdraw=1" in page
    asked = amina.get(url, {"withdraw": "1"}).content.decode()
    assert "El extracto se destruye de inmediato" in asked
    assert 'name="cancel"' in asked
    assert Referral.objects.get().state == ReferralState.IN_PROGRESS
    assert amina.post(url, {"cancel": "1", "version": "1"}).status_code == 302
    assert Referral.objects.get().state == ReferralState.REVOKED
    assert 'name="cancel"' not in amina.get(url, {"withdraw": "1"}).content.decode()


def test_a_receiver_whose_extract_is_gone_is_shown_as_ended(desk: Desk, sent: UUID, client: Client) -> None:
    assert [line.is_ended for line in list_granted(desk.lucia, now=NOW)] == [False]
    version = Referral.objects.get().version
    cancel_referral(desk.actor("amina"), now=NOW, person_id=desk.lucia, referral_id=sent, version=version)
    assert [line.is_ended for line in list_granted(desk.lucia, now=NOW)] == [True]


def test_an_extract_says_that_a_child_is_presumed_and_an_age_estimated() -> None:
    birth = Birth(Precision.ESTIMATED, date(2007, 1, 1), date(2010, 12, 31))
    age = age_facts(birth, status=AgeStatus.ESTIMATED, may_be_child=False, as_of=NOW.date())
    assert age.band == "SPANS_18"
    facts = CodedFacts(
        age.band, age.child_on(NOW.date()), "FEMALE", (), "NO", (), (), age.status, age.is_presumed_child
    )
    assert _age(Sources(facts, (), None, None, "", {}, {})) == {  # type: ignore[arg-type]
        "band": "SPANS_18",
        "child": "ESTABLISHED",
        "status": "ESTIMATED",
        "presumed": "yes",
    }


def test_the_guardian_who_was_appointed_stands_in_the_form(desk: Desk, client: Client) -> None:
    """The worker sees and may change it; what goes is still what the consent covers."""
    with writes_outside_actions("the person is a child in this test"):
        Scope.objects.filter(id=desk.lucia).update(is_child=True)
    Membership.objects.filter(staff_id=desk.cast.dora.id).update(role=Role.GUARDIAN)
    amina, url = desk.cast.amina.client(client), reverse("referrals_new", args=[desk.code])
    assert amina.get(url).context["form"]["guardian"].value() == ""
    appoint_guardian(
        desk.actor("bruno"),
        now=NOW,
        person_id=desk.lucia,
        staff_id=desk.cast.dora.id,
        until_at=timezone.now() + timedelta(days=30),
    )
    assert 'name="guardian" value="Dora Jiménez"' in amina.get(url).content.decode()
    changed = amina.post(url, typed(desk, guardian="Nadie") | {"back": "1"})
    assert changed.context["form"]["guardian"].value() == "Nadie"
