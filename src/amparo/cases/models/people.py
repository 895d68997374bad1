"""The person, the file and what happened to the file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet
from amparo.cases.data import AgeStatus, FileState, NationalityStanding, Precision, ThreeWay


class Person(models.Model):
    """The coded facts of one person; ``person_id`` is the scope's id, as in every table about people.

    Names, birth and contacts lie in the vault. ``adult_from`` is the first day of the month after
    the latest plausible eighteenth birthday: it keeps the child rule true as time passes without
    holding a birth date. ``nationalities`` are ISO alpha-3 codes; none and standing UNKNOWN is the
    rule at first contact, not an error.
    """

    person = models.OneToOneField(
        "access.Scope", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    sex_gender = models.CharField(max_length=20)
    age_status = models.CharField(max_length=10, choices=[(item, item) for item in AgeStatus])
    age_band = models.CharField(max_length=20)
    age_band_on = models.DateField()
    birth_precision = models.CharField(max_length=10, choices=[(item, item) for item in Precision])
    adult_from = models.DateField(null=True, blank=True)
    is_presumed_child = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    needs_interpreter = models.CharField(max_length=8, choices=[(item, item) for item in ThreeWay])
    nationalities = models.JSONField(default=list)
    nationality_standing = models.CharField(
        max_length=10, choices=[(item, item) for item in NationalityStanding]
    )
    statelessness_risks = models.JSONField(default=list)
    contact_mode = models.CharField(max_length=20, blank=True, default="")
    has_contact_warning = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=80)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_person_disputed_age_is_child",
                condition=~Q(age_status=AgeStatus.DISPUTED) | Q(is_presumed_child=True),
            ),
            models.CheckConstraint(
                name="cases_person_known_age_has_majority",
                condition=~Q(age_status=AgeStatus.KNOWN) | Q(adult_from__isnull=False),
            ),
        ]


class File(models.Model):
    """The protection file of one person. Closing needs a supervisor; reopening keeps its history.

    ``is_new`` until somebody adds the first need, note or task: nobody has started yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField("access.Scope", on_delete=models.PROTECT, related_name="+")
    unit_id = models.UUIDField()
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=[(item, item) for item in FileState])
    closure_reason = models.CharField(max_length=40, blank=True, default="")
    is_new = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=80)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "state", "-opened_at", "id"], name="cases_file_of_unit"),
            models.Index(
                fields=["unit_id", "-opened_at", "id"],
                name="cases_file_new_in_unit",
                condition=Q(state=FileState.OPEN, is_new=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="cases_file_reason_when_closing",
                condition=Q(state=FileState.OPEN, closure_reason="")
                | (~Q(state=FileState.OPEN) & ~Q(closure_reason="")),
            )
        ]


class FileEvent(models.Model):
    """What happened to a file, appended and never changed. The explanation lies in the vault."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    reason = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-at", "id"], name="cases_event_of_person")]
