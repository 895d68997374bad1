"""Two people change one procedure at once: the second sees both, and keeps what they typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from amparo.procedures.models import Finding, Signature, StageEntry
from tests.people import Cast
from tests.procedures.test_periods import extend, version_of, waive
from tests.procedures.test_stages import grounds_found, move
from tests.procedures.world import World, make_world

TYPED = "Lo que Bruno escribió."


@pytest.fixture
def world(cast: Cast, client: Client) -> World:
    world = make_world(cast)
    world.now = datetime.now(UTC)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    cast.bruno.client(client)
    return world


def url_of(world: World, procedure_id: UUID, step: str) -> str:
    return f"/files/{world.code}/procedures/{procedure_id}/steps/{step}/"


def test_a_step_that_is_gone_shows_what_was_wanted_and_what_happened(client: Client, world: World):
    procedure_id = world.open("victim-identification")
    read = version_of(procedure_id)
    move(world, procedure_id, "screen", reasons="Amina valoró primero.")
    answer = client.post(url_of(world, procedure_id, "screen"), {"version": read, "reasons": TYPED})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert TYPED in html
    assert "Amina valoró primero." in html
    assert "Amina Diallo" in html
    assert "Record the screening" in html
    assert "From the present stage this step is not possible." in html
    assert Signature.objects.filter(staff_id=world.cast.bruno.id).count() == 0


def test_a_step_that_is_still_offered_is_signed_on_what_stands_now(client: Client, world: World):
    procedure_id = grounds_found(world)
    read = version_of(procedure_id)
    waive(world, procedure_id)
    url = url_of(world, procedure_id, "start_conclusive")
    answer = client.post(url, {"version": read, "reasons": TYPED})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Period waived by the person" in html
    assert html.count(TYPED) == 2
    assert f'name="version" value="{version_of(procedure_id)}"' in html
    again = client.post(url, {"version": version_of(procedure_id), "reasons": TYPED})
    assert again.status_code == 302


def test_a_step_that_never_existed_is_not_found(client: Client, world: World):
    procedure_id = world.open("victim-identification")
    url = url_of(world, procedure_id, "invented")
    assert client.get(url).status_code == 404
    assert client.post(url, {"version": 0, "reasons": TYPED}).status_code == 404


def test_a_stale_extension_keeps_what_was_typed(client: Client, world: World):
    procedure_id = grounds_found(world)
    read = version_of(procedure_id)
    extend(world, procedure_id)
    typed = {
        "version": read,
        "until_date": (world.now.date() + timedelta(days=90)).isoformat(),
        "reason": "HEALTH",
        "reasons": TYPED,
    }
    url = f"/files/{world.code}/procedures/{procedure_id}/period/extend/"
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert "Amina Diallo" in answer.content.decode()
    assert StageEntry.objects.filter(change="EXTENDED").count() == 1
    assert client.post(url, {**typed, "version": version_of(procedure_id)}).status_code == 302


LINK = "trafficking.act.transport"


def answer_twice(client: Client, world: World, by: str) -> tuple[str, str]:
    """Open an element in two windows, record in the first, send the other; return address and page."""
    procedure_id = world.open("victim-identification")
    url = f"/files/{world.code}/procedures/{procedure_id}/{LINK}/"
    assert 'name="number" value="0"' in client.get(url).content.decode()
    world.find(procedure_id, LINK, by=getattr(world, by))
    answer = client.post(url, {"truth": "not_established", "reasons": TYPED, "number": "0", **STANDARD})
    assert answer.status_code == 409
    return url, answer.content.decode()


STANDARD = {"standard": "REASONABLE_GROUNDS"}


@pytest.mark.parametrize("by", ["bruno", "amina"])
def test_a_finding_on_an_element_that_was_answered_meanwhile_shows_both(
    client: Client, world: World, by: str
) -> None:
    url, html = answer_twice(client, world, by)
    assert Finding.objects.count() == 1
    meanwhile = html.split("am-conflict", 1)[1].split("<form", 1)[0]
    assert TYPED in meanwhile
    assert "Not established" in meanwhile
    assert f"Consta en la entrevista sobre {LINK}." in meanwhile
    assert 'name="number" value="1"' in html
    again = client.post(url, {"truth": "not_established", "reasons": TYPED, "number": "1", **STANDARD})
    assert again.status_code == 302
    assert Finding.objects.count() == 2


def test_a_form_that_does_not_say_what_was_read_replaces_nothing(client: Client, world: World) -> None:
    """The planted breach: the hidden field is left out, so that the check would have nothing to compare."""
    url, _html = answer_twice(client, world, "bruno")
    answer = client.post(url, {"truth": "not_established", "reasons": TYPED, **STANDARD})
    assert answer.status_code == 409
    assert Finding.objects.count() == 1


def test_law_looked_for_meanwhile_does_not_pass_for_having_read(client: Client, world: World) -> None:
    url, _html = answer_twice(client, world, "bruno")
    looked = {"truth": "not_established", "reasons": TYPED, "number": "0", "find_law": "1", "law": "Palermo"}
    html = client.post(url, {**looked, **STANDARD}).content.decode()
    assert 'name="number" value="0"' in html
