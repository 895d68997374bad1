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


@pytest.mark.parametrize("count", ["abc", "", "-1", "1e3", "99999999999999999999"])
@pytest.mark.parametrize("more", [{"more_names": "1"}, {}])
def test_a_count_of_names_that_is_nonsense_loses_no_name(
    amina: Client, count: str, more: dict[str, str]
) -> None:
    sent = typed(precision="EXACT", **more) | {"names-TOTAL_FORMS": count, "names-1-given": "Rosita"}
    answer = amina.post(URL, sent)
    assert answer.status_code == (200 if more else 422)
    assert 'value="Rosa"' in text(answer)
    assert 'value="Rosita"' in text(answer)


@pytest.mark.parametrize("name", ["cases_register", "cases_edit"])
def test_another_name_is_added_on_both_forms_and_judges_nothing_yet(
    house: House, amina: Client, name: str
) -> None:
    url = reverse(name, args=[house.code] if name == "cases_edit" else [])
    sent = typed(more_names="1", age_from="nine", version="1") | {
        "names-0-given": "",
        "names-TOTAL_FORMS": "1",
    }
    answer = amina.post(url, sent)
    page = text(answer)
    assert answer.status_code == 200
    assert ('name="names-1-given"' in page, 'name="names-2-given"' in page) == (True, False)
    assert 'value="Zutano"' in page
    assert 'value="nine"' in page
    assert "govuk-error" not in page


def test_no_more_names_are_offered_than_are_kept(amina: Client) -> None:
    page = text(amina.post(URL, typed(more_names="1") | {"names-TOTAL_FORMS": "7"}))
    assert 'name="names-7-given"' in page
    assert "Add another name" not in page


@pytest.mark.parametrize("name", ["cases_register", "cases_edit"])
def test_every_error_stands_in_one_box_that_leads_to_its_field(
    house: House, amina: Client, name: str
) -> None:
    url = reverse(name, args=[house.code] if name == "cases_edit" else [])
    wrong = first(house, version="1", nationality_standing="STATED") | {
        "names-0-given": "",
        "precision": "EXACT",
    }
    answer = amina.post(url, wrong)
    page = text(answer)
    assert answer.status_code == 422
    assert page.count("govuk-error-summary__title") == 1
    for field in ("names-0-given", "nationality_1", "day"):
        assert page.count(f'href="#id_{field}"') == 1


def test_who_does_not_say_that_they_looked_is_told_so_at_the_box(house: House, amina: Client) -> None:
    alike = first(house) | {"names-0-given": "Lucia Esperanza", "names-0-first_surname": "Nanez"}
    asked = amina.post(URL, alike)
    assert "govuk-error-summary" not in text(asked)
    told = amina.post(URL, alike | {"seen": house.code})
    assert told.status_code == 422
    assert 'href="#id_is_other_person"' in text(told)
    assert 'id="id_is_other_person-error"' in text(told)
    changed = amina.post(URL, alike | {"seen": "AM-2222-3333", "is_other_person": "1"})
    assert "Somebody else was found meanwhile" in text(changed)
    assert amina.post(URL, alike | {"seen": house.code, "is_other_person": "1"}).status_code == 302
