"""Opening fields: ask policy, commit the ledger row, then decrypt."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from amparo.core.refusal import Unknown
from amparo.vault import hooks
from amparo.vault.data import (
    EMERGENCY_COMPARTMENTS,
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
from amparo.vault.locks import DataKeys, DataWrap, Holder, Ring, field_context, open_sealed
from amparo.vault.models import Field, Identity, Wrap
from amparo.vault.primitives import Cipher, unpad
from amparo.vault.veil import Veiled

_IDS_A_QUERY = 5_000


def open(
    actor: VaultActor,
    person_id: UUID,
    compartments: Collection[Compartment],
    purpose: str,
    *,
    now: datetime,
) -> Opened:
    """Open compartments of one person. Three queries and the ledger's.

    ``Unknown`` when policy does not allow it; ``NoKey`` when the actor is locked or no wrap is theirs;
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
    return opening.names_with_alarm(_names_of(Ring(opening.keys), unit_id, names, allowed))


def _names_of(
    ring: Ring, unit_id: UUID, names: Sequence[str], allowed: frozenset[UUID]
) -> Iterator[tuple[UUID, dict[str, Any] | None]]:
    """One query: each field beside the wrap that opens it. ``None`` for what is damaged."""
    mine = Q(record__wraps__holder=Holder.UNIT, record__wraps__holder_id=unit_id)
    mine |= Q(record__wraps__holder=Holder.USER, record__wraps__holder_id=ring.keys.user_id)
    rows = (
        Field.objects.filter(
            mine, name__in=names, record__compartment=Compartment.ID, record__identity__unit_id=unit_id
        )
        .order_by("record__identity_id", "name")
        .values_list(
            "record__identity_id",
            "name",
            "version",
            "sealed",
            "record__wraps__holder",
            "record__wraps__generation",
            "record__wraps__epoch_id",
            "record__wraps__sealed",
        )
    )
    last: UUID | None = None
    values: dict[str, Any] | None = {}
    cipher: Cipher | None = None
    for person_id, name, version, sealed, holder, generation, epoch, wrap in rows.iterator(2_000):
        if person_id not in allowed:
            continue
        if person_id != last:
            if last is not None and values != {}:
                yield last, values
            last, values = person_id, {}
            holder_id = unit_id if holder == Holder.UNIT else ring.keys.user_id
            place = DataWrap(person_id, Compartment.ID, holder, holder_id, generation, epoch, bytes(wrap))
            try:
                key = ring.open_data_key(place)
            except Damaged:
                key, values = None, None
            cipher = Cipher(key) if key else None
        if cipher is None or values is None:
            continue
        try:
            values[name] = _open_field(cipher, person_id, Compartment.ID, name, version, bytes(sealed))
        except Damaged:
            values = None
    if last is not None and values != {}:
        yield last, values


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
            raise NoKey
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
            keys, torn = find_data_keys(ring, batch, self.compartments, permission.emergency_ids)
            opened |= decrypt(keys, torn)
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


def list_data_keys(ring: Ring, person_ids: Sequence[UUID], compartments: frozenset[Compartment]) -> DataKeys:
    """Open the data keys that the ring's user holds for these people. ``Damaged`` when one was altered."""
    keys, torn = find_data_keys(ring, person_ids, compartments)
    if torn:
        raise Damaged
    return keys


def find_data_keys(
    ring: Ring,
    person_ids: Sequence[UUID],
    compartments: frozenset[Compartment],
    emergency_ids: frozenset[UUID] = frozenset(),
) -> tuple[DataKeys, set[tuple[UUID, Compartment]]]:
    """Return the data keys that open, and the places whose wrap was altered. Two queries."""
    mine = Q(holder=Holder.UNIT) | Q(holder=Holder.USER, holder_id=ring.keys.user_id)
    if emergency_ids:
        mine |= Q(holder=Holder.EMERGENCY, record__identity_id__in=emergency_ids)
    rows = Wrap.objects.filter(
        mine, record__identity_id__in=person_ids, record__compartment__in=sorted(compartments)
    ).values_list(
        "record__identity_id",
        "record__compartment",
        "holder",
        "holder_id",
        "generation",
        "epoch_id",
        "sealed",
    )
    keys: dict[tuple[UUID, Compartment], bytes] = {}
    torn: set[tuple[UUID, Compartment]] = set()
    for person_id, compartment, holder, holder_id, generation, epoch, sealed in rows:
        if person_id in emergency_ids and not _is_emergency(holder, compartment):
            continue
        place = (person_id, Compartment(compartment))
        if place not in keys:
            wrap = DataWrap(person_id, compartment, holder, holder_id, generation, epoch, bytes(sealed))
            try:
                key = ring.open_data_key(wrap)
            except Damaged:
                torn.add(place)
                continue
            if key is not None:
                keys[place] = key
    return keys, torn


def _is_emergency(holder: str, compartment: str) -> bool:
    return holder == Holder.EMERGENCY and compartment in EMERGENCY_COMPARTMENTS


def decrypt(keys: DataKeys, torn: Collection[tuple[UUID, Compartment]] = ()) -> dict[UUID, Opened]:
    """Open every field of the compartments whose data keys are given. One query.

    A compartment that is ``torn``, or holds a field that was altered, gives nothing and is named.
    """
    ciphers = {place: Cipher(key) for place, key in keys.items() if place not in torn}
    people = {person_id for person_id, _ in (*keys, *torn)}
    values: dict[UUID, dict[tuple[Compartment, str], Veiled]] = {person_id: {} for person_id in people}
    versions: dict[UUID, dict[tuple[Compartment, str], int]] = {person_id: {} for person_id in people}
    damaged = set(torn)
    rows = Field.objects.filter(
        record__identity_id__in=list(values), record__compartment__in=sorted({part for _, part in keys})
    ).values_list("record__identity_id", "record__compartment", "name", "version", "sealed")
    for person_id, text, name, version, sealed in rows:
        compartment = Compartment(text)
        cipher = ciphers.get((person_id, compartment))
        if cipher is None:
            continue
        try:
            value = _open_field(cipher, person_id, compartment, name, version, bytes(sealed))
        except Damaged:
            damaged.add((person_id, compartment))
            continue
        values[person_id][compartment, name] = Veiled(value)
        versions[person_id][compartment, name] = version
    return {
        person_id: _without_damage(
            Opened(
                person_id,
                values[person_id],
                versions[person_id],
                frozenset(part for whose, part in damaged if whose == person_id) if damaged else frozenset(),
            )
        )
        for person_id in people
    }


def _without_damage(opened: Opened) -> Opened:
    """Leave out what is sound in a compartment where something was altered."""
    if not opened.damaged:
        return opened
    kept = [place for place in opened if place[0] not in opened.damaged]
    values = {place: value for place in kept if (value := opened.get(*place)) is not None}
    versions = {place: opened.versions[place] for place in kept}
    return Opened(opened.person_id, values, versions, opened.damaged)


def _open_field(
    cipher: Cipher, person_id: UUID, compartment: str, name: str, version: int, sealed: bytes
) -> Any:
    context = field_context(person_id, compartment, name, version)
    return json.loads(unpad(open_sealed(cipher, sealed, context)))
