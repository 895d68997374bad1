"""Extracts: a sealed, signed, expiring snapshot of chosen fields for one receiving unit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from amparo.core.refusal import Unknown
from amparo.vault import hooks
from amparo.vault.data import (
    Act,
    Compartment,
    Damaged,
    Details,
    ExtractGone,
    Json,
    NoKey,
    OpenedExtract,
    VaultActor,
)
from amparo.vault.door.telling import tell_fields
from amparo.vault.door.unsealing import list_data_keys, unseal
from amparo.vault.door.writing import require_transaction, ring_of
from amparo.vault.envelopes import (
    Envelope,
    commitment_to,
    extract_context,
    open_envelope,
    open_envelope_key,
    seal_envelope,
)
from amparo.vault.models import Extract
from amparo.vault.primitives import digest
from amparo.vault.signatures import is_signed_by, sign_as
from amparo.vault.veil import Veiled, unveil


def seal_extract(
    actor: VaultActor,
    person_id: UUID,
    fields: Mapping[Compartment, Sequence[str]],
    receiver_unit_id: UUID,
    *,
    extract_id: UUID,
    expires_at: datetime,
    extra: Mapping[str, Json],
    now: datetime,
) -> list[str]:
    """Seal the named fields for a unit and return those that had a value, as "compartment.field".

    Runs inside an action. ``extra`` is free content of the referral (its reason, what is asked for).
    ``NoKey`` when the actor cannot open a compartment, or the receiver has no members yet.
    """
    require_transaction()
    if expires_at <= now:
        raise ValueError("an extract expires in the future")
    ring, parts = ring_of(actor), frozenset(fields)
    permission = hooks.ask(actor, Act.SEAL_EXTRACT, [person_id], parts, "vault.seal_extract", now=now)
    if person_id not in permission.ids:
        raise Unknown
    if len(list_data_keys(ring, [person_id], parts)) != len(parts):
        raise NoKey
    opened = unseal(ring, [person_id], parts).get(person_id)
    if opened is not None and opened.damaged:
        raise Damaged
    chosen = {
        f"{part}.{name}": unveil(value)
        for part, names in fields.items()
        for name in names
        if opened is not None and (value := opened.get(part, name)) is not None
    }
    content = json.dumps({"fields": chosen, "extra": extra}, ensure_ascii=False).encode()
    envelope = seal_envelope(receiver_unit_id, content, extract_context(extract_id), now=now)
    row = Extract(
        id=extract_id,
        person_id=person_id,
        sender_id=ring.keys.user_id,
        unit_id=receiver_unit_id,
        generation=envelope.generation,
        unit_key_id=envelope.unit_key_id,
        epoch_id=envelope.epoch,
        sealed_key=envelope.sealed_key,
        body=envelope.body,
        expires_at=expires_at,
    )
    row.signature = sign_as(actor, _signed_part(row, envelope.commitment))
    row.save(force_insert=True)
    details: Details = {
        "extract": str(extract_id),
        "unit": str(receiver_unit_id),
        "rule": permission.rule,
        **tell_fields(chosen),
    }
    hooks.record(actor.ref, "vault.seal_extract", [person_id], details, now=now)
    return sorted(chosen)


def open_extract(actor: VaultActor, extract_id: UUID, purpose: str, *, now: datetime) -> OpenedExtract:
    """Open an extract as a member of the receiving unit; the ledger row is committed first.

    ``Unknown`` when policy does not allow it, ``ExtractGone`` when it expired or was withdrawn,
    ``NoKey`` when the actor is locked or no member. A signature that fails is an alarm.
    """
    ring = ring_of(actor)
    permission = hooks.ask(actor, Act.OPEN_EXTRACT, [extract_id], frozenset(), purpose, now=now)
    if extract_id not in permission.ids:
        raise Unknown
    row = Extract.objects.filter(id=extract_id).first()
    if row is None or row.expires_at <= now:
        raise ExtractGone
    details: Details = {
        "extract": str(extract_id),
        "purpose": purpose,
        "rule": permission.rule,
    }
    with transaction.atomic(durable=True):
        hooks.record(actor.ref, "vault.open_extract", [row.person_id], details, now=now)
    with hooks.told_when_damaged(actor.ref, row.person_id, {"extract": str(extract_id)}, now=now):
        envelope = envelope_of(row)
        key = open_envelope_key(ring, envelope, extract_context(extract_id))
        _require_signature(row, commitment_to(key))
        content = json.loads(open_envelope(key, envelope, extract_context(extract_id)))
    fields = {}
    for place, value in content["fields"].items():
        part, _, name = place.partition(".")
        fields[Compartment(part), name] = Veiled(value)
    return OpenedExtract(extract_id, row.sender_id, row.expires_at, fields, Veiled(content["extra"]))


def destroy_extract(extract_id: UUID, *, now: datetime) -> bool:
    """Destroy an extract: its key and content are gone. Tells whether there was one."""
    row = Extract.objects.filter(id=extract_id).first()
    if row is None:
        return False
    with transaction.atomic():
        details = {"extract": str(extract_id)}
        hooks.record("machine:vault", "vault.destroy_extract", [row.person_id], details, now=now)
        row.delete()
    return True


@transaction.atomic
def destroy_expired_extracts(now: datetime) -> int:
    """Destroy every extract whose time is over and return how many; a scheduled task calls it."""
    rows = Extract.objects.filter(expires_at__lte=now)
    people = list(rows.order_by("id").values_list("person_id", flat=True))
    if people:
        details = {"count": len(people)}
        hooks.record("machine:vault", "vault.destroy_expired_extracts", people, details, now=now)
        rows.delete()
    return len(people)


def envelope_of(row: Extract) -> Envelope:
    """Return the envelope of an extract's row."""
    return Envelope(
        row.unit_id, row.generation, row.unit_key_id, row.epoch_id, bytes(row.sealed_key), bytes(row.body)
    )


def _require_signature(row: Extract, commitment: bytes) -> None:
    if not is_signed_by(row.sender_id, _signed_part(row, commitment), bytes(row.signature)):
        raise Damaged


def _signed_part(row: Extract, commitment: bytes) -> bytes:
    """What the sender signs: who, about whom, to whom, until when, this content under this key."""
    until = int(row.expires_at.astimezone(UTC).timestamp() * 1_000_000)
    return b"|".join(
        (
            b"extract",
            row.id.bytes,
            row.person_id.bytes,
            row.sender_id.bytes,
            row.unit_id.bytes,
            until.to_bytes(8, "big"),
            digest(bytes(row.body)),
            commitment,
        )
    )
