"""A small world for the vault's tests: users, units, policy that allows, a ledger that remembers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from amparo.vault import actions, door
from amparo.vault.data import Act, Compartment, Details, OpenKeys, Permission, VaultActor

PASSPHRASE = "una frase de prueba"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class TestActor:
    """The least that the door reads of an actor."""

    __test__ = False

    staff_id: UUID
    keys: OpenKeys

    @property
    def ref(self) -> str:
        return f"staff:{self.staff_id}"

    def locked(self) -> LockedActor:
        return LockedActor(self.staff_id)


@dataclass(frozen=True)
class LockedActor:
    """The same user before unlocking."""

    staff_id: UUID
    keys: None = None

    @property
    def ref(self) -> str:
        return f"staff:{self.staff_id}"


@dataclass
class Ledger:
    """Remembers what the vault logged; can be broken, to see that nothing is opened then."""

    rows: list[tuple[str, str, tuple[UUID, ...], Details]] = field(default_factory=list)
    is_broken: bool = False

    def __call__(
        self, actor_ref: str, verb: str, person_ids: Sequence[UUID], details: Details, *, now: datetime
    ) -> None:
        if self.is_broken:
            raise OSError("the ledger cannot be written")
        self.rows.append((actor_ref, verb, tuple(person_ids), details))

    def verbs(self) -> list[str]:
        return [verb for _, verb, _, _ in self.rows]


@dataclass
class Policy:
    """Allows everything except what a test forbids; notes what it was asked."""

    forbidden: set[UUID] = field(default_factory=set)
    emergency: set[UUID] = field(default_factory=set)
    asked: list[tuple[Act, tuple[UUID, ...]]] = field(default_factory=list)

    def __call__(
        self,
        actor: VaultActor,
        act: Act,
        ids: Sequence[UUID],
        compartments: frozenset[Compartment],
        purpose: str,
        *,
        now: datetime,
    ) -> Permission:
        self.asked.append((act, tuple(ids)))
        allowed = frozenset(ids) - self.forbidden
        return Permission(allowed, "test", allowed & self.emergency)


@dataclass
class World:
    """Makes users, units and people through the vault's own actions."""

    policy: Policy = field(default_factory=Policy)
    ledger: Ledger = field(default_factory=Ledger)
    agency_id: UUID = field(default_factory=uuid7)

    def user(self, passphrase: str = PASSPHRASE) -> TestActor:
        user_id = uuid7()
        return TestActor(user_id, actions.create_user_keys(user_id, passphrase, NOW))

    def unit(self, *members: TestActor) -> UUID:
        unit_id = uuid7()
        actions.create_unit_keys(unit_id, agency_id=self.agency_id, now=NOW)
        for member in members:
            actions.seed_unit_member(unit_id, member.staff_id, NOW)
        return unit_id

    def person(self, actor: TestActor, unit_id: UUID, name: str = "Rosalía Quispe Mamani") -> UUID:
        person_id = uuid7()
        with transaction.atomic():
            door.create_person(actor, person_id, unit_id, now=NOW)
            door.write(actor, person_id, Compartment.ID, {"names": [{"full": name}]}, now=NOW)
        return person_id

    def write(self, actor: TestActor, person_id: UUID, part: Compartment, name: str, value: str) -> None:
        with transaction.atomic():
            door.write(actor, person_id, part, {name: value}, now=NOW)
