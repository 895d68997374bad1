"""Whoever can write the database can destroy, but cannot change or move a value unnoticed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.vault import door, primitives
from amparo.vault.data import Compartment, Damaged
from amparo.vault.models import Field, Record, UnitWrap, Wrap
from tests.vault.world import NOW, TestActor, World

ALL = set(Compartment)


@pytest.fixture
def case(world: World) -> tuple[TestActor, Any, Any]:
    amina = world.user()
    unit_id = world.unit(amina)
    people = [world.person(amina, unit_id, f"Persona {number}") for number in range(2)]
    for person_id in people:
        world.write(amina, person_id, Compartment.ID, "birth", "1999")
        world.write(amina, person_id, Compartment.CONTACT, "names", "phone")
    return amina, *people


def test_any_flipped_byte_of_a_field_a_wrap_or_a_unit_wrap_is_refused(
    case: tuple[TestActor, Any, Any],
) -> None:
    amina, person_id, _ = case
    rows: list[models.Model] = [
        Field.objects.get(record__identity_id=person_id, record__compartment="id", name="names"),
        Wrap.objects.get(record__identity_id=person_id, record__compartment="id"),
        UnitWrap.objects.get(),
    ]
    for row in rows:
        intact = bytes(row.sealed)  # type: ignore[attr-defined]
        places = range(len(intact)) if len(intact) < 200 else range(0, len(intact), 37)
        for place in places:
            torn = bytearray(intact)
            torn[place] ^= 0x40
            type(row)._default_manager.filter(pk=row.pk).update(sealed=bytes(torn))
            with pytest.raises(Damaged):
                door.open(amina, person_id, ALL, "casework", now=NOW)
        type(row)._default_manager.filter(pk=row.pk).update(sealed=intact)
    assert door.open(amina, person_id, ALL, "casework", now=NOW)


def swap(left: Any, right: Any) -> None:
    left.sealed, right.sealed = right.sealed, left.sealed
    left.save()
    right.save()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((0, "id", "names"), (1, "id", "names")),
        ((0, "id", "names"), (0, "id", "birth")),
        ((0, "id", "names"), (0, "contact", "names")),
    ],
    ids=["between people", "between fields", "between compartments"],
)
def test_a_field_moved_elsewhere_is_refused(case: tuple[TestActor, Any, Any], left: Any, right: Any) -> None:
    amina, *people = case
    rows = [
        Field.objects.get(record__identity_id=people[who], record__compartment=part, name=name)
        for who, part, name in (left, right)
    ]
    swap(*rows)
    with pytest.raises(Damaged):
        door.open(amina, people[0], ALL, "casework", now=NOW)


def test_a_wrap_moved_to_another_person_or_compartment_is_refused(case: tuple[TestActor, Any, Any]) -> None:
    amina, person_id, other_id = case
    for where in (
        {"identity_id": other_id, "compartment": "id"},
        {"identity_id": person_id, "compartment": "contact"},
    ):
        mine = Wrap.objects.get(record=Record.objects.get(identity_id=person_id, compartment="id"))
        theirs = Wrap.objects.get(record=Record.objects.get(**where))
        swap(mine, theirs)
        with pytest.raises(Damaged):
            door.open(amina, person_id, ALL, "casework", now=NOW)
        swap(mine, theirs)
    assert door.open(amina, person_id, ALL, "casework", now=NOW)


def test_an_old_version_put_back_is_refused(case: tuple[TestActor, Any, Any], world: World) -> None:
    amina, person_id, _ = case
    row = Field.objects.get(record__identity_id=person_id, record__compartment="id", name="birth")
    world.write(amina, person_id, Compartment.ID, "birth", "2010")
    Field.objects.filter(pk=row.pk).update(sealed=row.sealed)
    with pytest.raises(Damaged):
        door.open(amina, person_id, ALL, "casework", now=NOW)


def test_a_field_copied_under_another_persons_record_is_refused(case: tuple[TestActor, Any, Any]) -> None:
    amina, person_id, other_id = case
    record = Record.objects.get(identity_id=other_id, compartment="id")
    row = Field.objects.get(record__identity_id=person_id, record__compartment="id", name="names")
    Field.objects.filter(record=record).delete()
    Field.objects.filter(pk=row.pk).update(record=record)
    with pytest.raises(Damaged):
        door.open(amina, other_id, ALL, "casework", now=NOW)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=9000))
def test_padding_gives_back_what_it_got_and_only_bucket_sizes(content: bytes) -> None:
    padded = primitives.pad(content)
    assert primitives.unpad(padded) == content
    assert len(padded) in {64, 128, 256, 512, 1024, 2048} or len(padded) % 4096 == 0


def test_texts_of_similar_length_look_alike_at_rest(case: tuple[TestActor, Any, Any], world: World) -> None:
    amina, person_id, _ = case
    sizes = set()
    for length in (1, 9, 20, 50):
        world.write(amina, person_id, Compartment.HEALTH, f"note.{length}", "x" * length)
        row = Field.objects.get(record__identity_id=person_id, name=f"note.{length}")
        sizes.add(len(bytes(row.sealed)))
    assert len(sizes) == 1
