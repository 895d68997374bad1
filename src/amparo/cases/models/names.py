"""Which people's names changed, so that a search opens only the difference. No name is here."""

from __future__ import annotations

from django.db import models


class NameCounter(models.Model):
    """How many changes of names a unit has seen.

    A writer adds one under the row's lock and keeps the lock until commit, so that the numbers of
    :class:`NameChange` become visible in their order and a reader misses none.
    """

    unit_id = models.UUIDField(primary_key=True)
    value = models.PositiveBigIntegerField(default=0)


class NameChange(models.Model):
    """The last change of one person's names, by the unit's counter. ``is_gone``: forget them."""

    person_id = models.UUIDField(primary_key=True)
    unit_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    is_gone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cases_name_change_in_order", fields=["unit_id", "number"])
        ]
