"""Bodies, who has a seat in them, and their meetings. Nothing here is about a person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from amparo.core.quorum import Standing
from amparo.panels.data import BodyKind, MeetingState


class Body(models.Model):
    """A coalition, team, panel or working group. ``unit`` keeps its secretariat: it convenes and records.

    ``procedures`` are the ids of the definitions that it may decide; none for a body that only talks.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in BodyKind])
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    procedures = models.JSONField(default=list)
    founded_at = models.DateTimeField()
    founded_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """An agency's seat for a term: who sits, for which unit, and as what (seed §15). Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=20, choices=[(one, one) for one in Standing])
    from_date = models.DateField()
    until_date = models.DateField(null=True)
    named_by = models.CharField(max_length=80)

    class Meta:
        ordering = ("from_date", "id")
        constraints = [
            models.CheckConstraint(
                name="panels_seat_term",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.UniqueConstraint(
                fields=["body", "staff"], condition=Q(until_date=None), name="panels_one_open_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standing} {self.id}"


class Meeting(models.Model):
    """One sitting of a body, convened with notice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=[(state, state) for state in MeetingState])
    convened_at = models.DateTimeField()
    convened_by_name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("held_at", "id")
        indexes = [models.Index(fields=["body", "held_at", "id"], name="panels_meeting_of_body")]
        constraints = [
            models.CheckConstraint(
                name="panels_notice_before_meeting", condition=Q(convened_at__lt=F("held_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d}"


class Topic(models.Model):
    """A general point of the agenda, never about a person, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="topics")
    title = models.CharField(max_length=200)
    outcome = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether the holder of a seat was there. The latest row of a seat says so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.seat_id} {self.is_present}"
