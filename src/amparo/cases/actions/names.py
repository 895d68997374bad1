"""Tell every process that a person's names changed."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from amparo.cases.models import File, NameChange, NameCounter


def forget_names(person_id: UUID) -> None:
    """Tell every process to drop the names of somebody who was erased, inside that transaction."""
    unit_id = File.objects.filter(person_id=person_id).values_list("unit_id", flat=True).first()
    if unit_id is not None:
        announce_names(person_id, unit_id, is_gone=True)


def announce_names(person_id: UUID, unit_id: UUID, *, is_gone: bool = False) -> None:
    """Number the change within the unit, inside the running transaction. Three queries.

    The counter's row stays locked until commit, so changes become visible in the order of their
    numbers: a reader that has seen number 7 has seen every smaller one.
    """
    NameCounter.objects.get_or_create(unit_id=unit_id)
    NameCounter.objects.filter(unit_id=unit_id).update(value=F("value") + 1)
    number = NameCounter.objects.values_list("value", flat=True).get(unit_id=unit_id)
    NameChange.objects.update_or_create(
        person_id=person_id, defaults={"unit_id": unit_id, "number": number, "is_gone": is_gone}
    )
