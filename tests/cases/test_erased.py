"""Somebody who was erased: every page says so, no form pretends that something could still be written."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as clock

from amparo.vault import door
from amparo.vault.actions import erase_person
from amparo.vault.data import Compartment, Erased
from tests.cases.conftest import NOW, House
from tests.cases.test_pages import english, text, typed

SAID = "The identity was erased on"


@pytest.fixture
def erased(house: House) -> House:
    erase_person(house.lucia, actor_ref="machine:test", now=clock())
    return house


@pytest.fixture
def amina(erased: House) -> Client:
    return erased.cast.amina.client(english())


@pytest.mark.parametrize("name", ["cases_file", "cases_plan", "cases_timeline", "cases_consents"])
def test_every_tab_says_that_the_identity_was_erased(erased: House, amina: Client, name: str) -> None:
    page = text(amina.get(reverse(name, args=[erased.code])))
    assert SAID in page
    assert "Withheld" not in page


def test_it_is_said_to_who_is_locked_too(erased: House) -> None:
    locked = erased.cast.amina.client(english(), is_unlocked=False)
    assert SAID in text(locked.get(reverse("cases_file", args=[erased.code])))


def test_a_file_that_is_whole_says_nothing_of_it(house: House) -> None:
    client = house.cast.amina.client(english())
    assert SAID not in text(client.get(reverse("cases_file", args=[house.code])))


@pytest.mark.parametrize("name", ["cases_edit", "cases_add_note", "referrals_new"])
def test_forms_that_need_the_identity_are_closed(erased: House, amina: Client, name: str) -> None:
    answer = amina.get(reverse(name, args=[erased.code]))
    assert answer.status_code == 410
    assert "The identity of this person was erased." in text(answer)
    assert "nlock" not in text(answer).split("<main", 1)[1]


def test_what_was_sent_anyway_is_refused_for_what_it_is(erased: House, amina: Client) -> None:
    need = {"code": "HEALTH", "urgency": "ROUTINE", "text": "Consulta"}
    codes = {
        amina.post(reverse("cases_edit", args=[erased.code]), typed(version="1")).status_code,
        amina.post(reverse("cases_add_note", args=[erased.code]), need).status_code,
    }
    assert codes == {410}


def test_the_door_tells_an_erased_person_from_a_missing_key(erased: House) -> None:
    with pytest.raises(Erased):
        door.open(erased.amina, erased.lucia, {Compartment.ID}, "case_work", now=NOW)


def test_who_may_not_know_of_the_file_learns_nothing(erased: House) -> None:
    dora = erased.cast.dora.client(english())
    for name in ("cases_file", "cases_edit", "cases_add_note", "referrals_new"):
        assert dora.get(reverse(name, args=[erased.code])).status_code == 404
