"""What opening, writing and locking cost, on one core, with the real primitives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from tools.bench.figure import Figure
from tools.bench.installation import make_throwaway

if TYPE_CHECKING:
    from amparo.vault.data import OpenKeys

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = 20_000
BATCH = 500


@dataclass(frozen=True)
class BenchActor:
    """The least that the door reads of an actor."""

    staff_id: UUID
    keys: OpenKeys

    @property
    def ref(self) -> str:
        return f"staff:{self.staff_id}"


def measure() -> list[Figure]:
    make_throwaway()
    with _open_policy():
        actor, unit_id, seconds_to_unlock = _unit()
        people, seconds_to_create = _people(actor, unit_id)
        return [
            Figure("vault: unlock with Argon2id 64 MiB", seconds_to_unlock * 1000, "ms", 500, "less"),
            Figure("vault: create a person and write the name", 1 / seconds_to_create, "/s", 100, "more"),
            Figure("vault: open one person, five compartments", _open_one(actor, people), "ms", 5, "less"),
            Figure("vault: open 50 names", _open_fifty(actor, people), "ms", 5, "less"),
            Figure(f"vault: open {PEOPLE} names of a unit", _open_all(actor, unit_id) / 1000, "s", 1, "less"),
        ]


@contextmanager
def _open_policy() -> Iterator[None]:
    from amparo.vault import door
    from amparo.vault.data import Permission

    def permit(actor, act, ids, compartments, purpose, *, now):  # type: ignore[no-untyped-def]
        return Permission(frozenset(ids), "bench")

    def log(actor_ref, verb, person_ids, details, *, now):  # type: ignore[no-untyped-def]
        from amparo.ledger.record import record

        record(actor_ref, verb, details={"count": len(person_ids)}, now=now)

    with door.installed(permit=permit, log=log):
        yield


def _unit() -> tuple[BenchActor, UUID, float]:
    from uuid_utils.compat import uuid7

    from amparo.vault import actions

    user_id, unit_id = uuid7(), uuid7()
    actions.create_user_keys(user_id, "frase de medida", NOW)
    started = time.perf_counter()
    keys = actions.unlock(user_id, "frase de medida", NOW)
    seconds = time.perf_counter() - started
    actions.create_unit_keys(unit_id, agency_id=uuid7(), now=NOW)
    actions.seed_unit_member(unit_id, user_id, NOW)
    return BenchActor(user_id, keys), unit_id, seconds


def _people(actor: BenchActor, unit_id: UUID) -> tuple[list[UUID], float]:
    from django.db import transaction
    from uuid_utils.compat import uuid7

    from amparo.vault import door
    from amparo.vault.data import Compartment

    people, started = [], time.perf_counter()
    for first in range(0, PEOPLE, BATCH):
        with transaction.atomic():
            for number in range(first, first + BATCH):
                person_id = uuid7()
                names = [{"given": f"Persona {number}", "family": "De Muestra Ficticia", "script": "Latn"}]
                door.create_person(actor, person_id, unit_id, now=NOW)
                door.write(actor, person_id, Compartment.ID, {"names": names, "birth": "1999"}, now=NOW)
                people.append(person_id)
    return people, (time.perf_counter() - started) / PEOPLE


def _open_one(actor: BenchActor, people: Sequence[UUID]) -> float:
    from amparo.vault import door
    from amparo.vault.data import Compartment

    return _milliseconds(lambda: door.open(actor, people[7], set(Compartment), "bench", now=NOW))


def _open_fifty(actor: BenchActor, people: Sequence[UUID]) -> float:
    """Includes the committed ledger row, which on SQLite waits for the disk."""
    from amparo.vault import door
    from amparo.vault.data import Compartment

    fifty = people[:: PEOPLE // 50][:50]
    return _milliseconds(lambda: door.open_many(actor, fifty, {Compartment.ID}, "bench", now=NOW))


def _open_all(actor: BenchActor, unit_id: UUID) -> float:
    from amparo.vault import door

    return _milliseconds(lambda: list(door.open_names(actor, unit_id, "bench", now=NOW)), times=3)


def _milliseconds(run: Callable[[], object], times: int = 40) -> float:
    run()
    laps = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        laps.append(time.perf_counter() - started)
    return median(laps) * 1000
