"""A child does not agree alone: assent, and a guardian, the authority or a best-interests record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.access.actions import appoint_guardian, end_grant, found_agency, found_unit
from amparo.access.gate import action, writes_outside_actions
from amparo.access.models import Grant, Membership, Notice
from amparo.access.queries import list_guardians, machine_actor
from amparo.access.scoping import update_scope
from amparo.cases import actions, queries
from amparo.cases.data import (
    AgeStatus,
    AssentMissing,
    BasisOfAnAdult,
    Birth,
    ChildAlone,
    ChildAssent,
    ChildRefused,
    ConsentGiver,
    ConsentState,
    Precision,
    Representative,
    StandIn,
    UrgencyNotExplained,
)
from amparo.cases.forms.files import ConsentForm
from amparo.cases.models import Consent, Person
from amparo.core.policy import AgencyKind, Relation, Role
from amparo.core.refusal import Refusal
from amparo.core.sharing import Item
from tests.cases.conftest import NOW, House, name, register
from tests.people import Cast

BORN = date(2013, 5, 4)
TODDLER = date(2023, 5, 4)
URGENT = "El hombre que la vendió espera en la puerta del albergue."


@dataclass
class Home:
    """The house, and Nila: a girl of thirteen."""

    house: House
    nila: UUID

    @property
    def cast(self) -> Cast:
        return self.house.cast

    def consent(self, person_id: UUID | None = None, **facts: Any) -> UUID:
        told: dict[str, Any] = {
            "purpose": "ASYLUM",
            "recipients": [self.cast.chidi.unit_id],
            "data_items": [Item.NAMES],
            "until_date": NOW.date() + timedelta(days=30),
            "legal_basis": "ASSENT_AND_GUARDIAN",
            "child_assent": ChildAssent.GIVEN,
        }
        return actions.record_consent(
            self.house.amina, now=NOW, person_id=person_id or self.nila, **told | facts
        )

    def holds(self, person_id: UUID | None = None) -> bool:
        found = queries.find_consent(
            self.house.amina,
            person_id or self.nila,
            purpose="ASYLUM",
            recipient_unit_id=self.cast.chidi.unit_id,
            as_of=NOW.date(),
        )
        return found is not None

    def guardian(self) -> Representative:
        """Appoint Dora, for this test a guardian by profession."""
        Membership.objects.filter(staff_id=self.cast.dora.id).update(role=Role.GUARDIAN)
        until = NOW + timedelta(days=30)
        appoint_guardian(
            self.house.bruno, now=NOW, person_id=self.nila, staff_id=self.cast.dora.id, until_at=until
        )
        return Representative(StandIn.GUARDIAN, self.cast.dora.id)


def girl(house: House, born: date = BORN) -> UUID:
    birth = Birth(Precision.EXACT, born, born)
    return actions.register_person(
        house.amina,
        now=NOW,
        unit_id=house.cast.amina.unit_id,
        names=[name("Nila", "Coc")],
        birth=birth,
        age_status=AgeStatus.KNOWN,
    )


@pytest.fixture
def home(house: House) -> Home:
    return Home(house, girl(house))


def authority() -> Representative:
    setup = machine_actor("setup", now=NOW)
    agency = found_agency(setup, now=NOW, name="Autoridad de la Niñez", kind=AgencyKind.CHILD_PROTECTION)
    return Representative(StandIn.AUTHORITY, found_unit(setup, now=NOW, agency_id=agency, name="Protección"))


@action("cases.edit_person", about="person_id")
def record_best_interests(actor: Any, *, now: Any, person_id: UUID) -> None:
    update_scope(person_id, has_best_interests=True)


def test_a_child_agrees_with_the_guardian_who_is_appointed(home: Home) -> None:
    home.consent(representative=home.guardian())
    row = Consent.objects.get()
    assert (row.stand_in, row.stand_in_id, row.given_by) == (
        StandIn.GUARDIAN,
        home.cast.dora.id,
        ConsentGiver.BOTH,
    )
    assert home.holds()


def test_a_child_agrees_with_the_child_protection_authority(home: Home) -> None:
    home.consent(representative=authority())
    assert home.holds()


def test_a_best_interests_record_stands_beside_the_child(home: Home) -> None:
    record = Representative(StandIn.BEST_INTERESTS)
    with pytest.raises(ChildAlone):
        home.consent(representative=record, legal_basis="BEST_INTEREST")
    record_best_interests(home.house.amina, now=NOW, person_id=home.nila)
    home.consent(representative=record, legal_basis="BEST_INTEREST", child_assent=ChildAssent.TOO_YOUNG)
    assert home.holds()


Make = Callable[[Home], Representative | None]
NOBODY: dict[str, Make] = {
    "nobody": lambda home: None,
    "somebody who is no guardian": lambda home: Representative(StandIn.GUARDIAN, home.cast.dora.id),
    "a unit that is no authority": lambda home: Representative(StandIn.AUTHORITY, home.cast.chidi.unit_id),
}


@pytest.mark.parametrize("who", NOBODY)
@pytest.mark.parametrize("basis", ["CONSENT", "ASSENT_AND_GUARDIAN", "BEST_INTEREST", "LEGAL_OBLIGATION"])
def test_a_child_alone_shares_nothing_on_any_basis(home: Home, who: str, basis: str) -> None:
    with pytest.raises(ChildAlone):
        home.consent(representative=NOBODY[who](home), legal_basis=basis)
    assert not home.holds()


def test_a_guardian_whose_appointment_ended_no_longer_agrees(home: Home) -> None:
    beside = home.guardian()
    grant = Grant.objects.get(relation=Relation.GUARDIAN)
    end_grant(home.house.bruno, now=NOW, person_id=home.nila, grant_id=grant.id)
    with pytest.raises(ChildAlone):
        home.consent(representative=beside)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"child_assent": None}, AssentMissing),
        ({"child_assent": ChildAssent.TOO_YOUNG}, AssentMissing),
        ({"child_assent": ChildAssent.REFUSED}, ChildRefused),
        ({"legal_basis": "CONSENT"}, BasisOfAnAdult),
        ({"legal_basis": "OTHER_LEGITIMATE"}, BasisOfAnAdult),
    ],
)
def test_what_the_child_says_counts(home: Home, facts: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        home.consent(representative=home.guardian(), **facts)
    assert not Consent.objects.exists()


def test_the_guardian_answers_for_a_toddler(home: Home) -> None:
    small, beside = girl(home.house, TODDLER), authority()
    home.consent(small, representative=beside, child_assent=ChildAssent.TOO_YOUNG)
    assert Consent.objects.get().given_by == ConsentGiver.GUARDIAN
    assert home.holds(small)


def test_whose_age_nobody_knows_may_be_a_child(home: Home) -> None:
    unknown = register(home.house.amina, home.cast.amina.unit_id, name("Sin", "Edad"))
    with pytest.raises(ChildAlone):
        home.consent(unknown, legal_basis="CONSENT", child_assent=None)


def test_a_refusal_needs_nobody_else(home: Home) -> None:
    home.consent(state=ConsentState.REFUSED, child_assent=None, legal_basis="CONSENT")
    assert Consent.objects.get().state == ConsentState.REFUSED


def test_a_vital_interest_is_explained_and_the_supervisor_is_told(home: Home) -> None:
    for short in ("", "Urge.", "x" * 39, " " * 60):
        with pytest.raises(UrgencyNotExplained):
            home.consent(legal_basis="VITAL_INTEREST", child_assent=None, urgent_reason=short)
    home.consent(legal_basis="VITAL_INTEREST", child_assent=None, urgent_reason=URGENT)
    told = Notice.objects.filter(kind="urgent_consent").values_list("staff_id", flat=True)
    assert list(told) == [home.cast.bruno.id]
    assert home.holds()


def test_what_an_adult_agreed_to_holds_no_more_once_they_may_be_a_child(home: Home) -> None:
    lucia = home.house.lucia
    home.consent(lucia, legal_basis="CONSENT", child_assent=None)
    assert home.holds(lucia)
    with writes_outside_actions("test"):
        Person.objects.filter(person_id=lucia).update(is_presumed_child=True)
    assert not home.holds(lucia)


def test_dora_learns_of_no_guardian(home: Home) -> None:
    home.guardian()
    assert list_guardians(home.house.amina, home.nila) == {home.cast.dora.id: "Dora Jiménez"}
    assert list_guardians(home.cast.chidi.actor_at(NOW), home.nila) == {}


def test_the_form_asks_for_the_guardian_and_keeps_what_was_typed(home: Home) -> None:
    amina = home.cast.amina.client(Client())
    amina.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    code = queries.get_refs(home.house.amina, [home.nila])[home.nila].code
    url = reverse("cases_record_consent", args=[code])
    beside = home.guardian()
    today = timezone.localdate()
    typed = {
        "answer": "GIVEN",
        "purpose": "ASYLUM",
        "recipients": [str(home.cast.chidi.unit_id)],
        "data_items": ["NAMES"],
        "from_date": today.isoformat(),
        "until_date": (today + timedelta(days=9)).isoformat(),
        "child_assent": "GIVEN",
        "legal_basis": "ASSENT_AND_GUARDIAN",
        "language": "es",
    }
    alone = amina.post(url, typed)
    assert alone.status_code == 422
    assert "alone is not enough" in alone.content.decode()
    assert "Dora Jiménez" in alone.content.decode()
    done = amina.post(url, typed | {"representative": f"GUARDIAN:{beside.id}"})
    assert done.status_code == 302
    page = amina.get(reverse("cases_consents", args=[code])).content.decode()
    assert "Holds today" in page
    assert "The child agrees" in page


@pytest.mark.parametrize("who", ["child", "adult"])
def test_every_question_of_the_form_stands_in_one_of_its_parts(home: Home, who: str) -> None:
    """The page draws its fields by name: one that it forgot could never be answered."""
    home.guardian()
    asked = {name for name in ConsentForm.base_fields if name not in {"child_assent", "representative"}}
    person = home.house.lucia
    if who == "child":
        asked, person = set(ConsentForm.base_fields) - {"given_by"}, home.nila
    code = queries.get_refs(home.house.amina, [person])[person].code
    html = home.cast.amina.client(Client()).get(reverse("cases_record_consent", args=[code])).content.decode()
    assert {name for name in asked if f'name="{name}"' not in html} == set()


def test_what_is_folded_opens_where_something_is_wrong_in_it(home: Home) -> None:
    url = reverse("cases_record_consent", args=[home.house.code])
    amina = home.cast.amina.client(Client())
    assert '<details class="am-fold" open>' not in amina.get(url).content.decode()
    answer = amina.post(url, {"answer": "GIVEN", "urgent_reason": "x" * 9000})
    assert answer.status_code == 422
    assert '<details class="am-fold" open>' in answer.content.decode()
