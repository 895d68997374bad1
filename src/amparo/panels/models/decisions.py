"""What a panel decides, who signed it and how, and what the person answered.

Words lie in the vault's narrative compartment: ``panel.<id>`` (reasons, conditions, and why it decides
without the guide), ``dissent.<id>`` and ``answer.<id>``.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from amparo.panels.data import AnswerCode, Vote
from amparo.panels.models.bodies import Seat
from amparo.panels.models.items import Item, OfPersonQuerySet, PartOfItemQuerySet


class Decision(models.Model):
    """What the panel decided on an item, with reasons. In force once a quorum signed and it is approved.

    ``counted`` are the seats that made the quorum of the meeting. ``stage`` and ``stage_number`` say where
    the procedure stood. A decision serves once. ``members_needed`` and ``needs_approval`` are
    what doctrine asked on that day; the database holds them. ``guide_carries``: the guide was answered as
    the procedure asks; else the panel wrote why it decides without (``decides_without``), and
    ``open_elements`` are what was missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=60)
    stage_number = models.PositiveIntegerField()
    options = models.JSONField(default=list)
    review_date = models.DateField()
    digest = models.CharField(max_length=64)
    counted = models.JSONField(default=list)
    guide_carries = models.BooleanField()
    decides_without = models.BooleanField()
    open_elements = models.JSONField(default=list)
    members_needed = models.PositiveIntegerField()
    needs_approval = models.BooleanField()
    author = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    approved_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(max_length=120, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(withdrawn_at=None), name="panels_one_decision_stands"
            ),
            models.CheckConstraint(
                name="panels_guide_or_why",
                condition=Q(guide_carries=True) | Q(decides_without=True),
            ),
            models.CheckConstraint(
                name="panels_four_eyes", condition=Q(approved_by=None) | ~Q(approved_by=F("author"))
            ),
            models.CheckConstraint(
                name="panels_approved_before_force",
                condition=Q(in_force_at=None) | Q(needs_approval=False) | Q(approved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Ballot(models.Model):
    """A member's signature under a decision: with it, or with dissent. ``waiting_id``: sealed words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="ballots")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=20, choices=[(vote, vote) for vote in Vote])
    signature = models.BinaryField(max_length=64)
    at = models.DateTimeField()
    intake_id = models.UUIDField(null=True)
    is_taken_in = models.BooleanField(default=False)

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=["decision", "seat"], name="panels_signs_once"),
            models.UniqueConstraint(fields=["decision", "staff"], name="panels_one_vote_each"),
        ]

    def __str__(self) -> str:
        return self.vote


class Answer(models.Model):
    """What the person said of a decision in force. It closes no other door: they may answer again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20, choices=[(answer, answer) for answer in AnswerCode])
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.answer


class FollowUp(models.Model):
    """A task of the file that follows from a decision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="follow_ups")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_ups")
    task_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    objects = PartOfItemQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")

    def __str__(self) -> str:
        return str(self.task_id)
