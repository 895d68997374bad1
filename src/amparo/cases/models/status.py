"""The three independent histories of a person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from amparo.cases.data import Axis
from amparo.cases.models.rows import CaseRow


class StatusInterval(CaseRow):
    """One code on one axis, from a date until the day before another, or open.

    Intervals of one axis never overlap: migration 0002 holds it with a trigger on both databases.
    A correction voids the row and appends another; nothing is overwritten.
    """

    axis = models.CharField(max_length=20, choices=[(axis, axis) for axis in Axis])
    code = models.CharField(max_length=20)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=30)
    voided_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "axis", "from_date"], name="cases_status_of_person")]
        constraints = [
            models.CheckConstraint(
                name="cases_status_ends_after_it_starts",
                condition=Q(until_date__isnull=True) | Q(until_date__gt=F("from_date")),
            ),
            models.UniqueConstraint(
                name="cases_status_one_open",
                fields=["person", "axis"],
                condition=Q(until_date__isnull=True, voided_at__isnull=True),
            ),
        ]
