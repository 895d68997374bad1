"""The page of a return, through HTTP: refused with every condition, certified, planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from amparo.solutions.models import DepartureIncident, ReturnPlan
from tests.documents import read_document
from tests.people import Cast
from tests.procedures.world import World, make_world
from tests.solutions.world import Journey, draft, meet_all


@pytest.fixture
def world(cast: Cast) -> World:
    """The same world at the real time: pages run on the clock of the request."""
    world = make_world(cast)
    world.now = datetime.now(UTC)
    return world


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def post(client: Client, journey: Journey, act: str, **data: object):
    return client.post(f"/files/{journey.world.code}/return/{journey.plan_id}/{act}/", data)


def test_a_return_that_is_not_ready_is_refused_with_every_condition(client: Client, world: World):
    journey = draft(world)
    world.cast.bruno.client(client)
    answer = post(client, journey, "plan", version=journey.plan.version)
    html = answer.content.decode()
    assert answer.status_code == 409
    for rule in (*journey.gate.unmet, *journey.gate.unassessed):
        assert rule.label in html
    assert "What would satisfy it" in html
    assert "Who can record it" in html
    assert ReturnPlan.objects.get().state == "draft"


def test_two_people_sign_it_is_certified_and_planned(client: Client, world: World):
    journey = meet_all(world)
    part_id = journey.invite_chidi()
    world.cast.bruno.client(client)
    assert post(client, journey, "plan", version=1).status_code == 409
    assert post(client, journey, "sign", digest=journey.gate.digest).status_code == 302
    assert post(client, journey, "issue").status_code == 403 or not journey.gate.certificate
    world.cast.chidi.client(client)
    page = client.get(f"/taking-part/{part_id}/")
    assert "Consta en la entrevista" in page.content.decode()
    assert client.post(f"/taking-part/{part_id}/", {"digest": journey.gate.digest}).status_code == 302
    world.cast.bruno.client(client)
    assert post(client, journey, "issue").status_code == 302
    assert post(client, journey, "plan", version=1).status_code == 302
    assert ReturnPlan.objects.get().state == "planned"
    answer = client.get(f"/files/{world.code}/return/{journey.plan_id}/certificate.pdf")
    text = read_document(answer.content, "en")
    assert "Certificate of return conditions" in text
    assert "Chidi Okoro" in text
    assert 0 < text.rindex("List of sources") < text.rindex("Rows not verified")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    answer = client.get(f"/files/{world.code}/return/{journey.plan_id}/certificate.pdf")
    assert "Certificado" in read_document(answer.content, "es")
    assert "Lucía" not in text


@pytest.mark.parametrize("who", ["dora", "eve", "ines", "consul", "fiscal", "chidi"])
def test_for_others_the_return_does_not_exist(client: Client, world: World, who: str):
    journey = draft(world)
    getattr(world.cast, who).client(client)
    assert client.get(f"/files/{world.code}/return/").status_code == 404
    for act in ("plan", "depart", "sign", "issue", "cancel", "edit"):
        answer = post(client, journey, act, version=1, departed_date="2026-01-01", digest="0" * 64)
        assert answer.status_code == 404
    assert ReturnPlan.objects.get().state == "draft"


def test_an_incident_is_reported_and_shown(client: Client, world: World):
    world.cast.amina.client(client)
    url = f"/files/{world.code}/return/incident/"
    typed = {"kind": "REMOVED", "departed_date": world.now.date().isoformat(), "what_happened": "Un vuelo."}
    assert client.post(url, {**typed, "kind": ""}).status_code == 400
    assert client.post(url, typed).status_code == 302
    html = client.get(f"/files/{world.code}/return/").content.decode()
    assert "Departure without a valid certificate" in html
    assert "Un vuelo." in html


def test_the_queries_of_the_return_page_are_bounded(
    client: Client, world: World, django_assert_max_num_queries
):
    draft(world)
    world.cast.bruno.client(client)
    with django_assert_max_num_queries(47):
        assert client.get(f"/files/{world.code}/return/").status_code == 200


def test_of_two_who_edit_at_once_the_second_sees_both_values_and_who(client: Client, world: World):
    journey = draft(world)
    first, second = (world.now.date() + timedelta(days=days) for days in (5, 7))
    typed = {"destination": "HND", "is_voluntary": "yes", "version": 1}
    world.cast.bruno.client(client)
    assert post(client, journey, "edit", **typed, travel_date=first.isoformat()).status_code == 302
    world.cast.amina.client(client)
    answer = post(client, journey, "edit", **typed, travel_date=second.isoformat())
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved by Bruno Salas" in html
    assert second.isoformat() in html
    assert journey.plan.travel_date == first
    assert (
        post(client, journey, "edit", **{**typed, "version": 2}, travel_date=second.isoformat()).status_code
        == 302
    )
    assert journey.plan.travel_date == second


def test_cancelling_first_says_what_it_does_and_changes_nothing(client: Client, world: World):
    journey = draft(world)
    world.cast.bruno.client(client)
    url = f"/files/{world.code}/return/{journey.plan_id}/cancel/"
    page = client.get(f"/files/{world.code}/return/").content.decode()
    assert f'href="{url}"' in page
    assert f'action="{url}"' not in page
    asked = client.get(url)
    assert (asked.status_code, "cannot be taken up again" in asked.content.decode()) == (200, True)
    assert ReturnPlan.objects.get().state == "draft"
    assert client.post(url, {"version": "1"}).status_code == 302
    assert ReturnPlan.objects.get().state == "cancelled"
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("act", ["plan", "depart", "sign", "issue"])
def test_what_only_a_button_does_says_so_to_a_link(client: Client, world: World, act: str):
    journey = draft(world)
    world.cast.bruno.client(client)
    answer = client.get(f"/files/{world.code}/return/{journey.plan_id}/{act}/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing was done" in answer.content.decode()
    assert f'href="/files/{world.code}/"' in answer.content.decode()


@pytest.mark.parametrize("act", ["plan", "depart", "cancel", "sign", "issue"])
def test_a_return_that_was_cancelled_refuses_every_step_on_its_page(client: Client, world: World, act: str):
    journey = draft(world)
    world.cast.bruno.client(client)
    assert post(client, journey, "cancel", version=1).status_code == 302
    answer = post(client, journey, act, version=2, departed_date="2026-01-01", digest="0" * 64)
    assert answer.status_code == 409
    assert "It is in another state than this step starts from." in answer.content.decode()
    assert ReturnPlan.objects.get().state == "cancelled"


def test_a_departure_from_a_draft_or_without_a_day_is_refused_in_words(client: Client, world: World):
    journey = draft(world)
    world.cast.bruno.client(client)
    early = post(client, journey, "depart", version=1, departed_date=world.now.date().isoformat())
    assert (early.status_code, "solutions.not_in_that_state" in early.content.decode()) == (409, True)
    for act, typed in (("depart", {"version": 1, "departed_date": "soon"}), ("sign", {"digest": "no"})):
        answer = post(client, journey, act, **typed)
        assert (answer.status_code, "Nothing was recorded." in answer.content.decode()) == (400, True)
    assert ReturnPlan.objects.get().state == "draft"


def test_whoever_left_on_another_day_is_an_incident_and_the_real_day_is_shown(client: Client, world: World):
    journey = meet_all(world)
    journey.certify()
    world.cast.bruno.client(client)
    assert post(client, journey, "plan", version=1).status_code == 302
    today = world.now.date().isoformat()
    refused = post(client, journey, "depart", version=2, departed_date=today)
    html = refused.content.decode()
    assert (refused.status_code, "solutions.on_another_day" in html) == (409, True)
    assert f'value="{today}"' in html
    assert ReturnPlan.objects.get().state == "planned"
    typed = {
        "kind": "OTHER_DAY",
        "departed_date": today,
        "destination": "HND",
        "what_happened": "Se fue hoy.",
    }
    assert client.post(f"/files/{world.code}/return/incident/", typed).status_code == 302
    incident = DepartureIncident.objects.get()
    assert (incident.kind, incident.plan_id) == ("OTHER_DAY", journey.plan_id)
    with translation.override("en"):
        day = date_format(incident.departed_date)
    for page in ("return", "timeline"):
        assert day in client.get(f"/files/{world.code}/{page}/").content.decode()
