"""Tables of the statistics room: import runs and their staged rows.

What the rows say of people is sealed to the unit in the vault, one payload for a run (``intake_id``),
destroyed when no row waits any more; here lie row numbers, states and problem codes. ``file_digest``
is the SHA-256 of the whole workbook: the same file is the same run, so that importing it again imports
nothing twice.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from amparo.statistics.data import RowState


class ImportRun(models.Model):
    """One workbook read for one unit. ``problems`` are those of its columns, as codes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    file_digest = models.CharField(max_length=64)
    layout = models.CharField(max_length=20)
    staged_at = models.DateTimeField()
    staged_by = models.CharField(max_length=80)
    problems = models.JSONField(default=list)
    empty_rows = models.JSONField(default=list)
    intake_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-staged_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["unit", "file_digest"], name="statistics_one_run_per_file")
        ]

    def __str__(self) -> str:
        return f"{self.layout} {self.id}"


class StagedRow(models.Model):
    """One row of the sheet. ``person_id`` is set in the same transaction that registers the person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(state, state) for state in RowState])
    problems = models.JSONField(default=list)
    person_id = models.UUIDField(null=True)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("run", "number")
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="statistics_one_row_per_number"),
            models.CheckConstraint(
                name="statistics_imported_has_person",
                condition=Q(state=RowState.IMPORTED, person_id__isnull=False)
                | (~Q(state=RowState.IMPORTED) & Q(person_id__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
