"""The same form sent twice at the same moment, in two threads, makes one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.cases.actions import register_person
from amparo.cases.data import AlreadyRegistered, Birth, NameEntry, NameKind, Precision
from amparo.cases.models import Person
from amparo.core.truth import Truth
from amparo.procedures.actions import open_procedure, record_finding
from amparo.procedures.data.refusals import AlreadyRecorded
from amparo.procedures.models import Finding
from amparo.referrals.actions import propose_override, send_referral
from amparo.referrals.data import Justification
from amparo.referrals.models import Referral
from amparo.referrals.refusals import AlreadySent
from tests.cases.test_pages import typed as typed_person
from tests.people import make_cast
from tests.racing import race as race
from tests.referrals.conftest import NOW, Desk, make_desk
from tests.referrals.test_pages import typed as typed_referral

Race = Callable[..., list[Any]]
FORM_ID = UUID("01890000-0000-7000-8000-000000000001")
WHY = {
    "basis": "VITAL_INTEREST",
    "reason": "La esperan en la puerta y no se puede hablar con ella sin peligro.",
    "was_explained": "on",
    "refoulement_checked": "on",
    "propose": "1",
}


@pytest.fixture
def desk(race: Race) -> Desk:
    return make_desk(make_cast())


def post_twice(race: Race, desk: Desk, url: str, sent: dict[str, object]) -> list[Any]:
    """Send the same form at once from two windows of Amina's."""
    windows = [desk.cast.amina.client(Client()) for _ in range(2)]

    def post(window: Client) -> Callable[[], Any]:
        return lambda: window.post(url, {**sent, "form_id": str(FORM_ID)})

    return race(*(post(window) for window in windows))


def both_lead_to_one_place(answers: list[Any]) -> bool:
    return [answer.status_code for answer in answers] == [302, 302] and len(
        {answer["Location"] for answer in answers}
    ) == 1


def test_one_person_is_registered(race: Race, desk: Desk) -> None:
    before = Person.objects.count()
    sent: dict[str, object] = {**typed_person(unit=str(desk.cast.amina.unit_id))}
    assert both_lead_to_one_place(post_twice(race, desk, reverse("cases_register"), sent))
    assert Person.objects.count() == before + 1


def test_one_referral_is_sent(race: Race, desk: Desk) -> None:
    desk.consent()
    url = reverse("referrals_new", args=[desk.code])
    assert both_lead_to_one_place(post_twice(race, desk, url, typed_referral(desk, send="1")))
    assert Referral.objects.get().id == FORM_ID


def test_one_override_is_proposed(race: Race, desk: Desk) -> None:
    url = reverse("referrals_override", args=[desk.code])
    assert both_lead_to_one_place(post_twice(race, desk, url, typed_referral(desk, **WHY)))
    assert Referral.objects.get().id == FORM_ID


def test_one_finding_is_recorded(race: Race, desk: Desk) -> None:
    procedure_id = open_procedure(
        desk.actor("amina"), now=NOW, person_id=desk.lucia, definition="victim-identification"
    )
    url = reverse("procedures_element", args=[desk.code, procedure_id, "trafficking.act.transfer"])
    sent: dict[str, object] = {
        "truth": "established",
        "reasons": "Cambió de manos dos veces.",
        "standard": "REASONABLE_GROUNDS",
    }
    assert both_lead_to_one_place(post_twice(race, desk, url, sent))
    assert Finding.objects.get().id == FORM_ID


def test_the_second_of_each_is_a_refusal_that_says_what_to_do(race: Race, desk: Desk) -> None:
    amina, unit_id = desk.actor("amina"), desk.cast.amina.unit_id
    about: dict[str, Any] = {"now": NOW, "person_id": desk.lucia}
    procedure_id = open_procedure(amina, **about, definition="victim-identification")
    desk.consent()

    def register(person_id: UUID) -> object:
        names = [NameEntry(NameKind.OFFICIAL, "Rosa")]
        return register_person(
            amina, now=NOW, unit_id=unit_id, names=names, birth=Birth(Precision.UNKNOWN), person_id=person_id
        )

    def refer(referral_id: UUID) -> object:
        return send_referral(amina, **about, request=desk.request(), referral_id=referral_id)

    def propose(referral_id: UUID) -> object:
        why = Justification("VITAL_INTEREST", WHY["reason"], was_explained=True, refoulement_checked=True)
        return propose_override(
            amina, **about, request=desk.request(), justification=why, referral_id=referral_id
        )

    def find(finding_id: UUID) -> object:
        element = "trafficking.act.transfer"
        told: dict[str, Any] = {"element": element, "truth": Truth.ESTABLISHED, "reasons": "Consta."}
        return record_finding(amina, **about, procedure_id=procedure_id, finding_id=finding_id, **told)

    sent = [(refer, AlreadySent), (propose, AlreadySent)]
    for number, (make, refusal) in enumerate([(register, AlreadyRegistered), *sent, (find, AlreadyRecorded)]):
        form_id = UUID(int=FORM_ID.int + number)
        make(form_id)
        with pytest.raises(refusal) as refused:
            make(form_id)
        assert refused.value.what_next


def test_what_was_sent_again_is_not_passed_over_in_silence(race: Race, desk: Desk) -> None:
    desk.consent()
    amina, url = desk.cast.amina.client(Client()), reverse("referrals_new", args=[desk.code])
    sent = {**typed_referral(desk, send="1"), "form_id": str(FORM_ID)}
    amina.post(url, sent)
    again = amina.post(url, {**sent, "urgency": "IMMEDIATE"}, follow=True)
    assert "ya se había enviado" in again.content.decode()
    assert Referral.objects.get().urgency == "PRIORITY"
