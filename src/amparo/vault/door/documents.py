"""Files of a person: sealed streams whose keys lie under the document compartment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from amparo.core.refusal import Unknown
from amparo.vault import files, hooks
from amparo.vault.data import Act, Compartment, Damaged, Details, VaultActor
from amparo.vault.door.unsealing import list_data_keys
from amparo.vault.door.writing import require_transaction, ring_of
from amparo.vault.locks import open_sealed
from amparo.vault.models import StoredFile
from amparo.vault.primitives import Cipher, random_key
from amparo.vault.queries import why_no_key
from amparo.vault.renewal import lock_records

_DOCUMENT = frozenset({Compartment.DOCUMENT})


def store_file(actor: VaultActor, person_id: UUID, source: BinaryIO, *, now: datetime) -> UUID:
    """Seal a file for a person and return its id. Runs inside an action.

    Its name, type and size are identifying too: write them as a field ("file.<id>"). At most 50 MB.
    """
    require_transaction()
    locked = lock_records(person_id, [Compartment.DOCUMENT])
    cipher = _document_cipher(actor, person_id, Act.WRITE, "vault.store_file", now=now)
    file_id, key = uuid7(), random_key()
    hooks.record(actor.ref, "vault.store_file", [person_id], {"file": str(file_id)}, now=now)
    context = files.file_context(person_id, file_id)
    StoredFile.objects.create(
        id=file_id,
        record=locked[0],
        stored_name=files.seal_file(key, source, context),
        sealed=cipher.seal(key, context),
        stored_at=now,
    )
    return file_id


def read_file(actor: VaultActor, file_id: UUID, purpose: str, *, now: datetime) -> Iterator[bytes]:
    """Give a file's content in chunks, all of it verified before the first.

    The ledger row is committed before this returns. ``Unknown`` when there is no such file or policy
    does not allow it; ``NoKey`` when the actor holds no key.
    """
    row = StoredFile.objects.filter(id=file_id).select_related("record").first()
    if row is None:
        raise Unknown
    person_id = row.record.identity_id
    cipher = _document_cipher(actor, person_id, Act.OPEN, purpose, now=now)
    details = {"file": str(file_id), "purpose": purpose}
    with transaction.atomic(durable=True):
        hooks.record(actor.ref, "vault.read_file", [person_id], details, now=now)
    context = files.file_context(person_id, file_id)
    told: Details = {"compartments": [Compartment.DOCUMENT.value], "purpose": purpose}
    telling = partial(hooks.told_when_damaged, actor.ref, person_id, told, now=now)
    with telling():
        try:
            key = open_sealed(cipher, bytes(row.sealed), context)
        except Damaged:
            key = _open_key_again(actor, row, context)
    return _give(files.read_sealed_file(key, row.stored_name, context), telling)


def _give(chunks: Iterator[bytes], telling: Callable[[], AbstractContextManager[None]]) -> Iterator[bytes]:
    """Give the chunks on: the file on disk is verified when the first is asked for."""
    with telling():
        yield from chunks


def _open_key_again(actor: VaultActor, row: StoredFile, context: bytes) -> bytes:
    """Read the file's key and its lock once more: a rotation may have renewed both between two queries.

    The row is read after the lock, so a second failure is damage. ``Damaged`` then.
    """
    keys = list_data_keys(ring_of(actor), [row.record.identity_id], _DOCUMENT)
    row.refresh_from_db(fields=["sealed"])
    data_key = keys[row.record.identity_id, Compartment.DOCUMENT]
    return open_sealed(Cipher(data_key), bytes(row.sealed), context)


def destroy_file(actor: VaultActor, file_id: UUID, *, now: datetime) -> None:
    """Destroy a file's key, then the file."""
    require_transaction()
    row = StoredFile.objects.filter(id=file_id).select_related("record").first()
    if row is None:
        raise Unknown
    person_id = row.record.identity_id
    if person_id not in hooks.ask(actor, Act.WRITE, [person_id], _DOCUMENT, "vault.write", now=now).ids:
        raise Unknown
    hooks.record(actor.ref, "vault.destroy_file", [person_id], {"file": str(file_id)}, now=now)
    row.delete()
    transaction.on_commit(partial(files.remove_file, row.stored_name))


def _document_cipher(actor: VaultActor, person_id: UUID, act: Act, purpose: str, *, now: datetime) -> Cipher:
    ring = ring_of(actor)
    permission = hooks.ask(actor, act, [person_id], _DOCUMENT, purpose, now=now)
    if person_id not in permission.ids:
        raise Unknown
    keys = list_data_keys(ring, [person_id], _DOCUMENT)
    if not keys:
        raise why_no_key(person_id)
    return Cipher(keys[person_id, Compartment.DOCUMENT])
