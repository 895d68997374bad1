"""New data keys for what lies sealed: who kept an old one opens nothing that is written from then on.

What such a person could open before, they may have copied; that no new key takes back. A file is never
written again, so its own stream key stays and is sealed under the new data key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from amparo.vault.data import Damaged
from amparo.vault.files import file_context
from amparo.vault.locks import (
    Holder,
    cipher_for,
    data_context,
    field_context,
    list_user_publics,
    open_sealed,
    wrap_for_cipher,
    wrap_for_user,
)
from amparo.vault.models import Field, Record, StoredFile, UnitKey, Wrap
from amparo.vault.primitives import Cipher, random_key

_ROWS = 200


@dataclass(frozen=True, slots=True)
class Target:
    """The generation of a unit under which wraps go, its key, and the seal key of now."""

    row: UnitKey
    key: bytes
    epoch: int


def lock_records(person_id: UUID, compartments: Sequence[str]) -> list[Record]:
    """Hold a person's compartments until the transaction ends, so that no key is renewed meanwhile.

    Before a data key is opened to seal something with it.
    """
    rows = Record.objects.select_for_update().filter(identity_id=person_id, compartment__in=compartments)
    return list(rows.order_by("id"))


def renew(records: Sequence[Record], old: Mapping[int, bytes], target: Target) -> set[UUID]:
    """Seal locked records again under new data keys, for everybody who holds them now.

    Inside a transaction. Returns whose fields or files are damaged: they are left as they are.
    """
    new = {record.id: random_key() for record in records}
    damaged = reseal(records, old, new)
    wraps = list(Wrap.objects.filter(record__in=records).select_related("record").order_by("id"))
    publics = list_user_publics({wrap.holder_id for wrap in wraps if wrap.holder == Holder.USER})
    for wrap in wraps:
        _wrap_anew(wrap, new[wrap.record_id], publics, target)
    Wrap.objects.bulk_update(wraps, ["sealed", "generation", "unit_key", "epoch"], batch_size=_ROWS)
    return {record.identity_id for record in records if record.id in damaged}


def reseal(records: Sequence[Record], old: Mapping[int, bytes], new: Mapping[int, bytes]) -> set[int]:
    """Seal every field and every file's key again; returns the records where something did not open."""
    before = {record_id: Cipher(key) for record_id, key in old.items()}
    after = {record_id: Cipher(key) for record_id, key in new.items()}
    damaged: set[int] = set()
    fields = list(Field.objects.filter(record__in=records).select_related("record").order_by("id"))
    files = list(StoredFile.objects.filter(record__in=records).select_related("record").order_by("id"))
    rows: list[Field | StoredFile] = [*fields, *files]
    for row in rows:
        context = _context_of(row)
        try:
            content = open_sealed(before[row.record_id], bytes(row.sealed), context)
        except Damaged:
            damaged.add(row.record_id)
            continue
        row.sealed = after[row.record_id].seal(content, context)
    Field.objects.bulk_update(fields, ["sealed"], batch_size=_ROWS)
    StoredFile.objects.bulk_update(files, ["sealed"], batch_size=_ROWS)
    return damaged


def _context_of(row: Field | StoredFile) -> bytes:
    record = row.record
    if isinstance(row, StoredFile):
        return file_context(record.identity_id, row.id)
    return field_context(record.identity_id, record.compartment, row.name, row.version)


def _wrap_anew(wrap: Wrap, data_key: bytes, publics: Mapping[UUID, bytes], target: Target) -> None:
    """Put a new data key into an existing lock, for the same holder."""
    place = (wrap.record.identity_id, wrap.record.compartment, wrap.holder, wrap.holder_id)
    if wrap.holder == Holder.USER:
        context = data_context(*place, wrap.generation)
        wrap.sealed = wrap_for_user(publics[wrap.holder_id], data_key, context, target.epoch)
    else:
        context = data_context(*place, target.row.generation)
        cipher = cipher_for(wrap.holder, target.key)
        wrap.sealed = wrap_for_cipher(cipher, data_key, context, target.epoch)
        wrap.generation, wrap.unit_key = target.row.generation, target.row
    wrap.epoch_id = target.epoch
