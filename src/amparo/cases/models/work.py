"""Needs, notes and tasks. Their free text lies in the vault under ``need.<id>`` and so on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from amparo.cases.data import NeedState, NoteKind, TaskState, WaitingFor
from amparo.cases.models.rows import CaseRow


class Need(CaseRow):
    """A specific need (codes of the field) and the plan to meet it."""

    code = models.CharField(max_length=20)
    urgency = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=[(item, item) for item in NeedState])
    service_type = models.CharField(max_length=40, blank=True, default="")
    target_date = models.DateField(null=True, blank=True)
    responsible_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "state", "id"], name="cases_need_of_person")]


class Note(CaseRow):
    """A dated note; a health note's text lies in the health compartment."""

    kind = models.CharField(max_length=20, choices=[(item, item) for item in NoteKind])
    happened_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["person", "-happened_on", "id"], name="cases_note_of_person")]


class Task(CaseRow):
    """Something to do by a time, by one person or by the unit (no assignee)."""

    unit_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    assigned_to = models.UUIDField(null=True, blank=True)
    waiting_for = models.CharField(
        max_length=20, choices=[(item, item) for item in WaitingFor], default=WaitingFor.NOBODY
    )
    state = models.CharField(max_length=10, choices=[(item, item) for item in TaskState])
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["person", "state", "due_at", "id"], name="cases_task_of_person"),
            models.Index(
                fields=["assigned_to", "due_at", "id"],
                name="cases_task_open_of_staff",
                condition=Q(state=TaskState.OPEN),
            ),
            models.Index(
                fields=["unit_id", "due_at", "id"],
                name="cases_task_open_of_unit",
                condition=Q(state=TaskState.OPEN, assigned_to__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="cases_task_done_says_who",
                condition=Q(state=TaskState.OPEN, done_at__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(done_at__isnull=False) & ~Q(done_by="")),
            )
        ]
