"""Keys beyond the unit: named people, the sealed case, the broken glass."""

from __future__ import annotations

import pytest
from django.db import transaction
from uuid_utils.compat import uuid7

from amparo.vault import actions, door
from amparo.vault.data import Compartment, NoKey, NotFounding
from amparo.vault.door.unsealing import list_data_keys
from amparo.vault.locks import Ring
from tests.vault.world import NOW, TestActor, World

ID = {Compartment.ID}


def may_open(actor: TestActor, person_id: object, part: Compartment = Compartment.ID) -> bool:
    try:
        door.open(actor, person_id, {part}, "casework", now=NOW)  # type: ignore[arg-type]
    except NoKey:
        return False
    return True


def test_a_delegate_opens_the_compartments_that_were_shared_and_no_others(world: World) -> None:
    amina, dora = world.user(), world.user()
    person_id = world.person(amina, world.unit(amina))
    with transaction.atomic():
        door.share(amina, person_id, dora.staff_id, {Compartment.HEALTH}, now=NOW)
    assert may_open(dora, person_id, Compartment.HEALTH)
    assert not may_open(dora, person_id)
    with transaction.atomic():
        door.unshare(amina, person_id, dora.staff_id, now=NOW)
    assert not may_open(dora, person_id, Compartment.HEALTH)


def test_a_sealed_case_opens_for_the_named_people_only(world: World) -> None:
    amina, bruno, chidi, dora = (world.user() for _ in range(4))
    person_id = world.person(amina, world.unit(amina, bruno))
    with transaction.atomic():
        door.share(amina, person_id, dora.staff_id, set(Compartment), now=NOW)
        door.restrict(amina, person_id, {amina.staff_id, chidi.staff_id}, now=NOW)
    assert [may_open(actor, person_id) for actor in (amina, bruno, chidi, dora)] == [True, False, True, False]


def test_what_is_written_after_sealing_does_not_open_with_keys_kept_from_before(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    before = list_data_keys(Ring(amina.keys), [person_id], frozenset(Compartment))
    with transaction.atomic():
        door.restrict(amina, person_id, {amina.staff_id}, now=NOW)
    after = list_data_keys(Ring(amina.keys), [person_id], frozenset(Compartment))
    assert not set(before.values()) & set(after.values())
    assert may_open(amina, person_id)


def test_an_unsealed_case_opens_for_the_unit_again(world: World) -> None:
    amina, bruno = world.user(), world.user()
    person_id = world.person(amina, world.unit(amina, bruno))
    with transaction.atomic():
        door.restrict(amina, person_id, {amina.staff_id}, now=NOW)
        door.unrestrict(amina, person_id, now=NOW)
    assert may_open(bruno, person_id)


def test_the_broken_glass_opens_id_and_contact_and_nothing_else(world: World) -> None:
    amina, ngozi = world.user(), world.user()
    emergency_unit = uuid7()
    actions.create_emergency_unit(emergency_unit, agency_id=world.agency_id, now=NOW)
    actions.seed_unit_member(emergency_unit, ngozi.staff_id, NOW)
    person_id = world.person(amina, world.unit(amina))
    assert not may_open(ngozi, person_id)
    world.policy.emergency.add(person_id)
    assert may_open(ngozi, person_id)
    assert may_open(ngozi, person_id, Compartment.CONTACT)
    assert not may_open(ngozi, person_id, Compartment.NARRATIVE)
    assert world.ledger.rows[-1][3]["emergency"] == 1


def test_a_sealed_case_does_not_open_by_breaking_the_glass(world: World) -> None:
    amina, ngozi = world.user(), world.user()
    emergency_unit = uuid7()
    actions.create_emergency_unit(emergency_unit, agency_id=world.agency_id, now=NOW)
    actions.seed_unit_member(emergency_unit, ngozi.staff_id, NOW)
    person_id = world.person(amina, world.unit(amina))
    world.policy.emergency.add(person_id)
    with transaction.atomic():
        door.restrict(amina, person_id, {amina.staff_id}, now=NOW)
    assert not may_open(ngozi, person_id)


def test_an_emergency_unit_made_later_reaches_earlier_people_once_a_member_completes(world: World) -> None:
    amina, ngozi = world.user(), world.user()
    unit_id = world.unit(amina)
    person_id = world.person(amina, unit_id)
    emergency_unit = uuid7()
    actions.create_emergency_unit(emergency_unit, agency_id=world.agency_id, now=NOW)
    actions.seed_unit_member(emergency_unit, ngozi.staff_id, NOW)
    world.policy.emergency.add(person_id)
    assert not may_open(ngozi, person_id)
    assert actions.complete_unit(amina.keys, unit_id, NOW) == 2
    assert may_open(ngozi, person_id)


def test_only_a_member_admits_once_the_first_person_is_registered(world: World) -> None:
    amina, bruno = world.user(), world.user()
    unit_id = world.unit(amina)
    person_id = world.person(amina, unit_id)
    with pytest.raises(NotFounding):
        actions.seed_unit_member(unit_id, bruno.staff_id, NOW)
    actions.grant_unit(amina.keys, unit_id, bruno.staff_id, NOW)
    assert may_open(bruno, person_id)


def test_dora_cannot_admit_anybody_to_a_unit_that_is_not_hers(world: World) -> None:
    amina, dora = world.user(), world.user()
    unit_id = world.unit(amina)
    with pytest.raises(NoKey):
        actions.grant_unit(dora.keys, unit_id, dora.staff_id, NOW)
