"""Rotation of the seal key and of a unit's key: in batches, resumable, readable at every moment.

Each batch is one transaction. A run that is killed leaves some rows under the old key and some under
the new one, and both keys in place; the next run goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.vault import hooks, keyfolder
from amparo.vault.actions.units import Holder, make_generation, put_wrap
from amparo.vault.actions.users import user_ref
from amparo.vault.data import Details, NoKey, OpenKeys, StillLocked
from amparo.vault.envelopes import (
    Envelope,
    extract_context,
    intake_context,
    key_context,
    open_envelope_key,
)
from amparo.vault.locks import (
    Ring,
    data_context,
    emergency_key,
    list_user_publics,
    open_or_alarm,
    open_sealed,
    unit_context,
    wrap_for_cipher,
)
from amparo.vault.models import Bundle, Extract, Intake, Keyring, SealEpoch, UnitKey, UnitWrap, Wrap
from amparo.vault.primitives import Cipher, seal_to

BATCH = 500
Progress = Callable[[int], None]


def _silent(done: int) -> None:
    """Report nothing."""


# The seal key


def rotate_seal_epoch(now: datetime, progress: Progress = _silent) -> tuple[int, int]:
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
    for relock in (_relock_wraps, _relock_extracts, _relock_intakes):
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
def _relock_extracts(newest: int) -> int:
    rows = list(Extract.objects.select_for_update().filter(epoch_id__lt=newest).order_by("id")[:BATCH])
    for row in rows:
        context = key_context(extract_context(row.id), row.unit_id, row.generation)
        row.sealed_key = _relock(row.epoch_id, newest, bytes(row.sealed_key), context)
        row.epoch_id = newest
    Extract.objects.bulk_update(rows, ["sealed_key", "epoch"])
    return len(rows)


@transaction.atomic
def _relock_intakes(newest: int) -> int:
    rows = list(Intake.objects.select_for_update().filter(epoch_id__lt=newest).order_by("id")[:BATCH])
    for row in rows:
        context = key_context(intake_context(row.id), row.unit_id, row.generation)
        row.sealed_key = _relock(row.epoch_id, newest, bytes(row.sealed_key), context)
        row.epoch_id = newest
    Intake.objects.bulk_update(rows, ["sealed_key", "epoch"])
    return len(rows)


def _relock(old: int, new: int, sealed: bytes, context: bytes) -> bytes:
    return keyfolder.outer(new).seal(open_sealed(keyfolder.outer(old), sealed, context), context)


# A unit's key


def rotate_unit(keys: OpenKeys, unit_id: UUID, now: datetime, progress: Progress = _silent) -> int:
    """Give a unit a new key and move everything of the unit under it; returns how many wraps moved.

    Run by an unlocked member (``NoKey`` otherwise). Who is no member when it begins loses access for
    good. An interrupted rotation is finished first.
    """
    target = _begin_generation(keys, unit_id, now)
    ring, done = Ring(keys), 0
    new_key = ring.unit_key(unit_id, target.generation)
    if new_key is None:
        raise NoKey
    for move in (_move_wraps, _move_extracts, _move_intakes, _move_links):
        while count := move(ring, target, new_key, now):
            done += count
            progress(done)
    _finish_generation(keys, target, done, now)
    return done


@transaction.atomic
def _begin_generation(keys: OpenKeys, unit_id: UUID, now: datetime) -> UnitKey:
    """Return the generation to move to: one that was begun, else a new one for today's members."""
    keyring = Keyring.objects.select_for_update().get(unit_id=unit_id)
    ring = Ring(keys)
    newest, _ = ring.newest(unit_id)
    if keyring.generations.count() > 1:
        return newest
    details: Details = {"unit": str(unit_id), "generation": newest.generation + 1}
    hooks.record(user_ref(keys.user_id), "vault.begin_unit_rotation", [], details, now=now)
    row, key = make_generation(keyring, newest.generation + 1, now)
    members = newest.wraps.filter(holder=Holder.MEMBER).values_list("holder_id", flat=True)
    for user_id, public in list_user_publics(members).items():
        put_wrap(row, Holder.MEMBER, user_id, public, key, now=now)
    return row


@transaction.atomic
def _move_wraps(ring: Ring, target: UnitKey, new_key: bytes, now: datetime) -> int:
    unit_id, generation, epoch = target.keyring_id, target.generation, keyfolder.current_epoch(now)
    rows = list(
        Wrap.objects.select_for_update(of=("self",))
        .filter(holder_id=unit_id, holder__in=[Wrap.Holder.UNIT, Wrap.Holder.EMERGENCY])
        .filter(generation__lt=generation)
        .select_related("record")
        .order_by("id")[:BATCH]
    )
    for row in rows:
        place = (row.record.identity_id, row.record.compartment, row.holder, unit_id)
        old_key = ring.unit_key(unit_id, row.generation)
        if old_key is None:
            raise NoKey
        before = data_context(*place, row.generation)
        inner = open_sealed(keyfolder.outer(row.epoch_id), bytes(row.sealed), before)
        data_key = open_sealed(_cipher_for(row.holder, old_key), inner, before)
        after = data_context(*place, generation)
        row.sealed = wrap_for_cipher(_cipher_for(row.holder, new_key), data_key, after, epoch)
        row.generation, row.unit_key, row.epoch_id = generation, target, epoch
    Wrap.objects.bulk_update(rows, ["sealed", "generation", "unit_key", "epoch"])
    return len(rows)


def _cipher_for(holder: str, unit_key: bytes) -> Cipher:
    return Cipher(emergency_key(unit_key) if holder == Wrap.Holder.EMERGENCY else unit_key)


@transaction.atomic
def _move_extracts(ring: Ring, target: UnitKey, new_key: bytes, now: datetime) -> int:
    rows = list(
        Extract.objects.select_for_update()
        .filter(unit_id=target.keyring_id, generation__lt=target.generation)
        .order_by("id")[:BATCH]
    )
    for row in rows:
        row.sealed_key, row.epoch_id = _move_key(ring, row, extract_context(row.id), target, now)
        row.generation, row.unit_key = target.generation, target
    Extract.objects.bulk_update(rows, ["sealed_key", "generation", "unit_key", "epoch"])
    return len(rows)


@transaction.atomic
def _move_intakes(ring: Ring, target: UnitKey, new_key: bytes, now: datetime) -> int:
    rows = list(
        Intake.objects.select_for_update()
        .filter(unit_id=target.keyring_id, generation__lt=target.generation)
        .order_by("id")[:BATCH]
    )
    for row in rows:
        row.sealed_key, row.epoch_id = _move_key(ring, row, intake_context(row.id), target, now)
        row.generation, row.unit_key = target.generation, target
    Intake.objects.bulk_update(rows, ["sealed_key", "generation", "unit_key", "epoch"])
    return len(rows)


def _move_key(
    ring: Ring, row: Extract | Intake, context: bytes, target: UnitKey, now: datetime
) -> tuple[bytes, int]:
    old = Envelope(row.unit_id, row.generation, row.unit_key_id, row.epoch_id, bytes(row.sealed_key), b"")
    key, epoch = open_envelope_key(ring, old, context), keyfolder.current_epoch(now)
    where = key_context(context, row.unit_id, target.generation)
    return keyfolder.outer(epoch).seal(seal_to(bytes(target.hpke_public), key, where), where), epoch


@transaction.atomic
def _move_links(ring: Ring, target: UnitKey, new_key: bytes, now: datetime) -> int:
    """Move what other units sealed to this one as their emergency unit."""
    unit_id = target.keyring_id
    rows = list(
        UnitWrap.objects.select_for_update(of=("self",))
        .filter(holder=Holder.EMERGENCY, holder_id=unit_id, holder_generation__lt=target.generation)
        .select_related("unit_key")
        .order_by("id")[:BATCH]
    )
    for row in rows:
        private = ring.unit_private(unit_id, row.holder_generation)
        if private is None:
            raise NoKey
        context = unit_context(row.unit_key.keyring_id, row.unit_key.generation, row.holder, unit_id)
        key = open_or_alarm(private, bytes(row.sealed), context)
        row.sealed = seal_to(bytes(target.hpke_public), key, context)
        row.holder_generation = target.generation
    UnitWrap.objects.bulk_update(rows, ["sealed", "holder_generation"])
    return len(rows)


@transaction.atomic
def _finish_generation(keys: OpenKeys, target: UnitKey, done: int, now: datetime) -> None:
    """Delete the old generations. The database refuses it while anything still lies under one."""
    Keyring.objects.select_for_update().get(unit_id=target.keyring_id)
    UnitKey.objects.filter(keyring_id=target.keyring_id, generation__lt=target.generation).delete()
    Keyring.objects.filter(unit_id=target.keyring_id).update(is_rotation_due=False)
    details: Details = {"unit": str(target.keyring_id), "generation": target.generation, "count": done}
    hooks.record(user_ref(keys.user_id), "vault.rotate_unit", [], details, now=now)
