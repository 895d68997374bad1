"""The form that registers a person: sent again, sent broken, sent without the answer it asks for."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from amparo.access import actions as access
from amparo.cases.models import Person
from amparo.core.policy import Role
from tests.cases.conftest import NOW, House
from tests.cases.test_pages import english, text, typed

URL = "/people/register/"
FORM_ID = "01890000-0000-7000-8000-0000000000a1"


@pytest.fixture
def amina(house: House) -> Client:
    return house.cast.amina.client(english())


def first(house: House, **more: str) -> dict[str, str]:
    """A form that carries its id, as a browser sends it."""
    return typed(unit=str(house.cast.amina.unit_id), form_id=FORM_ID, precision="", year="1990", **more)


def fields(html: str) -> dict[str, str]:
    """Return the hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_a_form_sent_again_unchanged_leads_to_its_receipt(house: House, amina: Client) -> None:
    sent = first(house, reach="+506 0000 0001", contact_mode="CALL", may_be_child="on")
    there = {amina.post(URL, sent)["Location"] for _ in range(2)}
    assert len(there) == 1
    assert there.pop().endswith("/registered/")


def test_a_form_sent_again_with_other_content_loses_nothing(house: House, amina: Client) -> None:
    """Register, the net hangs, a name and a telephone are corrected, register again."""
    amina.post(URL, first(house, reach="+506 0000 0001"))
    before = Person.objects.count()
    changed = first(house, reach="+506 0000 0002") | {"names-0-given": "Rosario"}
    answer = amina.post(URL, changed)
    page = text(answer)
    assert answer.status_code == 409
    assert Person.objects.count() == before
    for words in ("What you changed afterwards is not saved", "Rosario Zutano", "0000 0002", "0000 0001"):
        assert words in page
    code = Person.objects.get(person_id=UUID(FORM_ID)).person.code
    save_at = reverse("cases_edit", args=[code])
    assert f'action="{save_at}"' in page
    chosen = {"keep-names": "mine", "keep-reach": "mine"}
    assert amina.post(save_at, fields(page) | chosen).status_code == 302
    assert 'value="Rosario"' in text(amina.get(save_at))
    assert "0000 0002" in text(amina.get(save_at))


def test_another_unit_chosen_afterwards_is_not_passed_over(house: House, amina: Client) -> None:
    member, eve = house.cast.amina, house.cast.eve.actor_at(NOW)
    other = access.found_unit(eve, now=NOW, agency_id=member.agency_id, name="Casa B")
    access.grant_post(eve, now=NOW, staff_id=member.id, unit_id=other, role=Role.CASEWORKER)
    amina.post(URL, first(house))
    answer = amina.post(URL, first(house) | {"unit": str(other)})
    assert answer.status_code == 409
    assert "The file stays in the unit that was chosen first." in text(answer)
    assert "Save what I chose" not in text(answer)
