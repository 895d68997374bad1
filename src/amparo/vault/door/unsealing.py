"""What keys open: from wraps to data keys, from data keys to fields.

Nothing here asks policy or writes the ledger: only the door's own modules call it, after they did both.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from amparo.vault.data import EMERGENCY_COMPARTMENTS, Compartment, Damaged, Opened
from amparo.vault.locks import DataKeys, DataWrap, Holder, Ring, field_context, open_sealed
from amparo.vault.models import Field, Wrap
from amparo.vault.primitives import Cipher, unpad
from amparo.vault.veil import Veiled

NAMES_A_FETCH = 2_000
_PARTS = {part.value: part for part in Compartment}
_WRAP = (
    "record__identity_id",
    "record__compartment",
    "holder",
    "holder_id",
    "generation",
    "epoch_id",
    "sealed",
)
_FIELD = ("record__fields__name", "record__fields__version", "record__fields__sealed")
_LOCKS = Wrap.objects.values_list(*_WRAP)
_LOCKS_WITH_FIELDS = Wrap.objects.values_list("record_id", *_WRAP, *_FIELD)
"""Each lock beside each field of its compartment, or beside nothing. Built once: pages open all the time."""


def list_data_keys(ring: Ring, person_ids: Sequence[UUID], compartments: frozenset[Compartment]) -> DataKeys:
    """Open the data keys that the ring's user holds for these people. ``Damaged`` when one was altered.

    Two queries. Whoever will seal with a key locks the record first: a rotation renews keys.
    """
    keys: dict[tuple[UUID, Compartment], bytes] = {}
    for person_id, compartment, *held in _LOCKS.filter(_mine(ring, person_ids, compartments)):
        place = (person_id, _PARTS[compartment])
        if place not in keys:
            key = ring.open_data_key(_data_wrap(person_id, compartment, *held))
            if key is not None:
                keys[place] = key
    return keys


def unseal(
    ring: Ring,
    person_ids: Sequence[UUID],
    compartments: frozenset[Compartment],
    emergency_ids: frozenset[UUID] = frozenset(),
) -> dict[UUID, Opened]:
    """Open all that the ring's user holds keys to, of these compartments. People without any are absent.

    A compartment whose lock or field was altered gives nothing and is named in ``Opened.damaged``. Two
    queries; locks and fields are read by one of them, so that keys which are renewed meanwhile fit.
    """
    rows = _LOCKS_WITH_FIELDS.filter(_mine(ring, person_ids, compartments, emergency_ids))
    parts: dict[int, _Part] = {}
    for record_id, person_id, compartment, holder, *held, name, version, sealed in rows:
        if person_id in emergency_ids and not _is_emergency(holder, compartment):
            continue
        part = parts.get(record_id)
        if part is None:
            part = parts[record_id] = _Part(person_id, _PARTS[compartment])
        if part.opened_by is None and (holder, held[0]) not in part.tried:
            part.try_lock(ring, holder, *held)
        if name is not None and part.opened_by == (holder, held[0]):
            part.open_field(name, version, sealed)
    return _by_person(parts.values())


def names_of_unit(
    ring: Ring, unit_id: UUID, names: Sequence[str], allowed: Collection[UUID]
) -> Iterator[tuple[UUID, dict[str, Any] | None]]:
    """Give id fields of the allowed people of a unit, in clear, person by person. One query.

    ``None`` for whoever's lock or field was altered.
    """
    last: UUID | None = None
    values: dict[str, Any] | None = {}
    cipher: Cipher | None = None
    for person_id, name, version, sealed, *held in _rows_of_unit(ring, unit_id, names):
        if person_id not in allowed:
            continue
        if person_id != last:
            if last is not None and values != {}:
                yield last, values
            last, values = person_id, {}
            try:
                cipher = _cipher_of_unit(ring, person_id, unit_id, *held)
            except Damaged:
                cipher, values = None, None
        if cipher is None or values is None:
            continue
        try:
            values[name] = _open_field(cipher, person_id, Compartment.ID, name, version, sealed)
        except Damaged:
            values = None
    if last is not None and values != {}:
        yield last, values


@dataclass(slots=True)
class _Part:
    """One compartment of one person, while its rows come in: a row is one lock and one field."""

    person_id: UUID
    compartment: Compartment
    cipher: Cipher | None = None
    opened_by: tuple[str, UUID] | None = None
    tried: list[tuple[str, UUID]] = field(default_factory=list)
    is_damaged: bool = False
    values: dict[tuple[Compartment, str], Veiled] = field(default_factory=dict)
    versions: dict[tuple[Compartment, str], int] = field(default_factory=dict)

    def try_lock(
        self, ring: Ring, holder: str, holder_id: UUID, generation: int, epoch: int, sealed: bytes
    ) -> None:
        """Open the data key by one lock; nothing happens when it is somebody else's."""
        self.tried.append((holder, holder_id))
        lock = _data_wrap(self.person_id, self.compartment, holder, holder_id, generation, epoch, sealed)
        try:
            key = ring.open_data_key(lock)
        except Damaged:
            self.is_damaged = True
            return
        if key is not None:
            self.cipher, self.opened_by = Cipher(key), (holder, holder_id)

    def open_field(self, name: str, version: int, sealed: bytes) -> None:
        """Open one field under the data key that is open."""
        if self.cipher is None or self.is_damaged:
            return
        try:
            value = _open_field(self.cipher, self.person_id, self.compartment, name, version, sealed)
        except Damaged:
            self.is_damaged = True
            return
        self.values[self.compartment, name] = Veiled(value)
        self.versions[self.compartment, name] = version


def _by_person(parts: Iterable[_Part]) -> dict[UUID, Opened]:
    """Join what was opened. Of a damaged compartment nothing is given, not even what is sound."""
    values: dict[UUID, dict[tuple[Compartment, str], Veiled]] = {}
    versions: dict[UUID, dict[tuple[Compartment, str], int]] = {}
    damaged: dict[UUID, set[Compartment]] = {}
    for part in parts:
        if part.is_damaged:
            damaged.setdefault(part.person_id, set()).add(part.compartment)
        elif part.cipher is not None:
            values.setdefault(part.person_id, {}).update(part.values)
            versions.setdefault(part.person_id, {}).update(part.versions)
    return {
        person_id: Opened(
            person_id,
            values.get(person_id, {}),
            versions.get(person_id, {}),
            frozenset(damaged.get(person_id, ())),
        )
        for person_id in (*values, *(damaged.keys() - values.keys()))
    }


def _mine(
    ring: Ring,
    person_ids: Sequence[UUID],
    compartments: frozenset[Compartment],
    emergency_ids: frozenset[UUID] = frozenset(),
) -> Q:
    """Keep the locks that may be the user's: of any unit, and of their own name."""
    mine = Q(holder=Holder.UNIT) | Q(holder=Holder.USER, holder_id=ring.keys.user_id)
    if emergency_ids:
        mine |= Q(holder=Holder.EMERGENCY, record__identity_id__in=emergency_ids)
    return Q(mine, record__identity_id__in=person_ids, record__compartment__in=sorted(compartments))


def _is_emergency(holder: str, compartment: str) -> bool:
    return holder == Holder.EMERGENCY and compartment in EMERGENCY_COMPARTMENTS


def _rows_of_unit(ring: Ring, unit_id: UUID, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Each field beside a lock that may open it; the fields of one person follow each other."""
    mine = Q(record__wraps__holder=Holder.UNIT, record__wraps__holder_id=unit_id)
    mine |= Q(record__wraps__holder=Holder.USER, record__wraps__holder_id=ring.keys.user_id)
    rows = Field.objects.filter(
        mine, name__in=names, record__compartment=Compartment.ID, record__identity__unit_id=unit_id
    )
    wrap = [f"record__wraps__{column}" for column in ("holder", "generation", "epoch_id", "sealed")]
    columns = ("record__identity_id", "name", "version", "sealed", *wrap)
    return rows.order_by("record__identity_id", "name").values_list(*columns).iterator(NAMES_A_FETCH)


def _cipher_of_unit(
    ring: Ring, person_id: UUID, unit_id: UUID, holder: str, generation: int, epoch: int, sealed: bytes
) -> Cipher | None:
    holder_id = unit_id if holder == Holder.UNIT else ring.keys.user_id
    lock = _data_wrap(person_id, Compartment.ID, holder, holder_id, generation, epoch, sealed)
    key = ring.open_data_key(lock)
    return Cipher(key) if key else None


def _data_wrap(
    person_id: UUID,
    compartment: str,
    holder: str,
    holder_id: UUID,
    generation: int,
    epoch: int,
    sealed: bytes,
) -> DataWrap:
    return DataWrap(person_id, compartment, holder, holder_id, generation, epoch, bytes(sealed))


def _open_field(
    cipher: Cipher, person_id: UUID, compartment: str, name: str, version: int, sealed: bytes
) -> Any:
    context = field_context(person_id, compartment, name, version)
    return json.loads(str(unpad(open_sealed(cipher, bytes(sealed), context)), "utf-8"))
