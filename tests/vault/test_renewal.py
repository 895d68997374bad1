"""A unit's rotation renews the data keys: an old copy of them opens nothing that is in the database."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from amparo.vault import actions, door, renewal
from amparo.vault.actions import rotation, unit_rotation
from amparo.vault.data import Compartment
from amparo.vault.door import documents
from amparo.vault.door.plain import PlainUse
from amparo.vault.door.unsealing import list_data_keys
from amparo.vault.files import file_context
from amparo.vault.locks import Ring, field_context, list_user_publics
from amparo.vault.models import Field, Record, StoredFile, UnitKey, Wrap
from amparo.vault.primitives import Cipher, Unopenable
from tests.vault.test_rotation import Killed
from tests.vault.world import NOW, TestActor, World

ALL = frozenset(Compartment)
STORY = "lo que contó"


@dataclass
class Shelter:
    """Amina stays, Bruno leaves with a copy of every data key, Dora is a delegate for one person."""

    world: World
    amina: TestActor
    bruno: TestActor
    dora: TestActor
    unit_id: UUID
    people: list[UUID]
    file_id: UUID
    kept: Mapping[tuple[UUID, Compartment], bytes]

    def rotate(self) -> int:
        return actions.rotate_unit(self.amina.keys, self.unit_id, NOW)

    def story(self, actor: TestActor, person_id: UUID) -> object:
        opened = door.open(actor, person_id, {Compartment.NARRATIVE}, "casework", now=NOW)
        value = opened.get(Compartment.NARRATIVE, "story")
        return value and door.plain(value, PlainUse.COMPARE)

    def content(self, actor: TestActor) -> bytes:
        return b"".join(door.read_file(actor, self.file_id, "casework", now=NOW))


@pytest.fixture
def shelter(world: World) -> Shelter:
    amina, bruno, dora = world.user(), world.user(), world.user()
    unit_id = world.unit(amina, bruno)
    people = [world.person(amina, unit_id) for _ in range(2)]
    for person_id in people:
        world.write(amina, person_id, Compartment.NARRATIVE, "story", STORY)
    with transaction.atomic():
        door.share(amina, people[0], dora.staff_id, ALL, now=NOW)
        file_id = door.store_file(amina, people[0], io.BytesIO(b"acta"), now=NOW)
    kept = list_data_keys(Ring(bruno.keys), people, ALL)
    actions.revoke_unit(unit_id, bruno.staff_id, NOW)
    return Shelter(world, amina, bruno, dora, unit_id, people, file_id, kept)


def opened_with(kept: Mapping[tuple[UUID, Compartment], bytes]) -> Iterator[str]:
    """Give the names of fields and files in the database that these data keys open."""
    for row in Field.objects.select_related("record"):
        record = row.record
        context = field_context(record.identity_id, record.compartment, row.name, row.version)
        if opens(kept, record, row.sealed, context):
            yield row.name
    for file in StoredFile.objects.select_related("record"):
        if opens(kept, file.record, file.sealed, file_context(file.record.identity_id, file.id)):
            yield "file"


def opens(
    kept: Mapping[tuple[UUID, Compartment], bytes], record: Record, sealed: bytes, context: bytes
) -> bool:
    key = kept.get((record.identity_id, Compartment(record.compartment)))
    try:
        return key is not None and bool(Cipher(key).open(bytes(sealed), context))
    except Unopenable:
        return False


def assert_old_keys_open_nothing(shelter: Shelter) -> None:
    assert sorted(opened_with(shelter.kept)) == ["file", "names", "names", "story", "story"]
    assert shelter.rotate() == 10
    shelter.world.write(shelter.amina, shelter.people[0], Compartment.NARRATIVE, "later", "después")
    assert list(opened_with(shelter.kept)) == []


def test_old_data_keys_open_nothing_after_the_rotation(shelter: Shelter) -> None:
    assert_old_keys_open_nothing(shelter)


def test_a_planted_rotation_that_only_wraps_again_is_caught(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrap_again(records: Sequence[Record], old: Mapping[int, bytes], target: renewal.Target) -> set[UUID]:
        wraps = list(Wrap.objects.filter(record__in=records).select_related("record"))
        publics = list_user_publics({wrap.holder_id for wrap in wraps})
        for wrap in wraps:
            renewal._wrap_anew(wrap, old[wrap.record_id], publics, target)
            wrap.save()
        return set()

    monkeypatch.setattr(unit_rotation, "renew", wrap_again)
    with pytest.raises(AssertionError):
        assert_old_keys_open_nothing(shelter)


def test_members_and_delegates_read_on_with_the_new_keys(shelter: Shelter) -> None:
    shelter.rotate()
    first, second = shelter.people
    assert shelter.story(shelter.amina, first) == shelter.story(shelter.amina, second) == STORY
    assert shelter.story(shelter.dora, first) == STORY
    assert shelter.content(shelter.amina) == shelter.content(shelter.dora) == b"acta"
    assert door.open_many(shelter.bruno, shelter.people, ALL, "casework", now=NOW) == {}
    assert door.open_many(shelter.dora, [second], ALL, "casework", now=NOW) == {}


def test_a_sealed_case_keeps_the_keys_that_only_the_named_have(shelter: Shelter) -> None:
    first = shelter.people[0]
    with transaction.atomic():
        door.restrict(shelter.amina, first, {shelter.amina.staff_id}, now=NOW)
    before = list_data_keys(Ring(shelter.amina.keys), [first], ALL)
    assert shelter.rotate() == 5
    assert list_data_keys(Ring(shelter.amina.keys), [first], ALL) == before
    assert shelter.story(shelter.amina, first) == STORY


def rotate_until(shelter: Shelter, step: int, patch: pytest.MonkeyPatch) -> bool:
    """Rotate, and die at that sealing. Tells whether it died."""
    real, sealed = Cipher.seal, iter(range(1, step))

    def seal(cipher: Cipher, plaintext: bytes, context: bytes) -> bytes:
        if next(sealed, None) is None:
            raise Killed
        return real(cipher, plaintext, context)

    with patch.context() as dying:
        dying.setattr(Cipher, "seal", seal)
        try:
            shelter.rotate()
        except Killed:
            return True
    return False


def assert_all_is_there(shelter: Shelter) -> None:
    assert [shelter.story(shelter.amina, person_id) for person_id in shelter.people] == [STORY, STORY]
    assert shelter.story(shelter.dora, shelter.people[0]) == STORY
    assert shelter.content(shelter.amina) == b"acta"


def test_killed_at_any_step_nothing_is_lost_and_the_next_run_ends_it(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    step, is_killed = 0, True
    while is_killed:
        step += 1
        start = transaction.savepoint()
        is_killed = rotate_until(shelter, step, monkeypatch)
        assert_all_is_there(shelter)
        shelter.rotate()
        assert_all_is_there(shelter)
        assert list(opened_with(shelter.kept)) == []
        assert UnitKey.objects.filter(keyring_id=shelter.unit_id).count() == 1
        transaction.savepoint_rollback(start)
    assert step > 20


def test_one_altered_field_does_not_keep_the_others_under_the_old_keys(shelter: Shelter) -> None:
    first, second = shelter.people
    row = Field.objects.get(record__identity_id=first, name="story")
    torn = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    Field.objects.filter(id=row.id).update(sealed=torn)
    shelter.world.ledger.rows.clear()
    shelter.rotate()
    (told,) = [people for _, verb, people, _ in shelter.world.ledger.rows if verb == "vault.damaged"]
    assert told == (first,)
    assert list(opened_with(shelter.kept)) == []
    assert shelter.story(shelter.amina, second) == STORY
    opened = door.open_many(shelter.amina, [first], ALL, "casework", now=NOW)[first]
    assert opened.damaged == {Compartment.NARRATIVE}


def test_a_file_is_read_although_its_key_is_renewed_in_between(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = documents.list_data_keys
    rotations: list[int] = []

    def slow(ring: Ring, person_ids: Sequence[UUID], parts: frozenset[Compartment]) -> object:
        keys = real(ring, person_ids, parts)
        if not rotations:
            rotations.append(shelter.rotate())
        return keys

    monkeypatch.setattr(documents, "list_data_keys", slow)
    assert shelter.content(shelter.amina) == b"acta"
    assert rotations == [10]


def test_a_writer_holds_the_compartment_before_it_opens_the_key(shelter: Shelter) -> None:
    """Else a rotation between the two would leave what is written under a key that nobody has."""
    with CaptureQueriesContext(connection) as asked:
        shelter.world.write(shelter.amina, shelter.people[0], Compartment.NARRATIVE, "more", "algo más")
    tables = [query["sql"].split(" FROM ")[1].split()[0] for query in asked if query["sql"][:6] == "SELECT"]
    assert tables.index('"vault_record"') < tables.index('"vault_wrap"')
