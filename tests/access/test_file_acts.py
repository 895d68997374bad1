"""The pages about access to one file, walked as people walk them: choose, read, confirm, receipt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from amparo.access import liftings
from amparo.access.actions import add_staff, grant_post
from amparo.access.file_acts import FILE_ACTS
from amparo.access.liftings import Paper, Papers
from amparo.access.models import Countersign, Grant, Membership, Scope
from amparo.access.queries import actor_for, list_file_acts
from amparo.core.policy import Relation, Role
from amparo.vault import actions as vault_actions
from amparo.vault import door
from amparo.vault.data import Compartment
from tests.access.worlds import NOW, code_of, person_of
from tests.people import BORN_AT, Cast, Member

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
PASSPHRASE = "rita guarda la llave del faro"


def _place(person: UUID, slug: str) -> str:
    return f"/files/{code_of(person)}/access/{slug}/"


def _walk(member: Member, person: UUID, slug: str, **choice: Any) -> Any:
    """Choose, read the check page, confirm; return the last answer."""
    client, place = member.client(Client()), _place(person, slug)
    assert client.get(place).status_code == 200
    before = Grant.objects.count(), Countersign.objects.count()
    check = client.post(place, choice)
    assert check.status_code == 200
    assert check.context["told"] is not None
    assert (Grant.objects.count(), Countersign.objects.count()) == before
    return client.post(place, {**choice, "confirmed": "1"}, follow=True)


def _reads(member: Member, person: UUID) -> bool:
    now = datetime.now(UTC)
    return bool(list(door.open(member.actor_at(now), person, [Compartment.ID], "case_work", now=now)))


@pytest.fixture
def rita(cast: Cast) -> Member:
    """A second supervisor of the shelter."""
    staff_id = add_staff(
        cast.eve.actor,
        now=BORN_AT,
        username="rita",
        name="Rita Solano",
        passphrase=PASSPHRASE,
        agency_id=cast.amina.agency_id,
    )
    grant_post(
        cast.eve.actor, now=BORN_AT, staff_id=staff_id, unit_id=cast.amina.unit_id, role=Role.SUPERVISOR
    )
    keys = vault_actions.unlock(staff_id, PASSPHRASE, BORN_AT)
    return Member(staff_id, "rita", PASSPHRASE, cast.amina.unit_id, cast.amina.agency_id, keys)


def test_a_file_offers_each_the_acts_of_their_rights(cast: Cast) -> None:
    person = person_of(cast, origin_states=["COL"])

    def offered(member: Member) -> set[str]:
        return {line.url.split("/")[-2] for line in list_file_acts(member.actor, person)}

    assert offered(cast.amina) == {"delegate", "fear", "lift-firewall"}
    assert offered(cast.bruno) == {
        "join-team",
        "delegate",
        "end-grant",
        "seal",
        "conflict",
        "exclude",
        "fear",
        "lift-firewall",
    }


@pytest.mark.parametrize("act", FILE_ACTS, ids=lambda act: act.slug)
def test_no_act_has_a_page_for_who_must_not_know_the_file(cast: Cast, act: Any) -> None:
    place = _place(person_of(cast), act.slug)
    for name in ("dora", "chidi", "eve", "ines", "consul", "fiscal"):
        client = cast.everybody[name].client(Client())
        assert client.get(place).status_code == 404, name
        assert client.post(place, {"confirmed": "1"}).status_code == 404, name
        assert client.get(f"{place}done/").status_code == 404, name


@pytest.mark.parametrize(
    "slug", ["join-team", "appoint-guardian", "end-grant", "seal", "conflict", "exclude"]
)
def test_a_caseworker_is_refused_what_is_the_supervisors(client: Client, cast: Cast, slug: str) -> None:
    answer = cast.amina.client(client).post(_place(person_of(cast), slug), {"confirmed": "1"})
    assert answer.status_code == 403
    assert 'data-refusal="access.denied"' in answer.content.decode()


def test_dora_reads_by_a_delegation_and_no_longer_when_it_is_ended(cast: Cast) -> None:
    person = person_of(cast)
    choice = {"staff_id": cast.dora.id, "until": TOMORROW, "compartments": ["id", "contact"]}
    receipt = _walk(cast.amina, person, "delegate", **choice)
    assert "Dora Jiménez" in receipt.content.decode()
    assert _reads(cast.dora, person)
    grant = Grant.objects.get(relation=Relation.DELEGATE)
    assert _walk(cast.bruno, person, "end-grant", grant_id=grant.id).status_code == 200
    assert cast.dora.client(Client()).get(f"/files/{code_of(person)}/").status_code == 404


def test_the_delegation_offers_nobody_whom_a_rule_bars(client: Client, cast: Cast) -> None:
    page = cast.amina.client(client).get(_place(person_of(cast, origin_states=["COL"]), "delegate"))
    offered = {name for name, _ in page.context["form"].fields["staff_id"].choices}
    assert offered == {"", str(cast.dora.id), str(cast.chidi.id)}


@pytest.mark.parametrize("until", ["", "mañana", "2020-01-01", "2999-01-01"])
def test_a_bad_end_is_named_at_its_field_and_what_was_chosen_stays(
    client: Client, cast: Cast, until: str
) -> None:
    choice = {"staff_id": cast.dora.id, "until": until, "compartments": ["id"], "confirmed": "1"}
    page = cast.amina.client(client).post(_place(person_of(cast), "delegate"), choice)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"until"}
    assert f'value="{cast.dora.id}" selected' in page.content.decode()
    assert not Grant.objects.filter(relation=Relation.DELEGATE).exists()


def test_a_locked_supervisor_confirms_with_the_passphrase(client: Client, cast: Cast) -> None:
    person = person_of(cast)
    choice = {"staff_id": cast.dora.id, "until": TOMORROW, "compartments": ["id"], "confirmed": "1"}
    locked = cast.bruno.client(client, is_unlocked=False)
    asked = locked.post(_place(person, "delegate"), choice)
    assert asked.status_code == 403
    assert ("confirmed", "1") in asked.context["kept"]
    again = locked.post(_place(person, "delegate"), {**choice, "amparo-passphrase": cast.bruno.passphrase})
    assert again.status_code == 302


def test_a_guardian_is_offered_for_a_child_only(cast: Cast) -> None:
    Membership.objects.filter(staff_id=cast.dora.id).update(role=Role.GUARDIAN)
    adult, child = person_of(cast), person_of(cast, is_child=True)
    page = cast.bruno.client(Client()).get(_place(adult, "appoint-guardian"))
    assert page.context["form"] is None
    _walk(cast.bruno, child, "appoint-guardian", staff_id=cast.dora.id, until=TOMORROW)
    assert _reads(cast.dora, child)


def test_a_conflict_of_interest_seals_and_the_file_is_gone_for_amina(cast: Cast) -> None:
    person = person_of(cast)
    receipt = _walk(cast.bruno, person, "conflict", staff_id=cast.amina.id)
    assert receipt.redirect_chain[-1][0] == f"{_place(person, 'conflict')}done/"
    assert "Amina Diallo" not in "".join(receipt.context["receipt"]["seen_by"])
    assert Scope.objects.get(id=person).is_sealed
    amina = cast.amina.client(Client())
    assert amina.get(_place(person, "delegate")).status_code == 404
    assert code_of(person) not in amina.get("/requests/").content.decode()


def test_who_records_their_own_conflict_reads_the_receipt_once(cast: Cast, rita: Member) -> None:
    person = person_of(cast)
    answer = _walk(cast.bruno, person, "conflict", staff_id=cast.bruno.id)
    assert answer.status_code == 200
    assert code_of(person) not in answer.content.decode()
    assert _reads(rita, person)
    assert cast.bruno.client(Client()).get(_place(person, "conflict")).status_code == 404


def test_sealing_names_two_people_at_least(client: Client, cast: Cast, rita: Member) -> None:
    person = person_of(cast)
    place = _place(person, "seal")
    alone = cast.bruno.client(client).post(place, {"staff_ids": [cast.bruno.id], "confirmed": "1"})
    assert set(alone.context["form"].errors) == {"staff_ids"}
    _walk(cast.bruno, person, "seal", staff_ids=[cast.bruno.id, rita.id])
    assert cast.amina.client(Client()).get(_place(person, "delegate")).status_code == 404
    assert _reads(rita, person)


def _request() -> str:
    return f"/requests/{Countersign.objects.values_list('id', flat=True).get()}/"


def test_two_supervisors_unseal_and_the_unit_reads_again(cast: Cast, rita: Member) -> None:
    person = person_of(cast)
    _walk(cast.bruno, person, "seal", staff_ids=[cast.bruno.id, rita.id])
    assert _walk(cast.bruno, person, "unseal").status_code == 200
    assert Scope.objects.get(id=person).is_sealed
    own = cast.bruno.client(Client()).post(f"{_request()}confirm/")
    assert (own.status_code, Scope.objects.get(id=person).is_sealed) == (403, True)
    assert cast.amina.client(Client()).get(_request()).status_code == 404
    client = rita.client(Client())
    assert _request() in client.get("/requests/").content.decode()
    assert client.get(_request()).status_code == 200
    receipt = client.post(f"{_request()}confirm/", follow=True)
    assert "am-panel--receipt" in receipt.content.decode()
    assert not Scope.objects.get(id=person).is_sealed
    assert _reads(cast.amina, person)
    assert client.post(f"{_request()}carry-out/").status_code == 404


def test_recorded_fear_stands_until_it_is_corrected(cast: Cast) -> None:
    person = person_of(cast, origin_states=["COL"])
    _walk(cast.amina, person, "fear", state="COL")
    assert Scope.objects.get(id=person).feared_states == " COL "
    page = cast.amina.client(Client()).get(_place(person, "lift-firewall"))
    assert page.context["form"] is None
    _walk(cast.amina, person, "correct-fear", state="COL")
    assert Scope.objects.get(id=person).feared_states == ""


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    held = [Paper(UUID(int=number), "ficticio", NOW.date()) for number in (1, 2)]
    monkeypatch.setattr(
        liftings, "_providers", [lambda _actor, _person, _now: Papers(tuple(held[:1]), tuple(held[1:]))]
    )
    return held


def _propose_lifting(cast: Cast, person: UUID) -> Any:
    return _walk(
        cast.bruno, person, "lift-firewall", state="COL", consent_id=UUID(int=1), advice_id=UUID(int=2)
    )


def test_two_people_lift_the_separation_on_papers_that_hold(cast: Cast, papers: list[Paper]) -> None:
    person = person_of(cast, origin_states=["COL"])
    assert _propose_lifting(cast, person).status_code == 200
    assert Scope.objects.get(id=person).lifted_states == ""
    amina = cast.amina.client(Client())
    assert "Colombia" in amina.get(_request()).content.decode()
    amina.post(f"{_request()}confirm/")
    assert Scope.objects.get(id=person).lifted_states == " COL "


def test_papers_that_ended_meanwhile_stop_the_lifting_after_both_signed(
    cast: Cast, papers: list[Paper]
) -> None:
    person = person_of(cast, origin_states=["COL"])
    _propose_lifting(cast, person)
    papers.clear()
    answer = cast.amina.client(Client()).post(f"{_request()}confirm/")
    assert answer.status_code == 409
    assert 'data-refusal="access.papers_missing"' in answer.content.decode()
    assert Scope.objects.get(id=person).lifted_states == ""


def test_made_up_papers_are_not_even_proposed(client: Client, cast: Cast, papers: list[Paper]) -> None:
    person = person_of(cast, origin_states=["COL"])
    choice = {"state": "COL", "consent_id": UUID(int=2), "advice_id": UUID(int=1), "confirmed": "1"}
    page = cast.bruno.client(client).post(_place(person, "lift-firewall"), choice)
    assert set(page.context["form"].errors) == {"consent_id", "advice_id"}
    assert not Countersign.objects.exists()


def test_a_request_that_ends_at_the_command_line_is_only_confirmed(cast: Cast) -> None:
    from amparo.access.actions import carry_out_request, propose_request
    from amparo.core.refusal import Unknown

    Membership.objects.create(
        staff_id=cast.ines.id, unit_id=cast.eve.unit_id, role=Role.CUSTODIAN, from_at=BORN_AT
    )
    told = {"agency_id": cast.amina.agency_id}
    eve = cast.eve.actor
    asked = propose_request(eve, now=eve.at, right="vault.change_custodians", arguments=told)
    answer = cast.ines.client(Client()).post(f"{_request()}confirm/", follow=True)
    assert answer.status_code == 200
    assert Countersign.objects.get().used_at is None
    with pytest.raises(Unknown):
        carry_out_request(actor_for(cast.eve.id, cast.eve.keys, now=eve.at), now=eve.at, countersign_id=asked)
