"""One person's data altered in the database: that file says so, and every list stays usable."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from amparo.cases import queries
from amparo.ledger.models import Entry
from amparo.vault.models import Field, Wrap
from tests.cases.conftest import NOW, House, name, register

SHOWN = "Cannot be opened: damaged"


@pytest.fixture(params=["field", "wrap"])
def damaged(house: House, request: pytest.FixtureRequest) -> House:
    """Lucía's names, or the lock on them, with one byte altered. Marisol, of the same unit, is sound."""
    register(house.amina, house.cast.amina.unit_id, name("Marisol", "Quispe"), now=NOW)
    row = (
        Field.objects.get(record__identity_id=house.lucia, record__compartment="id", name="names")
        if request.param == "field"
        else Wrap.objects.get(record__identity_id=house.lucia, record__compartment="id", holder="unit")
    )
    torn = bytearray(bytes(row.sealed))
    torn[-1] ^= 1
    type(row)._default_manager.filter(pk=row.pk).update(sealed=bytes(torn))
    return house


@pytest.fixture
def amina(damaged: House, client: Client) -> Client:
    damaged.cast.amina.client(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_the_worklist_names_the_others_and_marks_the_damaged_one(amina: Client, damaged: House) -> None:
    answer = amina.get("/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Marisol" in text
    assert damaged.code in text
    assert SHOWN in text


def test_a_search_finds_the_others_and_says_whom_it_could_not_compare(amina: Client, damaged: House) -> None:
    answer = amina.post("/people/search/", {"text": "Quispe"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Marisol" in text
    assert "could not be compared" in text
    assert f'href="/files/{damaged.code}/"' in text


def test_dora_is_told_of_no_damage(damaged: House) -> None:
    queries.search_people(damaged.dora, "Quispe", now=NOW)
    assert queries.list_damaged(damaged.dora) == []


def test_the_file_says_what_to_do_and_keeps_what_is_coded(amina: Client, damaged: House) -> None:
    answer = amina.get(f"/files/{damaged.code}/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert SHOWN in text
    assert "a backup holds the data as they were" in text
    assert "The three histories" in text


def test_changing_the_person_is_refused_with_what_to_do(amina: Client, damaged: House) -> None:
    answer = amina.get(f"/files/{damaged.code}/edit/")
    assert answer.status_code == 409
    assert "vault.damaged" in answer.content.decode()


def test_the_ledger_names_the_damaged_file_once_for_a_list(damaged: House) -> None:
    queries.search_people(damaged.amina, "Quispe", now=NOW)
    (entry,) = Entry.objects.filter(verb="vault.damaged")
    assert entry.subject == damaged.code
    assert entry.details["compartments"] == ["id"]
