"""Rotation: new keys, nothing lost, also when a run is killed in the middle."""

from __future__ import annotations

import pytest

from amparo.vault import actions, door, keyfolder, queries
from amparo.vault.actions import rotation
from amparo.vault.data import Compartment, LastMember, NoKey, ServerKeysMissing, StillLocked
from amparo.vault.models import UnitKey, Wrap
from tests.vault.world import NOW, TestActor, World

ID = {Compartment.ID}


class Killed(BaseException):
    """What a killed process looks like to the code that was running."""


def kill_at(count: int) -> rotation.Progress:
    def progress(done: int) -> None:
        if done >= count:
            raise Killed

    return progress


def names_of(actor: TestActor, people: list[object]) -> set[object]:
    return set(door.open_many(actor, people, ID, "casework", now=NOW))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)


def test_a_new_seal_key_locks_everything_and_the_old_one_can_be_destroyed(world: World) -> None:
    amina = world.user()
    unit_id = world.unit(amina)
    people: list[object] = [world.person(amina, unit_id) for _ in range(3)]
    epoch, count = actions.rotate_seal_epoch(NOW)
    assert (epoch, count) == (2, 15)
    actions.retire_epoch(1, NOW)
    assert [status.number for status in queries.list_epochs()] == [2]
    assert names_of(amina, people) == set(people)


def test_a_seal_key_that_still_locks_something_is_not_destroyed(world: World) -> None:
    amina = world.user()
    world.person(amina, world.unit(amina))
    with pytest.raises(StillLocked):
        actions.retire_epoch(1, NOW)
    with pytest.raises(Killed):
        actions.rotate_seal_epoch(NOW, kill_at(3))
    with pytest.raises(StillLocked):
        actions.retire_epoch(1, NOW)


def test_a_killed_seal_rotation_leaves_all_readable_and_is_resumed(world: World) -> None:
    amina = world.user()
    unit_id = world.unit(amina)
    people: list[object] = [world.person(amina, unit_id) for _ in range(3)]
    with pytest.raises(Killed):
        actions.rotate_seal_epoch(NOW, kill_at(6))
    assert set(Wrap.objects.values_list("epoch_id", flat=True)) == {1, 2}
    assert names_of(amina, people) == set(people)
    assert actions.rotate_seal_epoch(NOW) == (2, 9)
    assert set(Wrap.objects.values_list("epoch_id", flat=True)) == {2}


def test_a_revoked_member_opens_nothing_after_the_units_rotation(world: World) -> None:
    amina, bruno = world.user(), world.user()
    unit_id = world.unit(amina, bruno)
    people: list[object] = [world.person(amina, unit_id) for _ in range(3)]
    actions.revoke_unit(unit_id, bruno.staff_id, NOW)
    assert queries.list_units_due_rotation() == [unit_id]
    assert actions.rotate_unit(amina.keys, unit_id, NOW) == 15
    assert names_of(amina, people) == set(people)
    assert names_of(bruno, people) == set()
    assert queries.list_units_due_rotation() == []


def test_a_killed_unit_rotation_leaves_all_readable_for_members_and_is_resumed(world: World) -> None:
    amina, bruno, chidi = world.user(), world.user(), world.user()
    unit_id = world.unit(amina, bruno, chidi)
    people: list[object] = [world.person(amina, unit_id) for _ in range(3)]
    actions.revoke_unit(unit_id, chidi.staff_id, NOW)
    with pytest.raises(Killed):
        actions.rotate_unit(amina.keys, unit_id, NOW, kill_at(6))
    people.append(world.person(bruno, unit_id))
    assert names_of(bruno, people) == set(people)
    assert names_of(chidi, people) == set()
    assert actions.rotate_unit(bruno.keys, unit_id, NOW) == 9
    assert names_of(amina, people) == set(people)
    assert UnitKey.objects.filter(keyring_id=unit_id).count() == 1


def test_the_last_member_is_not_revoked_while_no_cards_exist(world: World) -> None:
    amina = world.user()
    unit_id = world.unit(amina)
    with pytest.raises(LastMember):
        actions.revoke_unit(unit_id, amina.staff_id, NOW)


def test_only_a_member_rotates_a_unit(world: World) -> None:
    amina, dora = world.user(), world.user()
    unit_id = world.unit(amina)
    with pytest.raises(NoKey):
        actions.rotate_unit(dora.keys, unit_id, NOW)


def test_a_missing_seal_key_is_named_in_one_sentence(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    queries.require_server_keys()
    kept = keyfolder.seal_path(1).read_text(encoding="ascii")
    keyfolder.seal_path(1).unlink()
    with pytest.raises(ServerKeysMissing, match="seal key of epoch 1 is missing"):
        queries.require_server_keys()
    with pytest.raises(ServerKeysMissing):
        door.open(amina, person_id, ID, "casework", now=NOW)
    keyfolder.seal_path(1).write_text(kept, encoding="ascii")
    queries.require_server_keys()


def test_a_foreign_seal_key_and_a_missing_pepper_are_named(world: World) -> None:
    world.user()
    keyfolder.seal_path(1).write_text("amparo seal-0001\n" + "ab" * 32, encoding="ascii")
    with pytest.raises(ServerKeysMissing, match="does not belong"):
        queries.require_server_keys()
    keyfolder.seal_path(1).write_text("torn", encoding="ascii")
    with pytest.raises(ServerKeysMissing, match="damaged"):
        queries.require_server_keys()
    keyfolder.pepper_path().unlink()
    with pytest.raises(ServerKeysMissing, match="pepper"):
        keyfolder.pepper()
    with pytest.raises(ServerKeysMissing, match="pepper"):
        keyfolder.begin_epoch(NOW)


def test_key_files_are_for_their_owner_only(world: World) -> None:
    world.user()
    for path in (keyfolder.seal_path(1), keyfolder.pepper_path()):
        assert path.stat().st_mode & 0o077 == 0
