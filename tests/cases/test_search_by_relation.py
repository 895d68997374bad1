"""A search finds whom a relation to a file opens, and only while it does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db.models import BooleanField, ExpressionWrapper, Q

from amparo.access import actions as access
from amparo.access.actions.emergencies import EmergencyReason
from amparo.access.data import Actor
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Grant
from amparo.access.queries import machine_actor
from amparo.cases import name_memory, queries
from amparo.cases.queries import search
from amparo.core.policy import Purpose, Relation, Role
from amparo.ledger.models import Entry
from amparo.vault.data import Compartment
from amparo.vault.models import Wrap
from tests.access.test_relations import emergency_cast as emergency_cast
from tests.cases.conftest import NOW, House, name, register
from tests.cases.test_register import edit
from tests.people import Cast, Member

UNTIL = NOW + timedelta(days=7)


def found(member: Member, text: str, at: datetime = NOW) -> set[UUID]:
    return {one.person.id for one in queries.search_people(member.actor_at(at), text, now=at)}


def delegate(house: House, *parts: Compartment) -> UUID:
    return access.delegate(
        house.bruno,
        now=NOW,
        person_id=house.lucia,
        staff_id=house.cast.dora.id,
        until_at=UNTIL,
        compartments=parts or tuple(Compartment),
    )


@pytest.mark.parametrize("text", ["Lucía Ñáñez", "luzia nanes", "Лусия Ньяньес Киспе"])
def test_a_delegate_of_another_agency_finds_the_person_under_any_spelling(house: House, text: str) -> None:
    other = register(house.amina, house.cast.amina.unit_id, name("Lucía", "Ñáñez", "Rojas"))
    assert found(house.cast.dora, text) == set()
    delegate(house)
    assert found(house.cast.dora, text) == {house.lucia}
    assert other not in found(house.cast.dora, text)


def test_a_delegate_is_shown_the_duplicate_before_registering(house: House) -> None:
    alike = [name("Luzia", "Nañez")]
    assert queries.find_duplicates(house.dora, alike, now=NOW) == []
    delegate(house)
    (one,) = queries.find_duplicates(house.dora, alike, now=NOW)
    assert one.person.code == house.code
    assert one.name is not None


def test_whose_delegation_is_ended_is_found_no_more_from_that_search_on(house: House) -> None:
    grant_id = delegate(house)
    assert found(house.cast.dora, "Lucía Ñáñez") == {house.lucia}
    access.end_grant(house.bruno, now=NOW, person_id=house.lucia, grant_id=grant_id)
    assert found(house.cast.dora, "Lucía Ñáñez") == set()
    assert not [place for place in name_memory._held if place[1] == name_memory.BESIDE]


def test_a_delegation_that_runs_out_ends_the_finding_by_itself(house: House) -> None:
    delegate(house)
    assert found(house.cast.dora, "Lucía Ñáñez", UNTIL - timedelta(seconds=1)) == {house.lucia}
    assert found(house.cast.dora, "Lucía Ñáñez", UNTIL) == set()


def test_a_delegate_without_the_identity_does_not_find_by_name(house: House) -> None:
    delegate(house, Compartment.HEALTH)
    before = Entry.objects.count()
    assert found(house.cast.dora, "Lucía Ñáñez") == set()
    assert Entry.objects.count() == before, "nothing was opened, so nothing is written about the person"


def test_the_identity_shared_later_is_found_at_the_next_search(house: House) -> None:
    delegate(house, Compartment.HEALTH)
    assert found(house.cast.dora, "Lucía Ñáñez") == set()
    delegate(house, Compartment.ID)
    assert found(house.cast.dora, "Lucía Ñáñez") == {house.lucia}


def test_policy_without_a_key_finds_nobody(house: House) -> None:
    with writes_outside_actions("a relation whose key is missing"):
        Grant.objects.create(
            scope_id=house.lucia, staff_id=house.cast.dora.id, relation=Relation.DELEGATE, from_at=NOW
        )
    assert found(house.cast.dora, "Lucía Ñáñez") == set()


def test_a_key_without_policy_finds_nobody(house: House) -> None:
    delegate(house)
    with writes_outside_actions("a key that was left behind"):
        Grant.objects.update(until_at=NOW)
    assert Wrap.objects.filter(holder="user", holder_id=house.cast.dora.id).exists()
    assert found(house.cast.dora, "Lucía Ñáñez") == set()


def test_a_delegate_finds_a_changed_name_and_not_the_old_one(house: House) -> None:
    delegate(house)
    assert found(house.cast.dora, "Quispe") == {house.lucia}
    edit(house.bruno, house, 1, "Milagros")
    assert found(house.cast.dora, "Milagros") == {house.lucia}
    assert found(house.cast.dora, "Esperanza Quispe") == set()


def test_opening_beside_the_unit_is_recorded_once(house: House) -> None:
    delegate(house)
    before = Entry.objects.filter(verb="vault.open").count()
    found(house.cast.dora, "Zutano")
    (entry,) = Entry.objects.filter(verb="vault.open").order_by("at", "id")[before:]
    assert (entry.subject, entry.details["purpose"]) == (house.code, "search")
    found(house.cast.dora, "Zutano")
    assert Entry.objects.filter(verb="vault.open").count() == before + 1


def test_whoever_broke_the_glass_finds_the_person_for_an_hour(emergency_cast: Cast) -> None:
    dora, amina = emergency_cast.dora, emergency_cast.amina
    lucia = register(amina.actor_at(NOW), amina.unit_id, name("Lucía", "Ñáñez"))
    assert found(dora, "Ñáñez") == set()
    access.break_glass(
        dora.actor_at(NOW),
        now=NOW,
        unit_id=dora.unit_id,
        code=queries.get_refs(amina.actor_at(NOW), [lucia])[lucia].code,
        reason_code=EmergencyReason.MISSING_PERSON,
        reason="La persona no contesta y la trabajadora no puede esperar hasta mañana.",
    )
    assert found(dora, "Ñáñez") == {lucia}
    assert found(dora, "Ñáñez", NOW + timedelta(minutes=60)) == set()


def seal(house: House, *members: Member) -> None:
    staff_ids = {member.id for member in members}
    access.seal_case(house.bruno, now=NOW, person_id=house.lucia, staff_ids=staff_ids)


def test_a_sealed_case_is_found_by_the_named_and_by_nobody_else_of_the_unit(house: House) -> None:
    amina, bruno, dora = house.cast.amina, house.cast.bruno, house.cast.dora
    delegate(house)
    assert found(amina, "Ñáñez") == found(bruno, "Ñáñez") == found(dora, "Ñáñez") == {house.lucia}
    seal(house, bruno, house.cast.amina)
    assert found(amina, "Ñáñez") == found(bruno, "Ñáñez") == {house.lucia}
    assert found(dora, "Ñáñez") == set()


def test_an_exclusion_that_ends_is_found_again_without_a_change_of_names(house: House) -> None:
    amina = house.cast.amina
    grant_id = access.exclude(house.bruno, now=NOW, person_id=house.lucia, staff_id=amina.id)
    assert found(amina, "Ñáñez") == set()
    access.end_grant(house.bruno, now=NOW, person_id=house.lucia, grant_id=grant_id)
    assert found(amina, "Ñáñez") == {house.lucia}


def test_a_change_of_the_name_of_whom_excludes_them_does_not_disturb_a_search(house: House) -> None:
    amina = house.cast.amina
    register(house.amina, amina.unit_id, name("Pedro", "Cordero"))
    assert found(amina, "Cordero")
    access.exclude(house.bruno, now=NOW, person_id=house.lucia, staff_id=amina.id)
    edit(house.bruno, house, 1, "Milagros")
    denied = Entry.objects.filter(verb="access.denied").count()
    assert found(amina, "Milagros") == set()
    assert found(amina, "Cordero")
    assert Entry.objects.filter(verb="access.denied").count() == denied


def assert_forgotten_with_the_relation(house: House) -> None:
    grant_id = delegate(house)
    assert found(house.cast.dora, "Ñáñez") == {house.lucia}
    access.end_grant(house.bruno, now=NOW, person_id=house.lucia, grant_id=grant_id)
    found(house.cast.dora, "Ñáñez")
    held = [held for place, held in name_memory._held.items() if place[1] == name_memory.BESIDE]
    assert not [each for each in held if len(each.index)]


def test_the_memory_forgets_with_the_relation(house: House) -> None:
    assert_forgotten_with_the_relation(house)


def test_a_planted_memory_that_is_not_compared_anew_is_caught(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = name_memory._marks
    kept: dict[UUID, name_memory.Mark] = {}

    def careless(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, name_memory.Mark]:
        kept.update(real(actor, person_ids))
        return kept

    monkeypatch.setattr(name_memory, "_marks", careless)
    with pytest.raises(AssertionError):
        assert_forgotten_with_the_relation(house)


def assert_a_blind_role_finds_nobody(house: House) -> None:
    amina = house.cast.amina
    assert found(amina, "Ñáñez") == {house.lucia}
    setup = machine_actor("setup", now=NOW)
    access.grant_post(setup, now=NOW, staff_id=amina.id, unit_id=house.cast.eve.unit_id, role=Role.AUDITOR)
    alike = list(name_memory.find_names(amina.actor_at(NOW), "Ñáñez", Purpose.SEARCH, limit=5, now=NOW))
    assert [match.person_id for match in alike] == [house.lucia], "it is in memory from before"
    assert not search._facts(amina.actor_at(NOW), [house.lucia], Purpose.SEARCH)


def test_a_role_that_became_blind_finds_nobody_by_name(house: House) -> None:
    assert_a_blind_role_finds_nobody(house)
    assert found(house.cast.amina, "Ñáñez") == set()


def test_a_planted_search_that_only_asks_who_may_know_is_caught(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anybody = ExpressionWrapper(Q(pk__isnull=False), output_field=BooleanField())
    monkeypatch.setattr(search, "permitted", lambda *_args, **_named: anybody)
    with pytest.raises(AssertionError):
        assert_a_blind_role_finds_nobody(house)
