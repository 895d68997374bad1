"""Reads of the vault that open nothing: who holds keys, what is due, what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from amparo.vault import keyfolder
from amparo.vault.data import Compartment, Erased, NoKey, ServerKeysMissing
from amparo.vault.models import (
    Custodian,
    Extract,
    Field,
    Identity,
    Intake,
    Keyring,
    RecoveryKey,
    SealEpoch,
    Tombstone,
    UnitKey,
    UnitWrap,
    UnlockMethod,
    UserKey,
    Wrap,
)

CUSTODIANS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class EpochStatus:
    """A seal key and how many locks lie under it."""

    number: int
    locks: int
    is_current: bool


def require_server_keys() -> None:
    """Raise ``ServerKeysMissing``, in one sentence, unless all key files are there and fit. One query."""
    fault = keyfolder.find_fault()
    if fault:
        raise ServerKeysMissing(fault)


def has_user_keys(user_id: UUID) -> bool:
    """Tell whether a user has made keys."""
    return UserKey.objects.filter(user_id=user_id).exists()


def has_recovery_code(user_id: UUID) -> bool:
    """Tell whether a user has a recovery code that is not used up."""
    return UnlockMethod.objects.filter(user_id=user_id, kind=UnlockMethod.Kind.RECOVERY_CODE).exists()


def list_members(unit_id: UUID) -> list[UUID]:
    """Return who holds the newest key of a unit, in the order of their ids."""
    newest = UnitKey.objects.filter(keyring_id=unit_id).order_by("-generation").values("id")[:1]
    rows = UnitWrap.objects.filter(unit_key__in=newest, holder=UnitWrap.Holder.MEMBER)
    return list(rows.order_by("holder_id").values_list("holder_id", flat=True))


def list_holders(unit_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return unit and user of everybody who holds the newest key of one of these units. One query."""
    rows = UnitWrap.objects.filter(holder=UnitWrap.Holder.MEMBER, unit_key__keyring_id__in=list(unit_ids))
    newer = UnitKey.objects.filter(
        keyring_id=OuterRef("unit_key__keyring_id"), generation__gt=OuterRef("unit_key__generation")
    )
    current = rows.filter(~Exists(newer)).order_by("unit_key__keyring_id", "holder_id")
    return set(current.values_list("unit_key__keyring_id", "holder_id"))


def list_units_with_extract(person_id: UUID, now: datetime) -> set[UUID]:
    """Return the units that hold an extract about a person which has not ended. One query."""
    rows = Extract.objects.filter(person_id=person_id, expires_at__gt=now).order_by("unit_id")
    return set(rows.values_list("unit_id", flat=True))


def list_units_of(user_id: UUID) -> list[UUID]:
    """Return the units whose key a user holds, in the order of their ids."""
    rows = UnitWrap.objects.filter(holder=UnitWrap.Holder.MEMBER, holder_id=user_id)
    return list(
        rows.order_by("unit_key__keyring_id").values_list("unit_key__keyring_id", flat=True).distinct()
    )


def find_wraps(user_id: UUID, person_ids: Collection[UUID], compartment: Compartment) -> dict[UUID, int]:
    """Return, for those whose compartment a user's keys open, the newest lock that they open it by.

    Another number means other keys. One query; whom no key of theirs opens is absent.
    """
    held = UnitWrap.objects.filter(holder=UnitWrap.Holder.MEMBER, holder_id=user_id)
    mine = Q(holder=Wrap.Holder.USER, holder_id=user_id)
    mine |= Q(holder=Wrap.Holder.UNIT, unit_key_id__in=held.values("unit_key_id"))
    linked = UnitWrap.objects.filter(
        holder=UnitWrap.Holder.EMERGENCY, holder_id__in=held.values("unit_key__keyring_id")
    )
    mine |= Q(holder=Wrap.Holder.EMERGENCY, unit_key_id__in=linked.values("unit_key_id"))
    rows = Wrap.objects.filter(
        mine, record__identity_id__in=list(person_ids), record__compartment=compartment
    )
    return dict(rows.order_by("id").values_list("record__identity_id", "id"))


def list_units_due_rotation() -> list[UUID]:
    """Return units whose key a revoked member once held, or whose rotation was interrupted."""
    rows = Keyring.objects.annotate(generation_count=Count("generations")).filter(
        Q(is_rotation_due=True) | Q(generation_count__gt=1)
    )
    return list(rows.order_by("unit_id").values_list("unit_id", flat=True))


def list_units_without_recovery(agency_id: UUID) -> list[UUID]:
    """Return an agency's units that its present recovery cards would not open."""
    covered = UnitWrap.objects.filter(
        holder=UnitWrap.Holder.RECOVERY,
        holder_id=agency_id,
        holder_generation__in=_card_sets(agency_id),
    ).values("unit_key__keyring_id")
    rows = Keyring.objects.filter(agency_id=agency_id).exclude(unit_id__in=covered)
    return list(rows.order_by("unit_id").values_list("unit_id", flat=True))


def _card_sets(agency_id: UUID) -> list[int]:
    return list(RecoveryKey.objects.filter(agency_id=agency_id).values_list("card_set", flat=True))


def count_custodians(agency_id: UUID) -> int:
    """Return how many people showed that they hold a card of the present set."""
    return Custodian.objects.filter(recovery_key_id=agency_id).count()


def has_custodians(unit_id: UUID) -> bool:
    """Tell whether the unit's agency has the two custodians without whom no file is opened. One query."""
    agency = Keyring.objects.filter(unit_id=unit_id).values("agency_id")
    return Custodian.objects.filter(recovery_key_id__in=agency).count() >= CUSTODIANS_NEEDED


def list_marks(unit_id: UUID, name: str = "names") -> Mapping[UUID, int]:
    """Return the version of one id field for each person of a unit: what changed since an index was built."""
    rows = Field.objects.filter(
        record__identity__unit_id=unit_id, record__compartment=Compartment.ID, name=name
    )
    return dict(rows.values_list("record__identity_id", "version"))


def is_restricted(person_id: UUID) -> bool:
    """Tell whether a person's case is sealed to named people."""
    return Identity.objects.filter(person_id=person_id, is_restricted=True).exists()


def is_erased(person_id: UUID) -> bool:
    """Tell whether a person was erased."""
    return Tombstone.objects.filter(person_id=person_id).exists()


def find_erasure(person_id: UUID) -> datetime | None:
    """Return when a person was erased of whom nothing is left, or ``None``. One query."""
    left = Identity.objects.filter(person_id=OuterRef("person_id"))
    gone = Tombstone.objects.filter(~Exists(left), person_id=person_id)
    return gone.values_list("erased_at", flat=True).first()


def why_no_key(person_id: UUID) -> NoKey:
    """Return the refusal for a person to whom no key was found: erased for ever, or not this actor's."""
    erased_at = find_erasure(person_id)
    if erased_at is None:
        return NoKey()
    return Erased(day=date_format(localtime(erased_at), "SHORT_DATE_FORMAT"))


def require_identity(person_id: UUID) -> None:
    """Refuse with ``Erased`` what could never be sealed or shared any more. One query."""
    refusal = why_no_key(person_id)
    if isinstance(refusal, Erased):
        raise refusal


def list_epochs() -> list[EpochStatus]:
    """Return the seal keys, oldest first, with the locks under each."""
    numbers = list(SealEpoch.objects.order_by("number").values_list("number", flat=True))
    return [
        EpochStatus(
            number,
            sum(model.objects.filter(epoch_id=number).count() for model in (Wrap, Extract, Intake)),
            number == numbers[-1],
        )
        for number in numbers
    ]
