"""Tables of the asylum room: requests for advisory opinions, and the register of what was answered.

An answer waits in a draft until the agency that asked has read it again; only then is it registered, and
the draft is destroyed. Request and register hold nothing that joins them: whoever reads the register, or
steals it, learns law and no case. The summary and the advice are sealed to units in the vault. The asker's
own file is named in a table of its own, which only those who may know that file read.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet
from amparo.asylum.data import OpinionState


class OpinionRequest(models.Model):
    """A question of an asylum authority to a UN office, about the law on a case without a name.

    ``asked_intake_id`` is the adviser's copy of the summary and is destroyed when the request closes;
    ``kept_intake_id`` is the asker's copy; ``advice_intake_id`` is the answer on the case, sealed to
    the asker.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    from_unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(state, state) for state in OpinionState])
    elements = models.JSONField(default=list)
    asked_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    asked_intake_id = models.UUIDField(null=True)
    kept_intake_id = models.UUIDField()
    advice_intake_id = models.UUIDField(null=True)
    answered_by = models.ForeignKey("access.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_date", "id")
        indexes = [
            models.Index(fields=["to_unit", "state", "due_date", "id"], name="asylum_asked_of"),
            models.Index(fields=["from_unit", "state", "due_date", "id"], name="asylum_asked_by"),
        ]
        constraints = [
            models.CheckConstraint(name="asylum_not_of_oneself", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(
                name="asylum_closed_keeps_no_summary",
                condition=Q(state=OpinionState.ASKED) | Q(asked_intake_id__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SubjectQuerySet(ScopedQuerySet):
    """The asker's files by the person they are about."""

    scope_path = "person_id"


class OpinionSubject(models.Model):
    """Which of the asker's own files a request is about. It never travels with the request."""

    request = models.OneToOneField(
        OpinionRequest, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")

    objects = SubjectQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.request_id)


class DraftOpinion(models.Model):
    """What an answer says about the law, seen by its two sides alone until one of the asker lets it in."""

    request = models.OneToOneField(
        OpinionRequest, primary_key=True, on_delete=models.PROTECT, related_name="draft"
    )
    title = models.CharField(max_length=200)
    statement = models.TextField()
    elements = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    decisions = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.request_id)


class RegisteredOpinion(models.Model):
    """What an opinion says about the law. ``folded`` is its text for searching, without accents.

    ``given_date`` is the first day of the month: the day would lead back to a request. One that was
    withdrawn keeps its number and its date; what it said is gone. Its id tells no moment either.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    given_date = models.DateField()
    title = models.CharField(max_length=200)
    statement = models.TextField()
    elements = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    folded = models.TextField()
    withdrawn_date = models.DateField(null=True)

    class Meta:
        ordering = ("-given_date", "number")

    def __str__(self) -> str:
        return self.number
