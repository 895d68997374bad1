"""Who holds a person's keys beyond the unit: named people, and the sealed case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from amparo.core.refusal import Unknown
from amparo.vault import hooks, keyfolder
from amparo.vault.data import Act, Compartment, Damaged, Details, NoKey, VaultActor
from amparo.vault.door.unsealing import list_data_keys
from amparo.vault.door.writing import list_unit_wraps, require_transaction, ring_of
from amparo.vault.locks import (
    DataKeys,
    Holder,
    Ring,
    data_context,
    list_user_publics,
    wrap_for_user,
)
from amparo.vault.models import Identity, Record, Wrap
from amparo.vault.primitives import random_key
from amparo.vault.renewal import lock_records, reseal


def share(
    actor: VaultActor, person_id: UUID, user_id: UUID, compartments: Collection[Compartment], *, now: datetime
) -> None:
    """Give one named person (a delegate, a guardian, a lawyer) keys to some compartments."""
    ring, parts = _begin(actor, person_id, frozenset(compartments), Act.SHARE, now=now)
    keys = _all_keys(ring, person_id, parts)
    details: Details = {"user": str(user_id), "compartments": sorted(parts)}
    hooks.record(actor.ref, "vault.share", [person_id], details, now=now)
    records = Record.objects.filter(identity_id=person_id, compartment__in=sorted(parts)).order_by("id")
    data_keys = {record.id: keys[person_id, Compartment(record.compartment)] for record in records}
    _wrap_for_users(list(records), data_keys, {user_id}, now=now)


def unshare(actor: VaultActor, person_id: UUID, user_id: UUID, *, now: datetime) -> None:
    """Take a named person's keys to a person's file away."""
    require_transaction()
    hooks.record(actor.ref, "vault.unshare", [person_id], {"user": str(user_id)}, now=now)
    Wrap.objects.filter(record__identity_id=person_id, holder=Holder.USER, holder_id=user_id).delete()


def restrict(actor: VaultActor, person_id: UUID, staff_ids: Collection[UUID], *, now: datetime) -> None:
    """Seal a case: new data keys, wrapped to the named people and nobody else.

    The unit, the emergency unit and earlier delegates lose it, also for what is written later, even
    if they kept old keys. Called again it changes the names. If all of them lose their keys the file is lost:
    name at least two. ``NoKey`` when the actor cannot open every compartment, or a name has no keys.
    """
    if not staff_ids:
        raise ValueError("a sealed case names at least one person")
    ring, parts = _begin(actor, person_id, frozenset(Compartment), Act.RESTRICT, now=now)
    keys = _all_keys(ring, person_id, parts)
    details = {"users": sorted(str(user_id) for user_id in staff_ids)}
    hooks.record(actor.ref, "vault.restrict", [person_id], details, now=now)
    records, data_keys = _replace_keys(person_id, keys)
    _wrap_for_users(records, data_keys, set(staff_ids), now=now)
    Identity.objects.filter(person_id=person_id).update(is_restricted=True)


def unrestrict(actor: VaultActor, person_id: UUID, *, now: datetime) -> None:
    """Give a sealed case back to its unit, of which the actor must be a member. Two people: access."""
    ring, parts = _begin(actor, person_id, frozenset(Compartment), Act.RESTRICT, now=now)
    keys = _all_keys(ring, person_id, parts)
    unit_id = Identity.objects.values_list("unit_id", flat=True).get(person_id=person_id)
    newest, unit_key = ring.newest(unit_id)
    hooks.record(actor.ref, "vault.unrestrict", [person_id], {}, now=now)
    records, data_keys = _replace_keys(person_id, keys)
    epoch = keyfolder.current_epoch(now)
    Wrap.objects.bulk_create(list_unit_wraps(records, data_keys, newest, unit_key, epoch))
    Identity.objects.filter(person_id=person_id).update(is_restricted=False)


def _begin(
    actor: VaultActor, person_id: UUID, parts: frozenset[Compartment], act: Act, *, now: datetime
) -> tuple[Ring, frozenset[Compartment]]:
    require_transaction()
    ring = ring_of(actor)
    if person_id not in hooks.ask(actor, act, [person_id], parts, f"vault.{act}", now=now).ids:
        raise Unknown
    lock_records(person_id, sorted(parts))
    return ring, parts


def _all_keys(ring: Ring, person_id: UUID, parts: frozenset[Compartment]) -> DataKeys:
    keys = list_data_keys(ring, [person_id], parts)
    if len(keys) != len(parts):
        raise NoKey
    return keys


def _replace_keys(person_id: UUID, old: DataKeys) -> tuple[list[Record], dict[int, bytes]]:
    """Seal everything of a person again under new data keys, and delete every wrap of the old ones."""
    records = lock_records(person_id, list(Compartment))
    data_keys = {record.id: random_key() for record in records}
    before = {record.id: old[person_id, Compartment(record.compartment)] for record in records}
    if reseal(records, before, data_keys):
        raise Damaged
    Wrap.objects.filter(record__identity_id=person_id).delete()
    return records, data_keys


def _wrap_for_users(
    records: list[Record], data_keys: Mapping[int, bytes], user_ids: Collection[UUID], *, now: datetime
) -> None:
    publics, epoch = list_user_publics(user_ids), keyfolder.current_epoch(now)
    if len(publics) != len(set(user_ids)):
        raise NoKey
    for record in records:
        for user_id, public in publics.items():
            context = data_context(record.identity_id, record.compartment, Holder.USER, user_id, 0)
            sealed = wrap_for_user(public, data_keys[record.id], context, epoch)
            Wrap.objects.update_or_create(
                record=record,
                holder=Holder.USER,
                holder_id=user_id,
                defaults={"generation": 0, "epoch_id": epoch, "sealed": sealed},
            )
