"""The cast, able to open what their unit holds, and a person registered by Amina."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from amparo.access.data import Actor
from amparo.cases import name_memory
from amparo.cases.actions import register_person
from amparo.cases.data import AgeStatus, Birth, NameEntry, NameKind, Precision, SafeContact
from amparo.cases.queries import get_refs
from tests.people import Cast

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def name(given: str, first: str = "", second: str = "") -> NameEntry:
    return NameEntry(NameKind.OFFICIAL, given, first, second)


def register(actor: Actor, unit_id: UUID, *names: NameEntry, now: datetime = NOW) -> UUID:
    """Register somebody with these names and nothing else known."""
    return register_person(actor, now=now, unit_id=unit_id, names=names, birth=Birth(Precision.UNKNOWN))


@dataclass
class House:
    """The cast, and Lucía: an adult registered by Amina in the shelter's unit."""

    cast: Cast
    lucia: UUID
    code: str

    @property
    def amina(self) -> Actor:
        return self.cast.amina.actor_at(NOW)

    @property
    def bruno(self) -> Actor:
        return self.cast.bruno.actor_at(NOW)

    @property
    def dora(self) -> Actor:
        return self.cast.dora.actor_at(NOW)


@pytest.fixture(autouse=True)
def empty_memory() -> Iterator[None]:
    yield
    name_memory._held.clear()


@pytest.fixture
def house(cast: Cast) -> House:
    amina = cast.amina.actor_at(NOW)
    lucia = register_person(
        amina,
        now=NOW,
        unit_id=cast.amina.unit_id,
        names=[name("Lucía Esperanza", "Ñáñez", "Quispe")],
        birth=Birth(Precision.EXACT, date(1998, 4, 2), date(1998, 4, 2)),
        age_status=AgeStatus.KNOWN,
        sex_gender="FEMALE",
        languages=["spa", "que"],
        nationalities=["PER"],
        safe_contact=SafeContact(mode="PHONE", reach="+506 0000 0000", must_not_contact="su tío"),
    )
    return House(cast, lucia, get_refs(amina, [lucia])[lucia].code)
