"""Writing, sharing and reading while another process renews the keys: nothing is lost or called damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from amparo.vault import actions, door
from amparo.vault.actions import rotation
from amparo.vault.data import Compartment
from amparo.vault.door.plain import PlainUse
from tests.racing import race as race
from tests.vault.world import NOW, TestActor, World

Race = Callable[..., list[Any]]
TIMES = 12


@pytest.fixture
def busy(race: Race, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(rotation, "BATCH", 3)
    here = World()
    with door.installed(permit=here.policy, log=here.ledger):
        yield here


def write_often(world: World, actor: TestActor, people: list[UUID]) -> None:
    for number in range(TIMES):
        for person_id in people:
            world.write(actor, person_id, Compartment.NARRATIVE, f"note.{number}", f"nota {number}")


def share_with(actor: TestActor, people: list[UUID], delegates: list[TestActor]) -> None:
    for person_id in people:
        for delegate in delegates:
            with transaction.atomic():
                door.share(actor, person_id, delegate.staff_id, set(Compartment), now=NOW)


def read_often(actor: TestActor, people: list[UUID]) -> int:
    return sum(
        bool(opened.damaged)
        for _ in range(TIMES)
        for opened in door.open_many(actor, people, set(Compartment), "casework", now=NOW).values()
    )


def notes_of(actor: TestActor, person_id: UUID) -> dict[str, object]:
    opened = door.open(actor, person_id, {Compartment.NARRATIVE}, "casework", now=NOW)
    fields = opened.fields(Compartment.NARRATIVE)
    return {name: door.plain(value, PlainUse.COMPARE) for name, value in fields.items()}


def test_what_is_written_and_shared_during_rotations_is_read_after_them(race: Race, busy: World) -> None:
    amina, bruno, *delegates = (busy.user() for _ in range(4))
    unit_id = busy.unit(amina, bruno)
    people = [busy.person(amina, unit_id) for _ in range(3)]
    *_, damaged = race(
        lambda: [actions.rotate_unit(amina.keys, unit_id, NOW) for _ in range(3)],
        lambda: write_often(busy, bruno, people),
        lambda: share_with(bruno, people, delegates),
        lambda: read_often(bruno, people),
    )
    assert damaged == 0
    expected = {f"note.{number}": f"nota {number}" for number in range(TIMES)}
    for person_id in people:
        for actor in (amina, bruno, *delegates):
            assert notes_of(actor, person_id) == expected
