"""Recovery cards of an agency: five, of which three open its units again.

The private half of the recovery key is never stored. A card alone, or two, give nothing; three give
the agency's unit keys, and still no identity without the server's seal key.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.vault import founding, hooks, keyfolder, primitives
from amparo.vault.actions.units import Holder, put_wrap, wrap_for_emergency, wrap_for_recovery
from amparo.vault.actions.users import user_ref
from amparo.vault.data import EMERGENCY_COMPARTMENTS, Details, NoKey, OpenKeys, WrongCards
from amparo.vault.locks import (
    Ring,
    data_context,
    emergency_key,
    find_newest,
    list_user_publics,
    open_sealed,
    unit_context,
    wrap_for_cipher,
)
from amparo.vault.models import Custodian, Keyring, RecoveryKey, UnitWrap, Wrap
from amparo.vault.primitives import Cipher, Unopenable

_BATCH = 500


@transaction.atomic
def create_agency_recovery(agency_id: UUID, now: datetime) -> list[str]:
    """Make an agency's recovery key and return its five cards, shown once and never stored.

    Units being founded are wrapped to it at once, older ones when a member calls ``complete_unit``.
    Called again it makes a new set: custodians confirm anew, and the old cards work until each unit
    was completed.
    """
    seed = primitives.random_key()
    cards = primitives.split_on_cards(seed)
    card_set, _ = primitives.read_card(cards[0])
    hooks.record("machine:vault", "vault.create_agency_recovery", [], {"agency": str(agency_id)}, now=now)
    Custodian.objects.filter(recovery_key_id=agency_id).delete()
    RecoveryKey.objects.update_or_create(
        agency_id=agency_id,
        defaults={
            "hpke_public": primitives.new_hpke_pair(seed).public,
            "card_set": card_set,
            "from_at": now,
        },
    )
    for keyring in Keyring.objects.filter(agency_id=agency_id).order_by("unit_id"):
        key, row = founding.get(keyring.unit_id, now), find_newest(keyring.unit_id)
        if key is not None and row is not None:
            wrap_for_recovery(row, key, now=now)
    return cards


@transaction.atomic
def confirm_card(agency_id: UUID, user_id: UUID, card: str, now: datetime) -> int:
    """A custodian shows that they hold a card of the present set; returns its number (1 to 5)."""
    recovery = RecoveryKey.objects.filter(agency_id=agency_id).first()
    try:
        card_set, number = primitives.read_card(card)
    except Unopenable:
        raise WrongCards from None
    if recovery is None or card_set != recovery.card_set:
        raise WrongCards
    held_by_others = recovery.custodians.filter(card_number=number).exclude(user_id=user_id)
    if held_by_others.exists():
        raise WrongCards
    details: Details = {"agency": str(agency_id), "card": number}
    hooks.record(user_ref(user_id), "vault.confirm_card", [], details, now=now)
    Custodian.objects.update_or_create(
        recovery_key=recovery, user_id=user_id, defaults={"card_number": number, "confirmed_at": now}
    )
    return number


@transaction.atomic
def recover_with_cards(
    agency_id: UUID, cards: Sequence[str], unit_id: UUID, to_user_id: UUID, now: datetime
) -> None:
    """Give a unit's key to a user by three cards of its agency. ``WrongCards`` says no more than that."""
    private = _private_from(agency_id, cards)
    rows = UnitWrap.objects.filter(
        unit_key__keyring_id=unit_id,
        unit_key__keyring__agency_id=agency_id,
        holder=Holder.RECOVERY,
        holder_id=agency_id,
    ).select_related("unit_key")
    public = list_user_publics([to_user_id]).get(to_user_id)
    if public is None:
        raise NoKey
    details = {"agency": str(agency_id), "unit": str(unit_id), "user": str(to_user_id)}
    hooks.record("machine:vault", "vault.recover_with_cards", [], details, now=now)
    found = False
    for row in rows:
        context = unit_context(unit_id, row.unit_key.generation, Holder.RECOVERY, agency_id)
        try:
            key = primitives.open_with(private, bytes(row.sealed), context)
        except Unopenable:
            continue
        put_wrap(row.unit_key, Holder.MEMBER, to_user_id, public, key, now=now)
        found = True
    if not found:
        raise WrongCards


@transaction.atomic
def complete_unit(keys: OpenKeys, unit_id: UUID, now: datetime) -> int:
    """A member wraps the unit's key for recovery and emergency where that came later.

    People registered before the agency had an emergency unit are wrapped for it too; returns how
    many wraps were added.
    """
    Keyring.objects.select_for_update().get(unit_id=unit_id)  # a rotation renews the keys that are wrapped
    newest, key = Ring(keys).newest(unit_id)
    details = {"unit": str(unit_id)}
    hooks.record(user_ref(keys.user_id), "vault.complete_unit", [], details, now=now)
    wrap_for_recovery(newest, key, now=now)
    return _add_emergency_wraps(unit_id, key, now) if wrap_for_emergency(newest, key, now=now) else 0


def _add_emergency_wraps(unit_id: UUID, key: bytes, now: datetime) -> int:
    rows = (
        Wrap.objects.filter(
            holder=Wrap.Holder.UNIT, holder_id=unit_id, record__compartment__in=sorted(EMERGENCY_COMPARTMENTS)
        )
        .exclude(record__wraps__holder=Wrap.Holder.EMERGENCY)
        .select_related("record")
        .order_by("id")
    )
    epoch, inner, emergency = keyfolder.current_epoch(now), Cipher(key), Cipher(emergency_key(key))
    added = []
    newest = find_newest(unit_id)
    for row in rows.filter(unit_key=newest).iterator(_BATCH):
        place = (row.record.identity_id, row.record.compartment)
        before = data_context(*place, Wrap.Holder.UNIT, unit_id, row.generation)
        opened = open_sealed(keyfolder.outer(row.epoch_id), bytes(row.sealed), before)
        after = data_context(*place, Wrap.Holder.EMERGENCY, unit_id, row.generation)
        sealed = wrap_for_cipher(emergency, open_sealed(inner, opened, before), after, epoch)
        added.append(
            Wrap(
                record=row.record,
                holder=Wrap.Holder.EMERGENCY,
                holder_id=unit_id,
                generation=row.generation,
                unit_key=newest,
                epoch_id=epoch,
                sealed=sealed,
            )
        )
    Wrap.objects.bulk_create(added, batch_size=_BATCH)
    return len(added)


def _private_from(agency_id: UUID, cards: Sequence[str]) -> bytes:
    recovery = RecoveryKey.objects.filter(agency_id=agency_id).first()
    try:
        pair = primitives.new_hpke_pair(primitives.join_cards(cards))
    except Unopenable:
        raise WrongCards from None
    if recovery is None:
        raise WrongCards
    return pair.private
