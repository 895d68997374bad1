"""The boxes of elements: by guide and part, of the chosen guides only, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from amparo.asylum.data import GUIDES
from amparo.asylum.elements_form import ElementsForm
from amparo.asylum.law import list_guide_parts
from amparo.doctrine.registry import get_guide
from tests.asylum.test_opinions import Desk, desk  # noqa: F401

ASK = "/opinions/requests/ask/"


@pytest.mark.parametrize("guide_id", GUIDES)
def test_every_element_of_a_guide_stands_in_one_part(guide_id: str) -> None:
    points = [point.id for part in list_guide_parts(guide_id, "es") for point in part.points]
    assert sorted(points) == sorted(get_guide(guide_id).texts)
    assert all(part.label for part in list_guide_parts(guide_id, "en")[1:])


def test_a_guide_is_drawn_when_it_is_chosen_or_one_of_its_elements_is() -> None:
    assert ElementsForm(language="es").shown_guides() == ["refugee-status"]
    form = ElementsForm({"elements_cartagena": ["cartagena.threat.life"]}, language="es")
    assert form.shown_guides() == ["cartagena"]
    (guide,) = form.guide_boxes()
    assert guide.chosen == 1
    assert [part.chosen for part in guide.parts] == [0, 1, 0]
    form = ElementsForm({"guides": ["complementary-protection"]}, language="es")
    assert not form.is_valid()
    assert form.errors["elements_complementary_protection"]


def test_showing_other_guides_judges_nothing_and_keeps_what_was_typed(
    desk: Desk,  # noqa: F811
    client: Client,
) -> None:
    theirs = desk.officer.client(client)
    theirs.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "elements_cartagena" not in theirs.get(ASK).content.decode()
    typed = {
        "guides": ["cartagena"],
        "elements_refugee_status": ["refugee.persecution", "refugee.fear"],
        "summary": "What I typed so far",
        "due_date": "2099-01-01",
        "show": "1",
    }
    answer = theirs.post(ASK, typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "govuk-error-summary" not in page
    assert 'name="elements_cartagena"' in page
    assert "What I typed so far" in page
    assert 'value="2099-01-01"' in page
    assert page.count("chosen: 2") == 1
    assert page.count("chosen: 1") == 2
    assert 'name="elements_complementary_protection"' not in page


def test_an_answer_begins_with_the_elements_that_were_asked(desk: Desk) -> None:  # noqa: F811
    request_id = desk.ask(elements=("cartagena.threat.life",))
    ours = desk.adviser.client(Client())
    page = ours.get(f"/opinions/requests/{request_id}/answer/").content.decode()
    assert 'name="elements_cartagena"' in page
    assert 'name="elements_refugee_status"' not in page
    shown = ours.post(
        f"/opinions/requests/{request_id}/answer/",
        {"show": "1", "guides": ["cartagena", "refugee-status"], "title": "So far", "version": "1"},
    )
    page = shown.content.decode()
    assert shown.status_code == 200
    assert 'name="elements_refugee_status"' in page
    assert "So far" in page
