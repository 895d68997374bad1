"""Tables of the advocacy room. Nothing here is about a person concerned; owners are offices.

Readings and wordings are kept version by version; the latest counts and no row is ever changed.
"""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

VALUES = ("yes", "partial", "no", "not_assessed")
EVENTS = ("stage", "meeting", "submission")


class GapReading(models.Model):
    """What somebody here read in an instrument, on one row of the checklist."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    country = models.CharField(max_length=3, blank=True, default="")
    instrument = models.CharField(max_length=120)
    row = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    value = models.CharField(max_length=20, choices=[(value, value) for value in VALUES])
    citations = models.JSONField(default=list)
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("country", "instrument", "row", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "instrument", "row", "number"], name="advocacy_one_reading"
            ),
            models.CheckConstraint(condition=models.Q(value__in=VALUES), name="advocacy_value"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.instrument} {self.row} {self.number}"


class DraftWording(models.Model):
    """Model wording for a row, edited for a country. Always a draft."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    country = models.CharField(max_length=3)
    row = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    es = models.TextField()
    en = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("country", "row", "number")
        constraints = [
            models.UniqueConstraint(fields=["country", "row", "number"], name="advocacy_one_wording")
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.row} {self.number}"


class Initiative(models.Model):
    """A bill, action plan, protocol, or process of a regional forum. ``country`` is "" for the region."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=30)
    country = models.CharField(max_length=3, blank=True, default="")
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=30)
    rows = models.JSONField(default=list)
    text = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("country", "title", "id")

    def __str__(self) -> str:
        return self.title


class InitiativeEvent(models.Model):
    """Something that happened with an initiative."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in EVENTS])
    on = models.DateField()
    stage = models.CharField(max_length=30, blank=True, default="")
    text = models.TextField(blank=True, default="")
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Commitment(models.Model):
    """What an office undertook to do for an initiative."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="commitments")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due_date = models.DateField()
    done_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_date", "id")

    def __str__(self) -> str:
        return self.text
