"""A colleague hired after the first file: the post gives no right until a member passes the key on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.actions import add_staff, end_post, grant_post, join_team, share_unit_key
from amparo.access.data import Actor, Denied, NotEligible
from amparo.access.models import Membership
from amparo.access.queries import (
    actor_for,
    list_keys_to_pass_on,
    list_staff,
    list_waiting_posts,
    who_has_access,
)
from amparo.access.scoping import visible_scopes
from amparo.access.views import keys
from amparo.core.policy import Role
from amparo.core.refusal import Unknown
from amparo.vault import actions as vault_actions
from amparo.vault import door
from amparo.vault.data import Compartment
from amparo.vault.founding import close
from amparo.vault.models import Keyring
from tests.access.worlds import NOW, code_of, person_of
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
    with pytest.raises(Unknown):
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


@pytest.mark.parametrize(("who", "status"), [("dora", 404), ("chidi", 404), ("ines", 403)])
def test_nobody_but_a_member_of_the_unit_is_asked(hired: Hired, who: str, status: int) -> None:
    member = hired.cast.everybody[who]
    assert list_keys_to_pass_on(member.actor) == []
    assert member.client(Client()).post(hired.place).status_code == status


def test_any_member_can_pass_the_key_on_when_no_supervisor_is_left(client: Client, hired: Hired) -> None:
    Membership.objects.filter(id=hired.post_id).update(role=Role.SUPERVISOR)
    answer = hired.cast.amina.client(client).post(hired.place)
    assert answer["Location"] == "/unit-keys/passed/"
    assert _reads(hired)


def knows(hired: Hired, staff_id: UUID) -> bool:
    actor = actor_for(staff_id, None, now=NOW)
    return bool(actor.posts) or visible_scopes(actor).exists()


def test_whoever_an_administrator_invents_knows_of_no_file_and_lets_nobody_in(hired: Hired) -> None:
    """The attack: two invented colleagues in the unit, one of them a supervisor."""
    eve, place = hired.cast.eve.actor, hired.cast.amina.unit_id
    second = add_staff(
        eve,
        now=NOW,
        username="nadie",
        name="Nadie Mora",
        passphrase=PASSPHRASE,
        agency_id=hired.cast.amina.agency_id,
    )
    grant_post(eve, now=NOW, staff_id=second, unit_id=place, role=Role.SUPERVISOR)
    boss = actor_for(second, vault_actions.unlock(second, PASSPHRASE, NOW), now=NOW)
    assert not knows(hired, second)
    assert not knows(hired, hired.gael.id)
    with pytest.raises(Denied):
        share_unit_key(boss, now=NOW, unit_id=place, staff_id=hired.gael.id)
    assert not knows(hired, hired.gael.id)


def test_a_planted_post_without_the_mark_is_seen(hired: Hired) -> None:
    assert not knows(hired, hired.gael.id)
    Membership.objects.filter(id=hired.post_id).update(waits_for_key=False)
    assert knows(hired, hired.gael.id)


def test_whose_post_waits_has_an_empty_worklist_that_says_why(client: Client, hired: Hired) -> None:
    gael = hired.gael.client(client)
    page = gael.get("/")
    assert page.context["waits_for"] == ["Equipo de acogida"]
    assert code_of(hired.person) not in page.content.decode()
    hidden, absent = (gael.get(f"/files/{code}/") for code in (code_of(hired.person), "AM-2222-2222"))
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_who_waits_is_offered_nothing_and_told_nothing(hired: Hired) -> None:
    bruno = hired.cast.bruno.actor_at(NOW)
    assert hired.gael.id not in {line.staff_id for line in who_has_access(bruno, hired.person)}
    assert hired.gael.id not in {line.id for line in list_staff(unit_id=bruno_unit(bruno))}
    with pytest.raises(NotEligible):
        join_team(bruno, now=NOW, person_id=hired.person, staff_id=hired.gael.id)


def test_a_second_role_of_a_member_who_holds_the_key_counts_at_once(hired: Hired) -> None:
    amina = hired.cast.amina
    grant_post(hired.cast.eve.actor, now=NOW, staff_id=amina.id, unit_id=amina.unit_id, role=Role.HEALTH)
    assert Role.HEALTH in amina.actor_at(NOW).roles


def test_the_end_of_a_post_that_waited_asks_for_no_new_key(hired: Hired) -> None:
    end_post(hired.cast.eve.actor, now=NOW, post_id=hired.post_id)
    assert not Keyring.objects.get(unit_id=hired.cast.amina.unit_id).is_rotation_due


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
    """Planted: the key was lost, and the list no longer leaves out units whose key the actor waits for."""
    Membership.objects.filter(id=hired.post_id).update(role=Role.SUPERVISOR, waits_for_key=False)
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
