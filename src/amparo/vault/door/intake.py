"""Intake: what somebody outside writes to a unit and cannot read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.core.refusal import Unknown
from amparo.vault import hooks
from amparo.vault.data import Act, Json, VaultActor
from amparo.vault.door.writing import ring_of
from amparo.vault.envelopes import Envelope, intake_context, open_envelope, open_envelope_key, seal_envelope
from amparo.vault.models import Intake
from amparo.vault.veil import Veiled


@transaction.atomic
def seal_to_unit(unit_id: UUID, payload: Mapping[str, Json], *, intake_id: UUID, now: datetime) -> None:
    """Seal a payload to a unit's public key. Needs no actor: the public and field devices call it."""
    content = json.dumps(payload, ensure_ascii=False).encode()
    envelope = seal_envelope(unit_id, content, intake_context(intake_id), now=now)
    details = {"intake": str(intake_id), "unit": str(unit_id)}
    hooks.record("machine:vault", "vault.seal_to_unit", [], details, now=now)
    Intake.objects.create(
        id=intake_id,
        unit_id=unit_id,
        generation=envelope.generation,
        unit_key_id=envelope.unit_key_id,
        epoch_id=envelope.epoch,
        sealed_key=envelope.sealed_key,
        body=envelope.body,
        received_at=now,
    )


def open_intake(actor: VaultActor, intake_id: UUID, purpose: str, *, now: datetime) -> Veiled:
    """Open a payload as a member of the unit; the ledger row is committed first.

    ``Unknown`` when policy does not allow it or it is gone; ``NoKey`` when locked or no member.
    """
    ring = ring_of(actor)
    permission = hooks.ask(actor, Act.OPEN_INTAKE, [intake_id], frozenset(), purpose, now=now)
    row = Intake.objects.filter(id=intake_id).first()
    if row is None or intake_id not in permission.ids:
        raise Unknown
    details = {"intake": str(intake_id), "purpose": purpose, "rule": permission.rule}
    with transaction.atomic(durable=True):
        hooks.record(actor.ref, "vault.open_intake", [], details, now=now)
    envelope = intake_envelope(row)
    key = open_envelope_key(ring, envelope, intake_context(intake_id))
    return Veiled(json.loads(open_envelope(key, envelope, intake_context(intake_id))))


@transaction.atomic
def destroy_intake(actor: VaultActor, intake_id: UUID, *, now: datetime) -> None:
    """Destroy a payload that became a file or was refused."""
    hooks.record(actor.ref, "vault.destroy_intake", [], {"intake": str(intake_id)}, now=now)
    Intake.objects.filter(id=intake_id).delete()


def intake_envelope(row: Intake) -> Envelope:
    """Return the envelope of an intake's row."""
    return Envelope(
        row.unit_id, row.generation, row.unit_key_id, row.epoch_id, bytes(row.sealed_key), bytes(row.body)
    )
