"""A unit's keys: founded, passed from member to member, taken away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.vault import founding, hooks, keyfolder
from amparo.vault.actions.users import user_ref
from amparo.vault.data import Details, LastMember, NoKey, NotFounding, OpenKeys
from amparo.vault.locks import (
    Ring,
    emergency_key,
    find_newest,
    list_user_publics,
    pair_context,
    unit_context,
)
from amparo.vault.models import Bundle, Keyring, RecoveryKey, UnitKey, UnitWrap
from amparo.vault.primitives import Cipher, new_hpke_pair, random_key, seal_to

Holder = UnitWrap.Holder
MACHINE = "machine:vault"


@transaction.atomic
def create_unit_keys(unit_id: UUID, *, agency_id: UUID, now: datetime) -> None:
    """Make the keys of a new unit. Until its first members are seeded nobody holds them.

    Called again for a unit that lost its founder before any member was seeded, it starts anew.
    """
    _found(unit_id, agency_id, is_emergency=False, now=now)


@transaction.atomic
def create_emergency_unit(unit_id: UUID, *, agency_id: UUID, now: datetime) -> None:
    """Make the keys of an agency's emergency unit, whose members can break the glass.

    Units founded later are linked to it at once; a member of an older unit links it with
    ``complete_unit``.
    """
    if Keyring.objects.filter(agency_id=agency_id, is_emergency=True).exclude(unit_id=unit_id).exists():
        raise ValueError("an agency has one emergency unit")
    _found(unit_id, agency_id, is_emergency=True, now=now)


@transaction.atomic
def seed_unit_member(unit_id: UUID, user_id: UUID, now: datetime) -> None:
    """Give a first member the key of a unit that this process is founding, else ``NotFounding``."""
    key = founding.get(unit_id, now)
    row = find_newest(unit_id)
    if key is None or row is None:
        raise NotFounding
    hooks.record(MACHINE, "vault.seed_unit_member", [], {"unit": str(unit_id), "user": str(user_id)}, now=now)
    _give(row, user_id, key, now=now)


@transaction.atomic
def grant_unit(keys: OpenKeys, unit_id: UUID, to_user_id: UUID, now: datetime) -> None:
    """A member passes the unit's key on, every generation that still opens something."""
    ring = Ring(keys)
    ring.newest(unit_id)
    details = {"unit": str(unit_id), "user": str(to_user_id)}
    hooks.record(user_ref(keys.user_id), "vault.grant_unit", [], details, now=now)
    for row in UnitKey.objects.filter(keyring_id=unit_id).order_by("generation"):
        key = ring.unit_key(unit_id, row.generation)
        if key is not None:
            _give(row, to_user_id, key, now=now)


@transaction.atomic
def revoke_unit(unit_id: UUID, user_id: UUID, now: datetime) -> None:
    """Take a member's wraps of a unit and close their sessions; rotating the unit is due after it."""
    wraps = UnitWrap.objects.filter(unit_key__keyring_id=unit_id)
    others = wraps.filter(unit_key=find_newest(unit_id)).exclude(holder_id=user_id)
    if not others.exclude(holder=Holder.EMERGENCY).exists():
        raise LastMember
    hooks.record(MACHINE, "vault.revoke_unit", [], {"unit": str(unit_id), "user": str(user_id)}, now=now)
    wraps.filter(holder=Holder.MEMBER, holder_id=user_id).delete()
    Bundle.objects.filter(user_id=user_id).delete()
    Keyring.objects.filter(unit_id=unit_id).update(is_rotation_due=True)


def make_generation(keyring: Keyring, generation: int, now: datetime) -> tuple[UnitKey, bytes]:
    """Make one generation of a unit's keys, wrapped for recovery and emergency where they exist."""
    key, pair = random_key(), new_hpke_pair()
    row = UnitKey.objects.create(
        keyring=keyring,
        generation=generation,
        hpke_public=pair.public,
        sealed=Cipher(key).seal(pair.private, pair_context(keyring.unit_id, generation)),
        from_at=now,
    )
    wrap_for_recovery(row, key, now=now)
    wrap_for_emergency(row, key, now=now)
    return row, key


def wrap_for_recovery(row: UnitKey, key: bytes, *, now: datetime) -> bool:
    """Wrap a unit's key to its agency's recovery key, if there is one. Tells whether it did."""
    recovery = RecoveryKey.objects.filter(agency_id=row.keyring.agency_id).first()
    if recovery is None:
        return False
    public, card_set = bytes(recovery.hpke_public), recovery.card_set
    put_wrap(row, Holder.RECOVERY, recovery.agency_id, public, key, now=now, holder_generation=card_set)
    return True


def wrap_for_emergency(row: UnitKey, key: bytes, *, now: datetime) -> bool:
    """Wrap a unit's emergency key to its agency's emergency unit, if there is one."""
    if row.keyring.is_emergency:
        return False
    newest = (
        UnitKey.objects.filter(keyring__agency_id=row.keyring.agency_id, keyring__is_emergency=True)
        .order_by("-generation")
        .first()
    )
    if newest is None:
        return False
    put_wrap(
        row,
        Holder.EMERGENCY,
        newest.keyring_id,
        bytes(newest.hpke_public),
        emergency_key(key),
        now=now,
        holder_generation=newest.generation,
    )
    return True


def put_wrap(
    row: UnitKey,
    holder: UnitWrap.Holder,
    holder_id: UUID,
    public: bytes,
    key: bytes,
    *,
    now: datetime,
    holder_generation: int = 0,
) -> None:
    """Wrap a unit's key to one holder, replacing the holder's wrap."""
    context = unit_context(row.keyring_id, row.generation, holder, holder_id)
    UnitWrap.objects.update_or_create(
        unit_key=row,
        holder=holder,
        holder_id=holder_id,
        defaults={
            "sealed": seal_to(public, key, context),
            "holder_generation": holder_generation,
            "from_at": now,
        },
    )


def _found(unit_id: UUID, agency_id: UUID, *, is_emergency: bool, now: datetime) -> None:
    keyfolder.current_epoch(now)
    if UnitWrap.objects.filter(unit_key__keyring_id=unit_id, holder=Holder.MEMBER).exists():
        raise ValueError("the unit has keys")
    details: Details = {"unit": str(unit_id), "emergency": int(is_emergency)}
    hooks.record(MACHINE, "vault.create_unit_keys", [], details, now=now)
    keyring, _ = Keyring.objects.update_or_create(
        unit_id=unit_id, defaults={"agency_id": agency_id, "is_emergency": is_emergency}
    )
    keyring.generations.all().delete()
    _, key = make_generation(keyring, 1, now)
    founding.hold(unit_id, key, now)


def _give(row: UnitKey, user_id: UUID, key: bytes, *, now: datetime) -> None:
    public = list_user_publics([user_id]).get(user_id)
    if public is None:
        raise NoKey
    put_wrap(row, Holder.MEMBER, user_id, public, key, now=now)
