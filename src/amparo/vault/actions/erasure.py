"""Erasure that stays: locks, contents and files go, a tombstone remains, and a list outlives restores.

The list (``erased.list`` beside the key files) holds ids and times only. A backup made before an
erasure still holds the person's locks until the seal key of its epoch is destroyed: at most the
length of an epoch after the next rotation. The person is told that window.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction

from amparo.vault import files, hooks, keyfolder
from amparo.vault.models import Extract, Identity, StoredFile, Tombstone


def erase_person(person_id: UUID, *, actor_ref: str, now: datetime) -> bool:
    """Erase a person's identity for ever. Tells whether there was anything left to erase.

    The id is on the list, synced, before anything is deleted. Two people must have signed: that is
    for access to see to; this is called from its action.
    """
    _add_to_list(person_id, now)
    with transaction.atomic():
        stored = list(
            StoredFile.objects.filter(record__identity_id=person_id).values_list("stored_name", flat=True)
        )
        extracts, _ = Extract.objects.filter(person_id=person_id).delete()
        removed, _ = Identity.objects.filter(person_id=person_id).delete()
        Tombstone.objects.get_or_create(person_id=person_id, defaults={"erased_at": now})
        details = {"files": len(stored), "extracts": extracts}
        hooks.record(actor_ref, "vault.erase", [person_id], details, now=now)
        for stored_name in stored:
            transaction.on_commit(partial(files.remove_file, stored_name))
    return bool(removed or extracts)


def replay_erasures(now: datetime) -> list[UUID]:
    """After a restore: erase again everybody who was erased before it; returns whom it had to erase."""
    listed = dict(_read_list())
    for person_id, erased_at in Tombstone.objects.values_list("person_id", "erased_at"):
        listed.setdefault(person_id, erased_at)
    back = Identity.objects.filter(person_id__in=list(listed)).values_list("person_id", flat=True)
    again = sorted(set(back) | set(_extracts_of(listed)))
    for person_id in again:
        erase_person(person_id, actor_ref="machine:vault", now=now)
    return again


def sweep_files(now: datetime) -> int:
    """Remove files on disk that no row names (a killed run, a rolled-back action); returns how many.

    Run it while nobody stores files.
    """
    known = set(StoredFile.objects.values_list("stored_name", flat=True))
    orphans = [name for name in files.list_stored_names() if name not in known]
    for name in orphans:
        files.remove_file(name)
    if orphans:
        with transaction.atomic():
            hooks.record("machine:vault", "vault.sweep_files", [], {"count": len(orphans)}, now=now)
    return len(orphans)


def _extracts_of(listed: dict[UUID, datetime]) -> list[UUID]:
    rows = Extract.objects.filter(person_id__in=list(listed)).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def _list_path() -> Path:
    return keyfolder.folder() / "erased.list"


def _add_to_list(person_id: UUID, now: datetime) -> None:
    path = _list_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{person_id} {now.isoformat()}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_list() -> Iterator[tuple[UUID, datetime]]:
    """Give the erased ids; a line torn by a crash was never acknowledged and is passed over."""
    path = _list_path()
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii").splitlines():
        person_id, _, at = line.partition(" ")
        try:
            yield UUID(person_id), datetime.fromisoformat(at)
        except ValueError:
            continue
