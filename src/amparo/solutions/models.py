"""Tables of the solutions room: the plan of a return, and departures that went wrong in the world."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet

STATES = ("draft", "planned", "departed", "cancelled")


class SolutionQuerySet(ScopedQuerySet):
    scope_path = "person_id"


class ReturnPlan(models.Model):
    """One plan of one return. Planned and departed need a valid certificate, in the database too.

    The check constraints demand a certificate and that a departure is of the day of travel; the
    triggers demand that the certificate belongs to this plan's procedure, is for that day and has not
    lapsed. Who left on another day is an incident.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    procedure = models.OneToOneField("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(state, state) for state in STATES], default="draft")
    travel_date = models.DateField()
    destination = models.CharField(max_length=3)
    is_voluntary = models.BooleanField()
    certificate = models.ForeignKey(
        "procedures.Certificate", null=True, on_delete=models.PROTECT, related_name="+"
    )
    departed_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField(null=True)
    changed_by_name = models.CharField(max_length=120, blank=True, default="")

    objects = SolutionQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="solutions_return_state"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled")) | Q(certificate__isnull=False),
                name="solutions_return_needs_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(state="departed")
                | Q(departed_date__isnull=False, departed_date=F("travel_date")),
                name="solutions_departed_on_its_day",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=("draft", "planned")), name="solutions_one_open_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class DepartureIncident(models.Model):
    """Somebody left, or was made to leave, without a valid certificate. A fact, never a return recorded.

    What happened, in words, is in the vault under ``incident.<id>``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(ReturnPlan, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    departed_date = models.DateField()
    destination = models.CharField(max_length=3, blank=True, default="")
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=80)
    is_acknowledged = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = SolutionQuerySet.as_manager()

    class Meta:
        ordering = ("reported_at", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.departed_date}"
