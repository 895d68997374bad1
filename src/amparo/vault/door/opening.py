"""Opening fields: ask policy, commit the ledger row, then decrypt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from amparo.core.refusal import Unknown
from amparo.vault import hooks
from amparo.vault.data import (
    Act,
    Compartment,
    Damaged,
    Details,
    NoKey,
    Opened,
    OpenKeys,
    Permission,
    VaultActor,
)
from amparo.vault.door.unsealing import names_of_unit, unseal
from amparo.vault.locks import Ring
from amparo.vault.models import Identity
from amparo.vault.queries import why_no_key

_IDS_A_QUERY = 5_000


def open(
    actor: VaultActor,
    person_id: UUID,
    compartments: Collection[Compartment],
    purpose: str,
    *,
    now: datetime,
) -> Opened:
    """Open compartments of one person. Two queries and the ledger's.

    ``Unknown`` when policy does not allow it; ``NoKey`` when the actor is locked or no wrap is theirs
    (``Erased``: nobody's any more);
    ``Damaged`` when anything of it was altered, which the ledger then says.
    A compartment that nobody wrote to is empty, not an error.
    """
    return _Opening.of(actor, compartments, purpose, now).open_one(person_id, is_committed=True)


def open_many(
    actor: VaultActor,
    person_ids: Collection[UUID],
    compartments: Collection[Compartment],
    purpose: str,
    *,
    now: datetime,
) -> dict[UUID, Opened]:
    """Open compartments of a list of people: one ledger row for the whole list.

    People whom policy or keys do not open are absent from the answer. A locked actor gets ``NoKey``.
    What was altered does not hide the others: it is named in ``Opened.damaged``, and in the ledger.
    """
    return _Opening.of(actor, compartments, purpose, now).open_all(list(person_ids), is_committed=True)


def open_within_action(
    actor: VaultActor,
    person_id: UUID,
    compartments: Collection[Compartment],
    purpose: str,
    *,
    now: datetime,
) -> Opened:
    """Like :func:`open`, but the ledger row joins the transaction of the running action."""
    if not connection.in_atomic_block:
        raise RuntimeError("open_within_action runs inside an action; elsewhere use open")
    return _Opening.of(actor, compartments, purpose, now).open_one(person_id, is_committed=False)


def open_names(
    actor: VaultActor,
    unit_id: UUID,
    purpose: str,
    *,
    now: datetime,
    names: Sequence[str] = ("names",),
    person_ids: Collection[UUID] | None = None,
) -> Iterator[tuple[UUID, dict[str, Any] | None]]:
    """Open id fields of all people of a unit, in clear, for an index that is held in memory.

    One ledger row with the count. Fields of one person come together; people in the order of their
    ids. ``None`` for whoever's names are damaged, which the ledger then says. ``person_ids`` limits it
    (to refresh an index with what ``queries.list_marks`` shows as new).
    For the search of cases only: the caller is listed like those of :func:`plain`.
    """
    opening = _Opening.of(actor, {Compartment.ID}, purpose, now)
    known = Identity.objects.filter(unit_id=unit_id).order_by("person_id").values_list("person_id", flat=True)
    wanted = [person_id for person_id in known if person_ids is None or person_id in person_ids]
    permission = opening.ask(wanted, Act.OPEN_LIST)
    allowed = permission.ids - permission.emergency_ids
    opening.log(list(allowed), permission, is_committed=True)
    return opening.names_with_alarm(names_of_unit(Ring(opening.keys), unit_id, names, allowed))


@dataclass(frozen=True, slots=True)
class _Opening:
    """One request to open: who, what, why, when. Asks, logs, then decrypts, in this order."""

    actor: VaultActor
    keys: OpenKeys
    compartments: frozenset[Compartment]
    purpose: str
    now: datetime

    @classmethod
    def of(
        cls, actor: VaultActor, compartments: Collection[Compartment], purpose: str, now: datetime
    ) -> _Opening:
        if actor.keys is None:
            raise NoKey
        return cls(actor, actor.keys, frozenset(map(Compartment, compartments)), purpose, now)

    def open_one(self, person_id: UUID, *, is_committed: bool) -> Opened:
        permission = self.ask([person_id])
        if person_id not in permission.ids:
            raise Unknown
        found = self._open_permitted([person_id], permission, is_committed=is_committed)
        if person_id not in found:
            raise why_no_key(person_id)
        if found[person_id].damaged:
            raise Damaged
        return found[person_id]

    def open_all(self, person_ids: Sequence[UUID], *, is_committed: bool) -> dict[UUID, Opened]:
        permission = self.ask(person_ids)
        allowed = [person_id for person_id in person_ids if person_id in permission.ids]
        return self._open_permitted(allowed, permission, is_committed=is_committed) if allowed else {}

    def _open_permitted(
        self, person_ids: Sequence[UUID], permission: Permission, *, is_committed: bool
    ) -> dict[UUID, Opened]:
        self.log(person_ids, permission, is_committed=is_committed)
        opened: dict[UUID, Opened] = {}
        ring, remaining = Ring(self.keys), iter(person_ids)
        while batch := list(islice(remaining, _IDS_A_QUERY)):
            opened |= unseal(ring, batch, self.compartments, permission.emergency_ids)
        self.alarm({each.person_id: each.damaged for each in opened.values() if each.damaged}, is_committed)
        return opened

    def names_with_alarm(
        self, names: Iterator[tuple[UUID, dict[str, Any] | None]]
    ) -> Iterator[tuple[UUID, dict[str, Any] | None]]:
        """Give the names on, and say in the ledger at the end whose are damaged."""
        damaged: dict[UUID, frozenset[Compartment]] = {}
        for person_id, fields in names:
            if fields is None:
                damaged[person_id] = self.compartments
            yield person_id, fields
        self.alarm(damaged, is_committed=True)

    def alarm(self, damaged: Mapping[UUID, frozenset[Compartment]], is_committed: bool) -> None:
        """Say in the ledger whose data were found altered. A running action that refuses takes it back."""
        if not damaged:
            return
        parts = sorted({part.value for each in damaged.values() for part in each})
        details: Details = {"compartments": parts, "purpose": self.purpose, "count": len(damaged)}
        with transaction.atomic(durable=is_committed):
            hooks.record(self.actor.ref, "vault.damaged", sorted(damaged), details, now=self.now)

    def ask(self, person_ids: Sequence[UUID], act: Act = Act.OPEN) -> Permission:
        return hooks.ask(self.actor, act, person_ids, self.compartments, self.purpose, now=self.now)

    def log(self, person_ids: Sequence[UUID], permission: Permission, *, is_committed: bool) -> None:
        """Write the opening; commit it when there is no action whose transaction will."""
        emergency = len(permission.emergency_ids)
        details: Details = {
            "compartments": sorted(self.compartments),
            "purpose": self.purpose,
            "rule": permission.rule,
            "count": len(person_ids),
            **({"emergency": emergency} if emergency else {}),
        }
        # Django refuses a durable block inside another transaction, except inside a test case's own.
        with transaction.atomic(durable=is_committed):
            hooks.record(self.actor.ref, "vault.open", person_ids, details, now=self.now)
