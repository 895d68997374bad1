"""The door: what it opens, for whom, and that the ledger comes first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import transaction
from uuid_utils.compat import uuid7

from amparo.core.refusal import Unknown
from amparo.vault import actions, door, hooks
from amparo.vault.data import Compartment, NoKey, NotInstalled, OpenKeys
from amparo.vault.door.plain import PlainUse
from tests.vault.world import NOW, TestActor, World

ID = {Compartment.ID}


def read(actor: TestActor, person_id: object, part: Compartment, name: str) -> object:
    opened = door.open(actor, person_id, {part}, "casework", now=NOW)  # type: ignore[arg-type]
    value = opened.get(part, name)
    return None if value is None else door.plain(value, PlainUse.COMPARE)


def test_a_member_reads_what_a_member_wrote(world: World) -> None:
    amina, bruno = world.user(), world.user()
    person_id = world.person(amina, world.unit(amina, bruno))
    assert read(bruno, person_id, Compartment.ID, "names") == [{"full": "Rosalía Quispe Mamani"}]


def test_a_second_write_replaces_the_value_and_counts(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    for text in ("primera", "segunda"):
        world.write(amina, person_id, Compartment.CONTACT, "safe_contact", text)
    opened = door.open(amina, person_id, {Compartment.CONTACT}, "casework", now=NOW)
    assert opened.versions[Compartment.CONTACT, "safe_contact"] == 2
    assert read(amina, person_id, Compartment.CONTACT, "safe_contact") == "segunda"


def test_dora_holds_no_key_even_when_policy_errs(world: World) -> None:
    amina, dora = world.user(), world.user()
    person_id = world.person(amina, world.unit(amina))
    world.unit(dora)
    with pytest.raises(NoKey):
        door.open(dora, person_id, ID, "casework", now=NOW)
    assert door.open_many(dora, [person_id], ID, "casework", now=NOW) == {}
    with pytest.raises(NoKey), transaction.atomic():
        door.write(dora, person_id, Compartment.ID, {"names": "x"}, now=NOW)


def test_what_policy_forbids_does_not_exist(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    world.policy.forbidden.add(person_id)
    for asked in (person_id, uuid7()):
        world.policy.forbidden.add(asked)
        with pytest.raises(Unknown):
            door.open(amina, asked, ID, "casework", now=NOW)


def test_a_locked_actor_opens_nothing(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    with pytest.raises(NoKey):
        door.open(amina.locked(), person_id, ID, "casework", now=NOW)


def test_nothing_is_opened_when_the_ledger_cannot_be_written(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    world.ledger.is_broken = True
    with pytest.raises(OSError, match="ledger"):
        door.open(amina, person_id, ID, "casework", now=NOW)


def test_open_refuses_to_run_where_its_ledger_row_could_be_rolled_back(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    with transaction.atomic():
        with pytest.raises(RuntimeError, match="durable"):
            door.open(amina, person_id, ID, "casework", now=NOW)
        assert door.open_within_action(amina, person_id, ID, "casework", now=NOW).get(Compartment.ID, "names")


def test_a_list_leaves_one_row_with_the_count(world: World) -> None:
    amina = world.user()
    unit_id = world.unit(amina)
    people = [world.person(amina, unit_id, f"Persona {number}") for number in range(5)]
    world.ledger.rows.clear()
    assert set(door.open_many(amina, people, ID, "worklist", now=NOW)) == set(people)
    assert world.ledger.verbs() == ["vault.open"]
    assert world.ledger.rows[0][3]["count"] == 5


def test_open_names_gives_the_units_names_and_no_others(world: World) -> None:
    amina, chidi = world.user(), world.user()
    unit_id = world.unit(amina)
    people = {world.person(amina, unit_id, f"Persona {number}") for number in range(4)}
    world.person(chidi, world.unit(chidi))
    hidden = people.pop()
    world.policy.forbidden.add(hidden)
    names = dict(door.open_names(amina, unit_id, "search", now=NOW))
    assert set(names) == people
    assert all(values["names"][0]["full"].startswith("Persona") for values in names.values())


def test_the_door_is_shut_until_access_installs_policy_and_ledger(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    with monkeypatch.context() as patch:  # ends before the fixture puts the real policy back
        patch.setattr(hooks, "_hooks", {})
        with pytest.raises(NotInstalled):
            door.open(amina, person_id, ID, "casework", now=NOW)


def test_a_purpose_is_a_code_and_required(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    for purpose in ("", "Because Rosalía asked"):
        with pytest.raises(ValueError, match="purpose"):
            door.open(amina, person_id, ID, purpose, now=NOW)


@pytest.mark.parametrize("count", [1, 12])
def test_opening_a_list_takes_two_queries_however_long_it_is(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]], count: int
) -> None:
    """The user's wraps, the locks with the fields; and the savepoint around the ledger's own row."""
    amina = world.user()
    unit_id = world.unit(amina)
    people = [world.person(amina, unit_id) for _ in range(count)]
    with django_assert_num_queries(4):
        assert len(door.open_many(amina, people, ID, "worklist", now=NOW)) == count


def test_a_user_of_two_units_opens_the_people_of_both_at_once(world: World) -> None:
    amina = world.user()
    people = {world.person(amina, world.unit(amina)) for _ in range(2)}
    assert set(door.open_many(amina, people, ID, "worklist", now=NOW)) == people


def test_a_person_without_any_field_in_a_compartment_opens_empty(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    opened = door.open(amina, person_id, {Compartment.HEALTH}, "casework", now=NOW)
    assert opened.fields(Compartment.HEALTH) == {}
    assert opened.get(Compartment.HEALTH, "note") is None


def test_a_unit_key_that_was_opened_once_opens_nothing_after_the_member_is_revoked(world: World) -> None:
    amina, bruno = world.user(), world.user()
    unit_id = world.unit(amina, bruno)
    person_id = world.person(amina, unit_id)
    assert door.open_many(bruno, [person_id], ID, "casework", now=NOW)
    actions.revoke_unit(unit_id, bruno.staff_id, NOW)
    assert door.open_many(bruno, [person_id], ID, "casework", now=NOW) == {}


def test_what_was_opened_once_is_kept_for_its_own_place_only() -> None:
    keys, asked = OpenKeys(uuid7(), b"private", b"signing"), []

    def opening(private: bytes, blob: bytes, context: bytes) -> bytes:
        asked.append((private, blob, context))
        return blob + context

    for context in (b"here", b"here", b"there"):
        assert keys.open_once(b"blob", context, opening) == b"blob" + context
    assert asked == [(b"private", b"blob", b"here"), (b"private", b"blob", b"there")]


def test_a_person_of_the_unit_who_is_a_delegate_too_is_opened_once(world: World) -> None:
    amina, bruno = world.user(), world.user()
    person_id = world.person(amina, world.unit(amina, bruno))
    with transaction.atomic():
        door.share(amina, person_id, bruno.staff_id, {Compartment.ID}, now=NOW)
    opened = door.open(bruno, person_id, {Compartment.ID, Compartment.HEALTH}, "casework", now=NOW)
    assert list(opened) == [(Compartment.ID, "names")]
