"""Extracts, intake, files and erasure."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from uuid_utils.compat import uuid7

from amparo.core.refusal import Unknown
from amparo.vault import actions, door, files, primitives
from amparo.vault.data import Compartment, Damaged, ExtractGone, NoKey, OpenedExtract, TooLarge
from amparo.vault.door.plain import PlainUse
from amparo.vault.models import Extract, Field, Identity, Intake, StoredFile, Wrap
from tests.vault.world import NOW, TestActor, World

LATER = NOW + timedelta(days=10)
CHUNK = primitives.CHUNK_BYTES


def send(amina: TestActor, person_id: UUID, unit_id: UUID) -> UUID:
    extract_id = uuid7()
    with transaction.atomic():
        door.seal_extract(
            amina,
            person_id,
            {Compartment.ID: ["names", "birth"], Compartment.CONTACT: ["safe_contact"]},
            unit_id,
            extract_id=extract_id,
            expires_at=LATER,
            extra={"reason": "solicitud de asilo"},
            now=NOW,
        )
    return extract_id


def receive(chidi: TestActor, extract_id: UUID, now: Any = NOW) -> OpenedExtract:
    return door.open_extract(chidi, extract_id, "referral", now=now)


@pytest.fixture
def sent(world: World) -> tuple[TestActor, TestActor, UUID, UUID]:
    amina, chidi = world.user(), world.user()
    person_id = world.person(amina, world.unit(amina))
    world.write(amina, person_id, Compartment.NARRATIVE, "story", "no se comparte")
    return amina, chidi, person_id, send(amina, person_id, world.unit(chidi))


def test_the_receiver_reads_the_chosen_fields_and_nothing_else(sent: Any) -> None:
    amina, chidi, person_id, extract_id = sent
    extract = receive(chidi, extract_id)
    assert sorted(extract.fields) == [(Compartment.ID, "names")]
    assert extract.sender_id == amina.staff_id
    assert door.plain(extract.extra, PlainUse.DOCUMENT) == {"reason": "solicitud de asilo"}
    with pytest.raises(NoKey):
        door.open(chidi, person_id, {Compartment.ID}, "referral", now=NOW)


def test_the_sender_and_others_cannot_open_the_extract(sent: Any, world: World) -> None:
    amina, _, _, extract_id = sent
    dora = world.user()
    world.unit(dora)
    for actor in (amina, dora):
        with pytest.raises(NoKey):
            receive(actor, extract_id)


def test_an_expired_and_a_withdrawn_extract_are_gone_alike(sent: Any, world: World) -> None:
    _, chidi, _, extract_id = sent
    with pytest.raises(ExtractGone):
        receive(chidi, extract_id, LATER)
    assert door.destroy_expired_extracts(LATER) == 1
    assert Extract.objects.count() == 0
    with pytest.raises(ExtractGone):
        receive(chidi, extract_id)
    assert not door.destroy_extract(extract_id, now=NOW)


def test_an_extract_whose_row_was_changed_is_an_alarm(sent: Any, world: World) -> None:
    _, chidi, _, extract_id = sent
    intact = Extract.objects.get(id=extract_id)
    changes: list[dict[str, Any]] = [
        {"expires_at": LATER + timedelta(days=90)},
        {"person_id": uuid7()},
        {"sender_id": chidi.staff_id},
        {"signature": bytes(64)},
        {"body": bytes(intact.body)[:-1] + bytes([bytes(intact.body)[-1] ^ 1])},
    ]
    for change in changes:
        Extract.objects.filter(id=extract_id).update(**change)
        with pytest.raises(Damaged):
            receive(chidi, extract_id)
        intact.save()
    assert receive(chidi, extract_id)
    assert world.ledger.verbs().count("vault.damaged") == len(changes)


def test_an_extract_survives_the_rotation_of_both_locks(sent: Any, world: World) -> None:
    _, chidi, _, extract_id = sent
    actions.rotate_unit(chidi.keys, Extract.objects.get().unit_id, NOW)
    actions.rotate_seal_epoch(NOW)
    actions.retire_epoch(1, NOW)
    assert receive(chidi, extract_id).fields


def test_a_receiver_without_members_gets_nothing(world: World) -> None:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    with pytest.raises(NoKey):
        send(amina, person_id, world.unit())


def test_what_is_sealed_to_a_unit_is_read_by_its_members_only(world: World) -> None:
    amina, dora = world.user(), world.user()
    unit_id, intake_id = world.unit(amina), uuid7()
    world.unit(dora)
    door.seal_to_unit(unit_id, {"message": "necesito ayuda"}, intake_id=intake_id, now=NOW)
    opened = door.open_intake(amina, intake_id, "intake", now=NOW)
    assert door.plain(opened, PlainUse.COMPARE) == {"message": "necesito ayuda"}
    with pytest.raises(NoKey):
        door.open_intake(dora, intake_id, "intake", now=NOW)
    actions.rotate_unit(amina.keys, unit_id, NOW)
    assert door.open_intake(amina, intake_id, "intake", now=NOW)
    door.destroy_intake(amina, intake_id, now=NOW)
    assert Intake.objects.count() == 0
    with pytest.raises(Unknown):
        door.open_intake(amina, intake_id, "intake", now=NOW)


def store(world: World, content: bytes) -> tuple[TestActor, UUID, UUID]:
    amina = world.user()
    person_id = world.person(amina, world.unit(amina))
    with transaction.atomic():
        file_id = door.store_file(amina, person_id, io.BytesIO(content), now=NOW)
    return amina, person_id, file_id


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_as_it_was(world: World, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    amina, _, file_id = store(world, content)
    assert b"".join(door.read_file(amina, file_id, "documents", now=NOW)) == content


def test_a_truncated_reordered_extended_or_altered_file_is_refused_before_its_first_byte(
    world: World,
) -> None:
    amina, _, file_id = store(world, b"a" * CHUNK + b"b" * CHUNK + b"c" * 10)
    path = files.path_of(StoredFile.objects.get().stored_name)
    intact, block = path.read_bytes(), CHUNK + 17
    head, first, second, last = (
        intact[:25],
        intact[25 : 25 + block],
        intact[25 + block : 25 + 2 * block],
        intact[25 + 2 * block :],
    )
    torn = {
        "no last chunk": head + first + second,
        "cut inside": intact[:-5],
        "only a header": head,
        "empty": b"",
        "reordered": head + second + first + last,
        "one dropped": head + second + last,
        "extended": intact + last,
        "followed": intact + b"x",
        "altered": head + first[:-1] + bytes([first[-1] ^ 1]) + second + last,
        "other suite": b"\x02" + intact[1:],
    }
    for name, content in torn.items():
        path.write_bytes(content)
        with pytest.raises(Damaged):
            next(door.read_file(amina, file_id, "documents", now=NOW), name)
    path.write_bytes(intact)
    assert b"".join(door.read_file(amina, file_id, "documents", now=NOW))
    assert world.ledger.verbs().count("vault.damaged") == len(torn)


def test_a_file_under_another_persons_key_is_refused(world: World) -> None:
    amina, _, file_id = store(world, b"uno")
    other = world.person(amina, world.unit(amina))
    with transaction.atomic():
        other_file = door.store_file(amina, other, io.BytesIO(b"dos"), now=NOW)
    names = dict(StoredFile.objects.values_list("id", "stored_name"))
    StoredFile.objects.filter(id=file_id).update(stored_name="x")
    StoredFile.objects.filter(id=other_file).update(stored_name=names[file_id])
    with pytest.raises(Damaged):
        next(door.read_file(amina, other_file, "documents", now=NOW))


def test_a_file_that_is_too_large_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT_BYTES", CHUNK)
    with pytest.raises(TooLarge):
        store(world, bytes(3 * CHUNK))
    assert list(files.list_stored_names()) == []


def test_a_file_nobody_names_is_swept(world: World) -> None:
    store(world, b"uno")
    files.seal_file(primitives.random_key(), io.BytesIO(b"dos"), b"x")
    assert actions.sweep_files(NOW) == 1
    assert len(list(files.list_stored_names())) == 1


def test_erasing_leaves_a_tombstone_and_nothing_else(
    sent: Any, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    amina, chidi, person_id, extract_id = sent
    with transaction.atomic():
        door.store_file(amina, person_id, io.BytesIO(b"foto"), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_person(person_id, actor_ref="machine:test", now=NOW)
    for model in (Identity, Wrap, Field, Extract, StoredFile):
        assert not model.objects.exists()
    assert list(files.list_stored_names()) == []
    with pytest.raises(ExtractGone):
        receive(chidi, extract_id)
    with pytest.raises(ValueError, match="erased"), transaction.atomic():
        door.create_person(amina, person_id, world.unit(amina), now=NOW)


def test_a_restore_does_not_bring_an_erased_person_back(world: World) -> None:
    """The restore loses the tombstone too: the list beside the key files remembers."""
    amina = world.user()
    unit_id = world.unit(amina)
    gone, kept = world.person(amina, unit_id), world.person(amina, unit_id)
    savepoint = transaction.savepoint()
    actions.erase_person(gone, actor_ref="machine:test", now=NOW)
    transaction.savepoint_rollback(savepoint)
    assert door.open_many(amina, [gone, kept], {Compartment.ID}, "casework", now=NOW).keys() == {gone, kept}
    assert actions.replay_erasures(NOW) == [gone]
    assert door.open_many(amina, [gone, kept], {Compartment.ID}, "casework", now=NOW).keys() == {kept}
    assert actions.replay_erasures(NOW) == []
    assert connection.in_atomic_block
