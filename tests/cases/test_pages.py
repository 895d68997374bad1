"""The pages: names only where they may be, what was typed stays, nobody else can tell."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.cases import actions, queries
from amparo.cases.models import File, Need, Person, StatusInterval
from amparo.core.policy import Purpose
from tests.cases.conftest import House

NAME = "Ñáñez"
PAGES = ["cases_file", "cases_plan", "cases_histories", "cases_consents", "cases_timeline", "cases_access"]
FORMS = [
    "cases_edit",
    "cases_add_need",
    "cases_add_note",
    "cases_add_task",
    "cases_record_consent",
    "cases_add_relation",
    "cases_request_closure",
]


def english() -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def amina(house: House) -> Client:
    return house.cast.amina.client(english())


@pytest.fixture
def bruno(house: House) -> Client:
    return house.cast.bruno.client(english())


def typed(**more: str) -> dict[str, str]:
    """What a browser sends for a registration in which only a name was typed."""
    return {
        "names-TOTAL_FORMS": "2",
        "names-INITIAL_FORMS": "0",
        "names-0-given": "Rosa",
        "names-0-first_surname": "Zutano",
        "precision": "UNKNOWN",
        "needs_interpreter": "UNKNOWN",
        "nationality_standing": "UNKNOWN",
        **more,
    }


def text(response: Any) -> str:
    return str(response.content.decode())


def title(response: Any) -> str:
    return text(response).split("<title>")[1].split("</title>")[0]


def test_a_page_names_the_person_in_its_body_and_never_in_its_title(house: House, amina: Client) -> None:
    for name in [*PAGES, *FORMS, "cases_registered"]:
        response = amina.get(reverse(name, args=[house.code]))
        assert response.status_code == 200, name
        assert NAME in text(response), name
        assert house.code in title(response), name
        assert NAME not in title(response), name
        assert "no-store" in response["Cache-Control"], name


def test_locked_a_page_shows_the_code_and_no_name(house: House) -> None:
    locked = house.cast.amina.client(Client(), is_unlocked=False)
    for name in [*PAGES, *FORMS[1:]]:
        response = locked.get(reverse(name, args=[house.code]))
        assert response.status_code == 200, name
        assert house.code in text(response), name
        assert NAME not in text(response), name


def test_dora_gets_the_same_answer_as_for_a_file_that_does_not_exist(house: House) -> None:
    dora = house.cast.dora.client(Client())
    for name in [*PAGES, *FORMS, "cases_registered"]:
        real, made_up = (dora.get(reverse(name, args=[code])) for code in (house.code, "AM-2222-2222"))
        assert real.status_code == made_up.status_code == 404, name
        assert text(real).replace(house.code, "AM-2222-2222") == text(made_up), name


@pytest.mark.parametrize("who", ["eve", "ines", "consul", "fiscal"])
def test_who_has_no_case_rights_is_shown_no_file(house: House, who: str) -> None:
    client = house.cast.everybody[who].client(Client())
    response = client.get(reverse("cases_file", args=[house.code]))
    assert response.status_code == 404
    assert NAME not in text(client.get("/"))


def test_a_registration_ends_with_a_receipt(house: House, amina: Client) -> None:
    sent = amina.post("/people/register/", typed(unit=str(house.cast.amina.unit_id)), follow=True)
    assert sent.redirect_chain[-1][0].endswith("/registered/")
    assert "The person is registered" in text(sent)
    assert Person.objects.count() == 2


def test_a_mistake_keeps_what_was_typed_and_registers_nobody(house: House, amina: Client) -> None:
    wrong = typed(unit=str(house.cast.amina.unit_id), precision="EXACT", day="31", month="2", year="2001")
    response = amina.post("/people/register/", wrong)
    assert response.status_code == 422
    assert "There is no such day." in text(response)
    assert 'value="Zutano"' in text(response)
    assert Person.objects.count() == 1


def test_a_possible_duplicate_is_shown_before_anything_is_saved(house: House, amina: Client) -> None:
    unit = str(house.cast.amina.unit_id)
    alike = typed(unit=unit) | {"names-0-given": "Luzia", "names-0-first_surname": "Nañes"}
    shown = amina.post("/people/register/", alike)
    assert house.code in text(shown)
    assert Person.objects.count() == 1
    unseen = amina.post("/people/register/", alike | {"is_other_person": "1"})
    assert (unseen.status_code, Person.objects.count()) == (422, 1)
    amina.post("/people/register/", alike | {"is_other_person": "1", "seen": house.code})
    assert Person.objects.count() == 2


def test_another_name_can_be_added_without_losing_the_rest(house: House, amina: Client) -> None:
    response = amina.post("/people/register/", typed(more_names="1", code_word="girasol"))
    assert 'name="names-2-given"' in text(response)
    assert 'value="girasol"' in text(response)


def test_invisible_and_direction_marks_are_dropped(house: House, amina: Client) -> None:
    tricky = typed(unit=str(house.cast.amina.unit_id)) | {"names-0-given": "Ro\u202esa\u0007"}
    amina.post("/people/register/", tricky)
    found = queries.search_people(house.cast.amina.actor, "Rosa Zutano", now=timezone.now())
    assert found[0].score == 100


def test_search_by_name_shows_it_and_keeps_it_out_of_the_address(house: House, amina: Client) -> None:
    response = amina.post("/people/search/", {"text": "nanes lucia"})
    assert NAME in text(response)
    assert response.request["QUERY_STRING"] == ""
    assert amina.post("/people/search/", {"text": house.code}).status_code == 302


def need_change(version: int, **more: str) -> dict[str, str]:
    return {
        "version": str(version),
        "urgency": "ROUTINE",
        "state": "OPEN",
        "service_type": "",
        "target_date": "",
        "staff": "",
        "text": "",
        **more,
    }


def test_two_people_who_change_one_need_are_shown_both_values(
    house: House, amina: Client, bruno: Client
) -> None:
    actor = house.cast.amina.actor
    need_id = actions.add_need(
        actor, now=timezone.now(), person_id=house.lucia, code="LP-RR", urgency="URGENT", text="uno"
    )
    url = reverse("cases_change_need", args=[house.code, need_id])
    assert bruno.post(url, need_change(1, text="dos")).status_code == 302
    stale = amina.post(url, need_change(1, text="tres", urgency="IMMEDIATE"))
    assert stale.status_code == 409
    assert all(word in text(stale) for word in ("dos", "tres", "Bruno Salas"))
    chosen = need_change(2, text="tres", urgency="IMMEDIATE")
    answer = chosen | {"keep-text": "mine", "keep-urgency": "theirs"}
    assert amina.post(url, answer).status_code == 302
    opened = queries.open_narrative(actor, house.lucia, Purpose.CASE_WORK, now=timezone.now())
    need = queries.list_needs(actor, house.lucia, opened)[0]
    assert (need.urgency, need.version) == ("ROUTINE", 3)
    assert "tres" in text(amina.get(reverse("cases_plan", args=[house.code])))
    assert Need.objects.count() == 1


def test_two_people_who_change_one_person_are_shown_both_values(
    house: House, amina: Client, bruno: Client
) -> None:
    url = reverse("cases_edit", args=[house.code])
    assert bruno.post(url, typed(version="1", contact_mode="CALL")).status_code == 302
    stale = amina.post(url, typed(version="1") | {"names-0-given": "Rosario"})
    assert stale.status_code == 409
    assert "Rosario Zutano" in text(stale)
    assert "Rosa Zutano" in text(stale)
    kept = typed(version="2") | {
        "names-0-given": "Rosario",
        "keep-names": "theirs",
        "keep-contact_mode": "mine",
    }
    assert amina.post(url, kept).status_code == 302
    shown = text(amina.get(reverse("cases_file", args=[house.code])))
    assert "Rosa Zutano" in shown
    assert "Rosario" not in shown


def test_a_status_is_recorded_and_corrected_through_the_pages(house: House, amina: Client) -> None:
    values = {"code": "PRESUMED", "from_date": "2026-01-05", "until_date": "", "basis": "STATED"}
    amina.post(reverse("cases_record_status", args=[house.code, "trafficking"]), values)
    row = StatusInterval.objects.get()
    url = reverse("cases_correct_status", args=[house.code, row.id])
    assert amina.post(url, values | {"code": "IDENTIFIED", "version": "1"}).status_code == 302
    assert amina.post(url, values | {"code": "AT_RISK", "version": "1"}).status_code == 409
    assert "identified victim" in text(amina.get(reverse("cases_file", args=[house.code])))
    assert amina.get(reverse("cases_record_status", args=[house.code, "weather"])).status_code == 404


def test_a_file_is_closed_by_two_and_reopened(house: House, amina: Client, bruno: Client) -> None:
    reason = {"version": "1", "reason": "GOALS_REACHED", "text": "todo cumplido"}
    amina.post(reverse("cases_request_closure", args=[house.code]), reason)
    answer = reverse("cases_answer_closure", args=[house.code])
    assert amina.post(answer, {"version": "2", "approve": "1", "text": ""}).status_code == 403
    assert bruno.post(answer, {"version": "2", "approve": "1", "text": ""}).status_code == 302
    assert amina.get(reverse("cases_reopen", args=[house.code])).status_code == 403
    assert "This file is closed" in text(amina.get(reverse("cases_plan", args=[house.code])))
    again = {"version": "3", "reason": "NEW_RISK", "text": "volvió"}
    assert bruno.post(reverse("cases_reopen", args=[house.code]), again).status_code == 302
    assert File.objects.get(person_id=house.lucia).state == "OPEN"


def test_the_supervisor_reads_who_opened_the_file(house: House, amina: Client, bruno: Client) -> None:
    amina.get(reverse("cases_file", args=[house.code]))
    assert (
        "Amina Diallo"
        in text(bruno.get(reverse("cases_access", args=[house.code]))).split('id="openings"')[1]
    )
    assert "case_work" not in text(amina.get(reverse("cases_access", args=[house.code])))


def test_no_consulate_is_offered_as_a_recipient(house: House, amina: Client) -> None:
    page = text(amina.get(reverse("cases_record_consent", args=[house.code])))
    assert str(house.cast.chidi.unit_id) in page
    assert str(house.cast.consul.unit_id) not in page
    assert str(house.cast.amina.unit_id) not in page


def test_a_consent_is_recorded_and_taken_back(house: House, amina: Client) -> None:
    today = timezone.localdate()
    asked = {
        "answer": "GIVEN",
        "purpose": "ASYLUM",
        "recipients": [str(house.cast.chidi.unit_id)],
        "data_items": ["NAMES"],
        "from_date": today.isoformat(),
        "until_date": (today + timedelta(days=20)).isoformat(),
        "legal_basis": "CONSENT",
        "given_by": "PERSON",
        "language": "es",
    }
    assert amina.post(reverse("cases_record_consent", args=[house.code]), asked).status_code == 302
    consent = queries.list_consents(house.cast.amina.actor, house.lucia)[0]
    assert "Holds today" in text(amina.get(reverse("cases_consents", args=[house.code])))
    url = reverse("cases_withdraw_consent", args=[house.code, consent.id])
    assert amina.get(url).status_code == 200
    assert amina.post(url, {"version": "1"}).status_code == 302
    assert "Withdrawn" in text(amina.get(reverse("cases_consents", args=[house.code])))


def test_the_same_form_sent_twice_registers_one_person(house: House, amina: Client) -> None:
    """A double click, or the browser's back button, made two people of one."""
    url = reverse("cases_register")
    form_id = re.search(r'name="form_id" value="([0-9a-f-]{36})"', text(amina.get(url)))
    assert form_id is not None
    sent = typed(form_id=form_id[1], unit=str(house.cast.amina.unit_id))
    before = Person.objects.count()
    first, second = (amina.post(url, sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Person.objects.count() == before + 1
    assert Person.objects.filter(person_id=UUID(form_id[1])).exists()


def test_a_form_keeps_its_id_when_another_name_is_asked_for(amina: Client) -> None:
    form_id = "01890000-0000-7000-8000-000000000001"
    page = text(amina.post(reverse("cases_register"), typed(form_id=form_id, more_names="1")))
    assert f'name="form_id" value="{form_id}"' in page


@pytest.mark.parametrize(("who", "is_offered"), [("dora", True), ("ines", False)])
def test_registering_is_offered_to_those_who_may(house: House, who: str, is_offered: bool) -> None:
    """The menu offers it once; the empty worklist offers it a second time."""
    home = text(house.cast.everybody[who].client(Client()).get("/"))
    assert "am-empty" in home
    assert (reverse("cases_register") in home.split("am-empty")[1]) == is_offered


def folded(html: str) -> dict[str, bool]:
    """Return whether each folded part of the form stands open, by its words."""
    parts = re.findall(r'<details class="am-fold"(?: id="[^"]*")?( open)?><summary>([^<]*)<', html)
    return {words.strip(): bool(is_open) for is_open, words in parts}


def test_what_is_optional_is_folded_until_something_stands_in_it(house: House, amina: Client) -> None:
    empty = folded(text(amina.get("/people/register/")))
    assert len(empty) == 6
    assert not any(empty.values())
    unit = str(house.cast.amina.unit_id)
    answer = amina.post("/people/register/", typed(unit=unit, language_2="es", precision="EXACT"))
    assert answer.status_code == 422
    opened = folded(text(answer))
    assert [words for words, is_open in opened.items() if is_open] == ["Further languages"]


def test_a_folded_part_with_an_error_stands_open(house: House, amina: Client) -> None:
    unit = str(house.cast.amina.unit_id)
    answer = amina.post("/people/register/", typed(unit=unit, nationality_standing="STATED"))
    assert folded(text(answer))["Nationality and statelessness"] is True


def test_another_name_is_open_to_type_in(house: House, amina: Client) -> None:
    answer = amina.post("/people/register/", typed(unit=str(house.cast.amina.unit_id), more_names="1"))
    opened = folded(text(answer))
    assert (opened["Name 2"], opened["Name 3"]) == (False, True)
