"""How old a person is, as typed: read where it can mean one thing, refused where it contradicts itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from amparo.cases.data import AgeStatus
from amparo.cases.forms.birth import BirthFields
from amparo.cases.models import Person
from tests.cases.conftest import House
from tests.cases.test_pages import english, text, typed

TODAY = localdate()
CHILD = {"day": "3", "month": "3", "year": str(TODAY.year - 11)}
BORN_16_YEARS_AGO = {"day": "1", "month": "1", "year": str(TODAY.year - 16)}


@pytest.fixture
def amina(house: House) -> Client:
    return house.cast.amina.client(english())


@pytest.mark.parametrize(
    ("sent", "precision", "status"),
    [
        ({}, "UNKNOWN", AgeStatus.UNKNOWN),
        (CHILD, "EXACT", AgeStatus.KNOWN),
        ({"year": "2015"}, "PARTIAL", AgeStatus.KNOWN),
        ({"month": "3", "year": "2015"}, "PARTIAL", AgeStatus.KNOWN),
        ({"age_from": "12", "age_to": "14"}, "ESTIMATED", AgeStatus.ESTIMATED),
        ({"age_to": "0"}, "ESTIMATED", AgeStatus.ESTIMATED),
        (BORN_16_YEARS_AGO | {"age_from": "14", "age_to": "17"}, "EXACT", AgeStatus.KNOWN),
        (BORN_16_YEARS_AGO | {"age_from": "14", "precision": "EXACT"}, "EXACT", AgeStatus.KNOWN),
    ],
)
def test_what_is_typed_says_how_much_is_known(sent: dict[str, str], precision: str, status: str) -> None:
    form = BirthFields(sent)
    assert form.is_valid(), form.errors
    assert (form.birth(TODAY).precision, form.age_status()) == (precision, status)


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        (CHILD | {"precision": "UNKNOWN"}, "precision"),
        ({"age_from": "12", "precision": "UNKNOWN"}, "precision"),
        (CHILD | {"precision": "PARTIAL"}, "day"),
        (CHILD | {"age_from": "30", "age_to": "40"}, "age_from"),
        (CHILD | {"age_to": "5", "precision": "EXACT"}, "age_to"),
        ({"year": str(TODAY.year - 16), "age_from": "16", "age_to": "16"}, "age_from"),
        ({"year": "2010", "age_from": "15", "age_to": "16", "precision": "ESTIMATED"}, "year"),
        (CHILD | {"precision": "ESTIMATED"}, "day"),
        ({"day": "3", "year": "2015"}, "month"),
        ({"day": "3", "month": "3"}, "year"),
        ({"month": "3"}, "year"),
        (BORN_16_YEARS_AGO | {"age_from": "20", "age_to": "10"}, "age_to"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(sent: dict[str, str], named: str) -> None:
    assert set(BirthFields(sent).errors) == {named}


def unchosen(house: House, **more: str) -> dict[str, str]:
    """What a browser sends when the choice is left alone."""
    sent = typed(unit=str(house.cast.amina.unit_id), version="1", **more)
    return {name: value for name, value in sent.items() if name != "precision"}


def test_nothing_is_chosen_for_the_worker(house: House, amina: Client) -> None:
    page = text(amina.get(reverse("cases_register")))
    choices = [part for part in page.split("<input")[1:] if 'name="precision"' in part]
    assert len(choices) == 4
    assert not any("checked" in part.split(">")[0] for part in choices)


def test_a_date_typed_without_a_choice_registers_a_child(house: House, amina: Client) -> None:
    assert amina.post(reverse("cases_register"), unchosen(house, **CHILD)).status_code == 302
    newest = Person.objects.exclude(person_id=house.lucia).get()
    assert (newest.age_status, newest.age_band, newest.person.is_child) == ("KNOWN", "A05_11", True)


def test_a_date_typed_without_a_choice_is_saved_by_a_change_too(house: House, amina: Client) -> None:
    url = reverse("cases_edit", args=[house.code])
    assert amina.post(url, unchosen(house, age_from="12", age_to="14")).status_code == 302
    assert Person.objects.get(person_id=house.lucia).age_status == "ESTIMATED"


@pytest.mark.parametrize("name", ["cases_register", "cases_edit"])
def test_a_contradiction_saves_nothing_and_keeps_every_word(house: House, amina: Client, name: str) -> None:
    url = reverse(name, args=[house.code] if name == "cases_edit" else [])
    before = list(Person.objects.values("person_id", "version", "age_status"))
    answer: Any = amina.post(url, unchosen(house, **CHILD, age_from="31", age_to="42"))
    assert answer.status_code == 422
    assert list(Person.objects.values("person_id", "version", "age_status")) == before
    page = text(answer)
    assert 'href="#id_age_from"' in page
    for field, value in {**CHILD, "age_from": "31", "age_to": "42"}.items():
        assert f'name="{field}" value="{value}"' in page
