"""Content sealed to a unit from outside: a fresh key for the content, sealed to the unit's public key.

Extracts and intakes are both envelopes. The key is also under the server's seal key, so that a
member's secret and a copy of the database are not enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from amparo.vault import keyfolder
from amparo.vault.data import NoKey, TooLarge
from amparo.vault.locks import Ring, find_newest, open_or_alarm, open_sealed
from amparo.vault.models import Extract, Intake, UnitWrap
from amparo.vault.primitives import Cipher, derive, pad, random_key, seal_to, unpad

LIMIT_BYTES = 4 * 1024 * 1024


Stored = TypeVar("Stored", Extract, Intake)
"""A row that keeps an envelope: its key is sealed to a unit, for others to fill and members to open."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is stored. ``commitment`` is what a signature covers, so that no other key fits."""

    unit_id: UUID
    generation: int
    unit_key_id: UUID
    epoch: int
    sealed_key: bytes
    body: bytes
    commitment: bytes = b""


def seal_envelope(unit_id: UUID, content: bytes, context: bytes, *, now: datetime) -> Envelope:
    """Seal content so that only members of the unit can open it. ``NoKey`` when it has no members."""
    if len(content) > LIMIT_BYTES:
        raise TooLarge(limit_mb=LIMIT_BYTES // 2**20)
    newest = find_newest(unit_id)
    if newest is None or not newest.wraps.filter(holder=UnitWrap.Holder.MEMBER).exists():
        raise NoKey
    key, epoch = random_key(), keyfolder.current_epoch(now)
    where = key_context(context, unit_id, newest.generation)
    return Envelope(
        unit_id=unit_id,
        generation=newest.generation,
        unit_key_id=newest.id,
        epoch=epoch,
        sealed_key=keyfolder.outer(epoch).seal(seal_to(bytes(newest.hpke_public), key, where), where),
        body=Cipher(key).seal(pad(content), context),
        commitment=commitment_to(key),
    )


def open_envelope_key(ring: Ring, envelope: Envelope, context: bytes) -> bytes:
    """Open both locks of the content key; ``NoKey`` when the ring's user is not a member."""
    private = ring.unit_private(envelope.unit_id, envelope.generation)
    if private is None:
        raise NoKey
    where = key_context(context, envelope.unit_id, envelope.generation)
    return open_or_alarm(
        private, open_sealed(keyfolder.outer(envelope.epoch), envelope.sealed_key, where), where
    )


def open_envelope(key: bytes, envelope: Envelope, context: bytes) -> bytes:
    """Open the content."""
    return unpad(open_sealed(Cipher(key), envelope.body, context))


def commitment_to(key: bytes) -> bytes:
    """Return a value that only this key gives."""
    return derive(key, "envelope-commitment")


def key_context(context: bytes, unit_id: UUID, generation: int) -> bytes:
    """Bind the sealed content key to the envelope, the unit and its generation."""
    return context + b"|" + unit_id.bytes + generation.to_bytes(4, "big")


def extract_context(extract_id: UUID) -> bytes:
    """Bind an extract's content to its id."""
    return b"extract|" + extract_id.bytes


def intake_context(intake_id: UUID) -> bytes:
    """Bind an intake's content to its id."""
    return b"intake|" + intake_id.bytes


def context_of(row: Extract | Intake) -> bytes:
    """Bind the content of a stored envelope to its id."""
    return extract_context(row.id) if isinstance(row, Extract) else intake_context(row.id)
