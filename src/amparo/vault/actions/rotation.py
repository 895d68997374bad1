"""Rotation of the seal key: in batches, resumable, readable at every moment.

Each batch is one transaction. A run that is killed leaves some rows under the old key and some under
the new one, and both keys in place; the next run goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from amparo.vault import hooks, keyfolder
from amparo.vault.data import StillLocked
from amparo.vault.envelopes import (
    Stored,
    context_of,
    key_context,
)
from amparo.vault.locks import (
    data_context,
    open_sealed,
)
from amparo.vault.models import Bundle, Extract, Intake, SealEpoch, Wrap

BATCH = 500
Progress = Callable[[int], None]


def silent(done: int) -> None:
    """Report nothing."""


def rotate_seal_epoch(now: datetime, progress: Progress = silent) -> tuple[int, int]:
    """Put every outer lock under a new seal key; returns the new epoch and how many locks changed.

    A rotation that was interrupted is finished first, under the epoch that it began. The old key
    stays until :func:`retire_epoch` destroys it.
    """
    newest = keyfolder.current_epoch(now)
    if not _has_rows_before(newest):
        with transaction.atomic():
            newest = keyfolder.begin_epoch(now)
            hooks.record("machine:vault", "vault.begin_seal_epoch", [], {"epoch": newest}, now=now)
    done = 0
    for relock in (
        _relock_wraps,
        partial(_relock_envelopes, Extract),
        partial(_relock_envelopes, Intake),
    ):
        while count := relock(newest):
            done += count
            progress(done)
    with transaction.atomic():
        details = {"epoch": newest, "count": done}
        hooks.record("machine:vault", "vault.rotate_seal_epoch", [], details, now=now)
    return newest, done


@transaction.atomic
def retire_epoch(number: int, now: datetime) -> None:
    """Destroy an old seal key. Backups made under it, and those erased since, are lost with it.

    ``StillLocked`` while anything lies under it, or when it is the newest. Sessions that were held
    under it end.
    """
    epoch = SealEpoch.objects.select_for_update().filter(number=number).first()
    if epoch is None or number == keyfolder.current_epoch(now):
        raise StillLocked(epoch=number)
    if any(model.objects.filter(epoch=epoch).exists() for model in (Wrap, Extract, Intake)):
        raise StillLocked(epoch=number)
    hooks.record("machine:vault", "vault.retire_epoch", [], {"epoch": number}, now=now)
    Bundle.objects.filter(epoch=epoch).delete()
    epoch.delete()
    transaction.on_commit(lambda: keyfolder.destroy(number))


def _has_rows_before(newest: int) -> bool:
    return any(model.objects.filter(epoch_id__lt=newest).exists() for model in (Wrap, Extract, Intake))


@transaction.atomic
def _relock_wraps(newest: int) -> int:
    rows = list(
        Wrap.objects.select_for_update(of=("self",))
        .filter(epoch_id__lt=newest)
        .select_related("record")
        .order_by("id")[:BATCH]
    )
    for row in rows:
        record = row.record
        context = data_context(
            record.identity_id, record.compartment, row.holder, row.holder_id, row.generation
        )
        row.sealed = _relock(row.epoch_id, newest, bytes(row.sealed), context)
        row.epoch_id = newest
    Wrap.objects.bulk_update(rows, ["sealed", "epoch"])
    return len(rows)


@transaction.atomic
def _relock_envelopes(model: type[Stored], newest: int) -> int:
    rows = list(model.objects.select_for_update().filter(epoch_id__lt=newest).order_by("id")[:BATCH])
    for row in rows:
        context = key_context(context_of(row), row.unit_id, row.generation)
        row.sealed_key = _relock(row.epoch_id, newest, bytes(row.sealed_key), context)
        row.epoch_id = newest
    model.objects.bulk_update(rows, ["sealed_key", "epoch"])
    return len(rows)


def _relock(old: int, new: int, sealed: bytes, context: bytes) -> bytes:
    return keyfolder.outer(new).seal(open_sealed(keyfolder.outer(old), sealed, context), context)
