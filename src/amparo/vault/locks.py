"""Wraps: how a user's keys open a unit's key, and a unit's key a person's data keys.

Shared by the door and the key actions. Every wrap is bound to its exact place (who, whose, which
compartment, which generation), so that a wrap moved to another row opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from amparo.vault import keyfolder
from amparo.vault.data import Compartment, Damaged, NoKey, OpenKeys
from amparo.vault.models import UnitKey, UnitWrap, UserKey, Wrap
from amparo.vault.primitives import Cipher, Unopenable, derive, open_with, seal_to

Holder = Wrap.Holder
DataKeys = Mapping[tuple[UUID, Compartment], bytes]


def unit_context(unit_id: UUID, generation: int, holder: str, holder_id: UUID) -> bytes:
    """Bind a unit's wrap to the unit, its generation and the one who holds it."""
    return b"|".join(
        (b"unit", unit_id.bytes, generation.to_bytes(4, "big"), holder.encode(), holder_id.bytes)
    )


def data_context(person_id: UUID, compartment: str, holder: str, holder_id: UUID, generation: int) -> bytes:
    """Bind a data key's wrap to the person, the compartment and the one who holds it."""
    return b"dek|%b|%b|%b|%b|%b" % (
        person_id.bytes,
        holder_id.bytes,
        generation.to_bytes(4, "big"),
        holder.encode(),
        compartment.encode(),
    )


def field_context(person_id: UUID, compartment: str, name: str, version: int) -> bytes:
    """Bind a field to the person, the compartment, its name and its version."""
    return b"field|%b|%b|%b|%b" % (
        person_id.bytes,
        version.to_bytes(8, "big"),
        compartment.encode(),
        name.encode(),
    )


def emergency_key(unit_key: bytes) -> bytes:
    """Return the key under which a unit wraps id and contact for its agency's emergency unit.

    One way only: whoever holds it cannot come back to the unit's key.
    """
    return derive(unit_key, "emergency")


class Ring:
    """What one user's opened keys can open. Loads the user's wraps once (one query), opens on demand.

    A new ring reads the wraps anew: whoever was revoked meanwhile has none, whatever was opened before.
    """

    def __init__(self, keys: OpenKeys) -> None:
        self.keys = keys
        self._wraps: dict[tuple[UUID, int], bytes] | None = None
        self._unit_keys: dict[tuple[UUID, int], bytes] = {}
        self._ciphers: dict[tuple[str, UUID, int], Cipher | None] = {}
        self._outers: dict[int, Cipher] = {}

    def unit_key(self, unit_id: UUID, generation: int) -> bytes | None:
        """Return a unit's AES key, or ``None`` when this user is not a member of that generation."""
        place = (unit_id, generation)
        if place not in self._unit_keys:
            blob = self._members().get(place)
            if blob is None:
                return None
            context = unit_context(unit_id, generation, UnitWrap.Holder.MEMBER, self.keys.user_id)
            self._unit_keys[place] = self.keys.open_once(blob, context, open_or_alarm)
        return self._unit_keys[place]

    def newest(self, unit_id: UUID) -> tuple[UnitKey, bytes]:
        """Return a unit's newest generation and its AES key; ``NoKey`` when this user lacks it."""
        row = find_newest(unit_id)
        key = self.unit_key(unit_id, row.generation) if row else None
        if row is None or key is None:
            raise NoKey
        return row, key

    def unit_private(self, unit_id: UUID, generation: int) -> bytes | None:
        """Return the HPKE private key of one generation of a unit, or ``None``. One query."""
        sealed = UnitKey.objects.filter(keyring_id=unit_id, generation=generation).values_list(
            "sealed", flat=True
        )
        key, blob = self.unit_key(unit_id, generation), sealed.first()
        if key is None or blob is None:
            return None
        return open_sealed(Cipher(key), bytes(blob), pair_context(unit_id, generation))

    def cipher(self, holder: str, holder_id: UUID, generation: int) -> Cipher | None:
        """Return what opens the inner lock of wraps for a unit or an emergency unit, or ``None``."""
        place = (holder, holder_id, generation)
        if place not in self._ciphers:
            key = (
                self.unit_key(holder_id, generation)
                if holder == Holder.UNIT
                else self._emergency(holder_id, generation)
            )
            self._ciphers[place] = Cipher(key) if key else None
        return self._ciphers[place]

    def open_data_key(self, wrap: DataWrap) -> bytes | None:
        """Open both locks of one wrap; ``None`` when it is wrapped for somebody else."""
        context = data_context(wrap.person_id, wrap.compartment, wrap.holder, wrap.holder_id, wrap.generation)
        if wrap.holder == Holder.USER:
            if wrap.holder_id != self.keys.user_id:
                return None
            inner = open_sealed(self._outer(wrap.epoch), wrap.sealed, context)
            return open_or_alarm(self.keys.hpke_private, inner, context)
        cipher = self.cipher(wrap.holder, wrap.holder_id, wrap.generation)
        if cipher is None:
            return None
        return open_sealed(cipher, open_sealed(self._outer(wrap.epoch), wrap.sealed, context), context)

    def _outer(self, epoch: int) -> Cipher:
        if epoch not in self._outers:
            self._outers[epoch] = keyfolder.outer(epoch)
        return self._outers[epoch]

    def _members(self) -> dict[tuple[UUID, int], bytes]:
        if self._wraps is None:
            rows = UnitWrap.objects.filter(
                holder=UnitWrap.Holder.MEMBER, holder_id=self.keys.user_id
            ).values_list("unit_key__keyring_id", "unit_key__generation", "sealed")
            self._wraps = {(unit_id, generation): bytes(blob) for unit_id, generation, blob in rows}
        return self._wraps

    def _emergency(self, unit_id: UUID, generation: int) -> bytes | None:
        """Open a unit's emergency key through the emergency unit that this user is a member of."""
        rows = UnitWrap.objects.filter(
            unit_key__keyring_id=unit_id, unit_key__generation=generation, holder=UnitWrap.Holder.EMERGENCY
        ).values_list("holder_id", "holder_generation", "sealed")
        for emergency_unit_id, emergency_generation, blob in rows:
            private = self.unit_private(emergency_unit_id, emergency_generation)
            if private is not None:
                context = unit_context(unit_id, generation, UnitWrap.Holder.EMERGENCY, emergency_unit_id)
                return open_or_alarm(private, bytes(blob), context)
        return None


@dataclass(frozen=True, slots=True)
class DataWrap:
    """One row of ``Wrap`` with the place that its context needs."""

    person_id: UUID
    compartment: str
    holder: str
    holder_id: UUID
    generation: int
    epoch: int
    sealed: bytes


def pair_context(unit_id: UUID, generation: int) -> bytes:
    """Bind a unit's sealed private key to the unit and its generation."""
    return b"pair|" + unit_id.bytes + generation.to_bytes(4, "big")


def find_newest(unit_id: UUID) -> UnitKey | None:
    """Return the newest generation of a unit's keys, or ``None``. One query."""
    return UnitKey.objects.filter(keyring_id=unit_id).order_by("-generation").first()


def cipher_for(holder: str, unit_key: bytes) -> Cipher:
    """Return the cipher under which a unit wraps data keys: for its members, or for the emergency unit."""
    return Cipher(emergency_key(unit_key) if holder == Holder.EMERGENCY else unit_key)


def wrap_for_cipher(cipher: Cipher, data_key: bytes, context: bytes, epoch: int) -> bytes:
    """Put a data key under a unit's (or emergency) key, then under the seal key."""
    return keyfolder.outer(epoch).seal(cipher.seal(data_key, context), context)


def wrap_for_user(public: bytes, data_key: bytes, context: bytes, epoch: int) -> bytes:
    """Put a data key under a user's public key, then under the seal key."""
    return keyfolder.outer(epoch).seal(seal_to(public, data_key, context), context)


def list_user_publics(user_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the HPKE public key of each user who has one. One query."""
    rows = UserKey.objects.filter(user_id__in=list(user_ids)).values_list("user_id", "hpke_public")
    return {user_id: bytes(public) for user_id, public in rows}


def open_sealed(cipher: Cipher, blob: bytes, context: bytes) -> bytes:
    """Open a blob that must open; anything else is an alarm."""
    try:
        return cipher.open(blob, context)
    except Unopenable:
        raise Damaged from None


def open_or_alarm(private: bytes, blob: bytes, context: bytes) -> bytes:
    """Open an HPKE blob that must open; anything else is an alarm."""
    try:
        return open_with(private, blob, context)
    except Unopenable:
        raise Damaged from None
