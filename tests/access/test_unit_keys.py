"""A colleague hired after the first file: the post is given, the key waits, a supervisor passes it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.actions import add_staff, grant_post, share_unit_key
from amparo.access.data import Actor
from amparo.access.models import Membership
from amparo.access.queries import list_keys_to_pass_on, list_waiting_posts
from amparo.access.views import keys
from amparo.core.policy import Role
from amparo.core.refusal import Unknown
from amparo.vault import actions as vault_actions
from amparo.vault import door
from amparo.vault.data import Compartment, NoKey
from amparo.vault.founding import close
from tests.access.worlds import NOW, person_of
from tests.people import Cast, Member

PASSPHRASE = "gael pinta la barca de azul"


@dataclass
class Hired:
    """Gael, hired by Eve into the shelter after its first file."""

    cast: Cast
    person: UUID
    gael: Member
    post_id: UUID

    @property
    def place(self) -> str:
        return f"/unit-keys/{self.post_id}/"


@pytest.fixture
def hired(cast: Cast) -> Hired:
    person = person_of(cast)
    close(cast.amina.unit_id)
    staff_id = add_staff(
        cast.eve.actor,
        now=NOW,
        username="gael",
        name="Gael Brenes",
        passphrase=PASSPHRASE,
        agency_id=cast.amina.agency_id,
    )
    post_id = grant_post(
        cast.eve.actor, now=NOW, staff_id=staff_id, unit_id=cast.amina.unit_id, role=Role.CASEWORKER
    )
    keys = vault_actions.unlock(staff_id, PASSPHRASE, NOW)
    gael = Member(staff_id, "gael", PASSPHRASE, cast.amina.unit_id, cast.amina.agency_id, keys)
    return Hired(cast, person, gael, post_id)


def _reads(hired: Hired) -> bool:
    opened = door.open(hired.gael.actor_at(NOW), hired.person, [Compartment.ID], "case_work", now=NOW)
    return bool(list(opened))


def test_gael_opens_no_name_until_bruno_passes_the_key_on(client: Client, hired: Hired) -> None:
    with pytest.raises(NoKey):
        _reads(hired)
    bruno = hired.cast.bruno.client(client)
    assert hired.place in bruno.get("/").content.decode()
    assert "Gael Brenes" in bruno.get("/unit-keys/").content.decode()
    assert "Gael Brenes" in bruno.get(hired.place).content.decode()
    answer = bruno.post(hired.place, follow=True)
    assert answer.redirect_chain[-1][0] == "/unit-keys/passed/"
    assert _reads(hired)
    assert hired.place not in bruno.get("/").content.decode()
    assert bruno.get(hired.place).status_code == 404


def test_eve_sees_that_the_post_waits_and_cannot_pass_the_key_on(client: Client, hired: Hired) -> None:
    eve = hired.cast.eve.client(client)
    assert "Gael Brenes" in eve.get("/administration/").context["waiting"][0].staff_name
    page = eve.get(f"/administration/staff/{hired.gael.id}/")
    assert page.context["waiting"] == {hired.post_id}
    assert "am-tag--waiting" in page.content.decode()
    assert eve.post(hired.place).status_code == 403


@pytest.mark.parametrize("who", ["amina", "dora", "chidi", "ines"])
def test_nobody_but_a_supervisor_of_the_unit_is_asked(hired: Hired, who: str) -> None:
    member = hired.cast.everybody[who]
    assert list_keys_to_pass_on(member.actor) == []
    assert member.client(Client()).post(hired.place).status_code == 403


def test_a_supervisor_of_another_unit_finds_no_such_post(client: Client, hired: Hired) -> None:
    Membership.objects.filter(staff_id=hired.cast.dora.id).update(role=Role.SUPERVISOR)
    assert hired.cast.dora.client(client).get(hired.place).status_code == 404


def test_a_locked_supervisor_is_asked_for_the_passphrase_and_then_passes_it_on(
    client: Client, hired: Hired
) -> None:
    bruno = hired.cast.bruno.client(client, is_unlocked=False)
    assert bruno.post(hired.place).status_code == 403
    answer = bruno.post(hired.place, {"amparo-passphrase": hired.cast.bruno.passphrase})
    assert answer["Location"] == "/unit-keys/passed/"
    assert _reads(hired)


def test_a_supervisor_who_waits_too_is_told_nothing_to_do(hired: Hired) -> None:
    Membership.objects.filter(id=hired.post_id).update(role=Role.SUPERVISOR)
    assert list_keys_to_pass_on(hired.gael.actor) == []
    assert [line.id for line in list_keys_to_pass_on(hired.cast.bruno.actor)] == [hired.post_id]


def test_an_unlocked_person_without_the_key_reads_why_instead_of_unlocking_in_a_circle(
    client: Client, hired: Hired, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the list no longer leaves out the units whose key the actor waits for."""
    Membership.objects.filter(id=hired.post_id).update(role=Role.SUPERVISOR)
    lines = list_waiting_posts(hired.gael.actor)
    monkeypatch.setattr(keys, "list_keys_to_pass_on", lambda _actor: lines)
    answer = hired.gael.client(client).post(hired.place)
    assert answer.status_code == 403
    assert 'data-refusal="vault.no_key"' in answer.content.decode()


def test_a_post_that_ends_later_can_be_given_the_key_and_one_that_ended_cannot(hired: Hired) -> None:
    bruno = hired.cast.bruno.actor_at(NOW)
    Membership.objects.filter(id=hired.post_id).update(until_at=NOW)
    with pytest.raises(Unknown):
        share_unit_key(bruno, now=NOW, unit_id=bruno_unit(bruno), staff_id=hired.gael.id)
    Membership.objects.filter(id=hired.post_id).update(until_at=datetime(2030, 1, 1, tzinfo=UTC))
    share_unit_key(bruno, now=NOW, unit_id=bruno_unit(bruno), staff_id=hired.gael.id)
    assert list_waiting_posts(bruno) == []


def bruno_unit(bruno: Actor) -> UUID:
    (unit_id,) = bruno.unit_ids
    return unit_id
