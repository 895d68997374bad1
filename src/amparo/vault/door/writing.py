"""Creating a person's locks and writing fields. Runs inside actions; the ledger row joins them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from amparo.core.refusal import Unknown
from amparo.vault import founding, hooks, keyfolder
from amparo.vault.data import (
    EMERGENCY_COMPARTMENTS,
    Act,
    Compartment,
    Details,
    Json,
    NoKey,
    TooLarge,
    VaultActor,
)
from amparo.vault.door.telling import tell_fields
from amparo.vault.door.unsealing import list_data_keys
from amparo.vault.locks import (
    Holder,
    Ring,
    data_context,
    emergency_key,
    field_context,
    wrap_for_cipher,
)
from amparo.vault.models import Field, Identity, Record, Tombstone, UnitKey, UnitWrap, Wrap
from amparo.vault.primitives import Cipher, pad, random_key
from amparo.vault.queries import why_no_key
from amparo.vault.renewal import lock_records

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,79}")
FIELD_LIMIT_BYTES = 1024 * 1024


def create_person(actor: VaultActor, person_id: UUID, unit_id: UUID, *, now: datetime) -> None:
    """Make the locks of the five compartments of a new person of a unit the actor is a member of.

    Nothing is written yet. ``NoKey`` when the actor is locked or holds no key of the unit.
    """
    require_transaction()
    ring = ring_of(actor)
    _ask(actor, Act.CREATE, person_id, frozenset(Compartment), now=now)
    newest, unit_key = ring.newest(unit_id)
    if Tombstone.objects.filter(person_id=person_id).exists():
        raise ValueError("this person was erased; the id is never used again")
    hooks.record(actor.ref, "vault.create", [person_id], {}, now=now)
    identity = Identity.objects.create(person_id=person_id, unit_id=unit_id, from_at=now)
    records = Record.objects.bulk_create(Record(identity=identity, compartment=part) for part in Compartment)
    data_keys = {record.id: random_key() for record in records}
    wraps = list_unit_wraps(records, data_keys, newest, unit_key, keyfolder.current_epoch(now))
    Wrap.objects.bulk_create(wraps)
    founding.close(unit_id)


def write(
    actor: VaultActor,
    person_id: UUID,
    compartment: Compartment,
    values: Mapping[str, Json],
    *,
    now: datetime,
) -> dict[str, int]:
    """Seal fields of one compartment and return their new versions; the ledger gets the names only.

    A field keeps its last value only; what must keep its history gets a name of its own each time
    ("note.<uuid>"). ``NoKey`` when the actor cannot open the compartment's data key.
    """
    require_transaction()
    for name in values:
        if not _FIELD_NAME.fullmatch(name):
            raise ValueError("a field name is small letters, digits, dots and dashes")
    ring, parts = ring_of(actor), frozenset({compartment})
    _ask(actor, Act.WRITE, person_id, parts, now=now)
    locked = lock_records(person_id, [compartment])
    data_key = list_data_keys(ring, [person_id], parts).get((person_id, compartment))
    if data_key is None:
        raise why_no_key(person_id)
    details: Details = {"compartment": compartment.value, **tell_fields(values)}
    hooks.record(actor.ref, "vault.write", [person_id], details, now=now)
    return _seal_fields(Cipher(data_key), locked[0], values, now=now)


def _seal_fields(
    cipher: Cipher, record: Record, values: Mapping[str, Json], *, now: datetime
) -> dict[str, int]:
    known = dict(record.fields.filter(name__in=list(values)).values_list("name", "version"))
    versions: dict[str, int] = {}
    fields = []
    for name, value in values.items():
        versions[name] = known.get(name, 0) + 1
        context = field_context(record.identity_id, record.compartment, name, versions[name])
        sealed = cipher.seal(pad(_encode(value)), context)
        fields.append(Field(record=record, name=name, version=versions[name], sealed=sealed, written_at=now))
    Field.objects.bulk_create(
        fields,
        update_conflicts=True,
        unique_fields=["record", "name"],
        update_fields=["version", "sealed", "written_at"],
    )
    return versions


def _encode(value: Json) -> bytes:
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    if len(content) > FIELD_LIMIT_BYTES:
        raise TooLarge(limit_mb=FIELD_LIMIT_BYTES // 2**20)
    return content


def list_unit_wraps(
    records: list[Record],
    data_keys: Mapping[int, bytes],
    newest: UnitKey,
    unit_key: bytes,
    epoch: int,
) -> list[Wrap]:
    """Wrap data keys for a unit and, where its agency has one, for the emergency unit. One query."""
    unit_id, generation = newest.keyring_id, newest.generation
    has_emergency = newest.wraps.filter(holder=UnitWrap.Holder.EMERGENCY).exists()
    ciphers = {Holder.UNIT: Cipher(unit_key)}
    if has_emergency:
        ciphers[Holder.EMERGENCY] = Cipher(emergency_key(unit_key))
    wraps = []
    for record in records:
        for holder, cipher in ciphers.items():
            if holder == Holder.EMERGENCY and record.compartment not in EMERGENCY_COMPARTMENTS:
                continue
            context = data_context(record.identity_id, record.compartment, holder, unit_id, generation)
            sealed = wrap_for_cipher(cipher, data_keys[record.id], context, epoch)
            wraps.append(
                Wrap(
                    record=record,
                    holder=holder,
                    holder_id=unit_id,
                    generation=generation,
                    unit_key=newest,
                    epoch_id=epoch,
                    sealed=sealed,
                )
            )
    return wraps


def ring_of(actor: VaultActor) -> Ring:
    """Return the actor's ring, or refuse when the actor is locked."""
    if actor.keys is None:
        raise NoKey
    return Ring(actor.keys)


def _ask(
    actor: VaultActor, act: Act, person_id: UUID, compartments: frozenset[Compartment], *, now: datetime
) -> None:
    permission = hooks.ask(actor, act, [person_id], compartments, f"vault.{act}", now=now)
    if person_id not in permission.ids:
        raise Unknown


def require_transaction() -> None:
    """Refuse to write where nothing would roll the ledger row and the data back together."""
    if not connection.in_atomic_block:
        raise RuntimeError("the vault is written inside an action")
