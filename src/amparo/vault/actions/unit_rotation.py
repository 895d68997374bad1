"""Rotation of a unit's key after a member left: a new key for the unit, new data keys for its people.

Each batch is one transaction, under the lock of the unit's row: two runs take turns. A run that is
killed leaves some compartments under the old keys and some under the new ones, and both in place; the
next run goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from amparo.vault import hooks, keyfolder
from amparo.vault.actions import rotation
from amparo.vault.actions.rotation import Progress, silent
from amparo.vault.actions.units import Holder, make_generation, put_wrap
from amparo.vault.actions.users import user_ref
from amparo.vault.data import Details, NoKey, OpenKeys
from amparo.vault.envelopes import (
    Envelope,
    Stored,
    context_of,
    key_context,
    open_envelope_key,
)
from amparo.vault.locks import (
    Ring,
    cipher_for,
    data_context,
    list_user_publics,
    open_or_alarm,
    open_sealed,
    unit_context,
)
from amparo.vault.models import Extract, Intake, Keyring, Record, UnitKey, UnitWrap, Wrap
from amparo.vault.primitives import seal_to
from amparo.vault.renewal import Target, renew

_UNITS_OWN = (Wrap.Holder.UNIT, Wrap.Holder.EMERGENCY)


def rotate_unit(keys: OpenKeys, unit_id: UUID, now: datetime, progress: Progress = silent) -> int:
    """Give a unit a new key, and its people new data keys; returns how many compartments and copies moved.

    Run by an unlocked member (``NoKey`` otherwise). Who is no member when it begins loses access for
    good: what is written later lies under keys that no copy of the old ones opens. An interrupted
    rotation is finished first.
    """
    target = _begin_generation(keys, unit_id, now)
    ring, done = Ring(keys), 0
    new_key = ring.unit_key(unit_id, target.generation)
    if new_key is None:
        raise NoKey
    for move in (
        _renew_records,
        partial(_move_envelopes, Extract),
        partial(_move_envelopes, Intake),
        _move_links,
    ):
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
def _renew_records(ring: Ring, target: UnitKey, new_key: bytes, now: datetime) -> int:
    """Give the next compartments new data keys, in locks of the new generation."""
    unit_id = target.keyring_id
    Keyring.objects.select_for_update().get(unit_id=unit_id)
    left = Wrap.objects.filter(
        holder_id=unit_id, holder__in=_UNITS_OWN, generation__lt=target.generation
    ).order_by("record_id")
    ids = list(left.values_list("record_id", flat=True).distinct()[: rotation.BATCH])
    locked = Record.objects.select_for_update().filter(id__in=ids).order_by("id")
    records = {record.id: record for record in locked}
    old = _old_keys(ring, unit_id, records.keys())
    kept = [record for record in records.values() if record.id in old]
    damaged = renew(kept, old, Target(target, new_key, keyfolder.current_epoch(now)))
    if damaged:
        details: Details = {"purpose": "key_care", "count": len(damaged)}
        hooks.record(user_ref(ring.keys.user_id), "vault.damaged", sorted(damaged), details, now=now)
    return len(ids)


def _old_keys(ring: Ring, unit_id: UUID, record_ids: Collection[int]) -> dict[int, bytes]:
    """Open the data keys of locked records by the unit's own wraps. Who was sealed meanwhile has none."""
    keys: dict[int, bytes] = {}
    rows = Wrap.objects.filter(record_id__in=record_ids, holder_id=unit_id, holder__in=_UNITS_OWN)
    for row in rows.select_related("record").order_by("-holder", "id"):
        if row.record_id not in keys:
            keys[row.record_id] = _open_wrap(ring, row)
    return keys


def _open_wrap(ring: Ring, row: Wrap) -> bytes:
    unit_key = ring.unit_key(row.holder_id, row.generation)
    if unit_key is None:
        raise NoKey
    record = row.record
    place = data_context(record.identity_id, record.compartment, row.holder, row.holder_id, row.generation)
    inner = open_sealed(keyfolder.outer(row.epoch_id), bytes(row.sealed), place)
    return open_sealed(cipher_for(row.holder, unit_key), inner, place)


@transaction.atomic
def _move_envelopes(model: type[Stored], ring: Ring, target: UnitKey, new_key: bytes, now: datetime) -> int:
    """Move what others sealed to the unit."""
    rows = list(
        model.objects.select_for_update()
        .filter(unit_id=target.keyring_id, generation__lt=target.generation)
        .order_by("id")[: rotation.BATCH]
    )
    for row in rows:
        row.sealed_key, row.epoch_id = _move_key(ring, row, context_of(row), target, now)
        row.generation, row.unit_key = target.generation, target
    model.objects.bulk_update(rows, ["sealed_key", "generation", "unit_key", "epoch"])
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
        .order_by("id")[: rotation.BATCH]
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
