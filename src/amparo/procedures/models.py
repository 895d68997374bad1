"""Tables of the procedures room. Everything that people concluded is insert-only, by trigger too.

Every table about a person points at the scope of that person (its ``person_id``), directly or through
its procedure. Reasons and notes never lie here: they are in the vault's narrative compartment under
``finding.<id>`` and ``stage.<id>``.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet

TRUTHS = ("established", "not_established", "not_assessed")
CHANGES = ("", "EXTENDED", "WAIVED")


class ProcedureQuerySet(ScopedQuerySet):
    scope_path = "person_id"


class PartOfProcedureQuerySet(ScopedQuerySet):
    scope_path = "procedure__person_id"


class Procedure(models.Model):
    """One procedure about one person: a definition of doctrine, its guide as it was, and a stage.

    ``definition_edition`` and ``editions`` (guide to edition) name the law that it keeps for ever.
    ``rerun_of``: the procedure whose findings it evaluates again under the law of its own opening.
    ``terms`` are what a gate is asked about, as codes and dates (a return: travel date, destination,
    whether voluntary). They are part of what people sign. ``panel_stages`` are those that only a
    decision of the panel leads to, space-separated with a space at both ends, for the database's guard.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    definition = models.CharField(max_length=60)
    definition_edition = models.CharField(max_length=20)
    guide = models.CharField(max_length=60)
    guide_version = models.PositiveIntegerField()
    editions = models.JSONField(default=dict)
    rerun_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reruns")
    country = models.CharField(max_length=3, blank=True, default="")
    stage = models.CharField(max_length=60)
    panel_stages = models.CharField(max_length=200, blank=True, default="")
    terms = models.JSONField(default=dict)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("opened_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "definition"],
                condition=Q(is_open=True, rerun_of=None),
                name="procedures_one_open",
            ),
            models.UniqueConstraint(
                fields=["rerun_of"], condition=Q(is_open=True), name="procedures_one_rerun"
            ),
            models.CheckConstraint(condition=~Q(definition_edition=""), name="procedures_keeps_its_law"),
            models.CheckConstraint(condition=~Q(rerun_of=models.F("id")), name="procedures_not_own_rerun"),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.id}"


class StageEntry(models.Model):
    """The arrival at one stage, or a change of its period. ``due_date`` is the end of its clock.

    ``change`` is "" for an arrival; a change repeats stage and clock with the new end, and its ``reason``
    is a code of ``period_extension``. The latest entry of a clock says when it ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="stage_entries")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    clock = models.CharField(max_length=60, blank=True, default="")
    clock_days = models.PositiveIntegerField(null=True)
    clock_source = models.CharField(max_length=120, blank=True, default="")
    change = models.CharField(max_length=20, blank=True, default="", choices=[(one, one) for one in CHANGES])
    reason = models.CharField(max_length=40, blank=True, default="")
    due_date = models.DateField(null=True)

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedures_stage_number"),
            models.CheckConstraint(
                condition=Q(change="") | (~Q(clock="") & Q(due_date__isnull=False)),
                name="procedures_change_of_a_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.stage}"


class Finding(models.Model):
    """What one person concluded on one element, once. A change of mind is another finding.

    A finding stands until another one replaces it (:class:`Replacement`). Findings that stand on one
    element and disagree are a conflict, which the page shows; nothing picks a winner. One with an
    ``until_date`` (a supervisor goes on without a condition) says nothing after that day.
    ``carried_from``: the finding of an earlier procedure that was carried into a re-run, with its author
    and its day; its reasons are those of that one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="findings")
    element = models.CharField(max_length=120)
    guide = models.CharField(max_length=60)
    guide_version = models.PositiveIntegerField()
    truth = models.CharField(max_length=20, choices=[(truth, truth) for truth in TRUTHS])
    standard = models.CharField(max_length=60)
    confidence = models.CharField(max_length=20, blank=True, default="")
    evidence = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    by_agency = models.CharField(max_length=30)
    at = models.DateTimeField()
    until_date = models.DateField(null=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["procedure", "element"])]
        constraints = [
            models.CheckConstraint(condition=Q(truth__in=TRUTHS), name="procedures_finding_truth"),
            models.CheckConstraint(condition=~Q(standard=""), name="procedures_finding_standard"),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.truth}"

    @property
    def said_id(self) -> UUID:
        """The finding under which the reasons lie in the vault."""
        return UUID(str(self.carried_from_id or self.id))


class Replacement(models.Model):
    """One finding takes the place of another, which stays readable. A finding is replaced once."""

    replaced = models.OneToOneField(
        Finding, primary_key=True, on_delete=models.PROTECT, related_name="replacement"
    )
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="replaces")

    objects = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(replaced=models.F("finding")), name="procedures_not_self_replaced"
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} for {self.replaced_id}"


class FindingCitation(models.Model):
    """An entry of the law library that a finding cites, in the version that was cited.

    It points from the case to the library by key, never back: nothing in the library can tell who cites it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="citations")
    number = models.PositiveSmallIntegerField()
    entry = models.CharField(max_length=120)
    entry_version = models.PositiveIntegerField()

    objects = models.Manager()

    class Meta:
        ordering = ("finding_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["finding", "entry"], name="procedures_cites_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.entry_version}"


class Choice(models.Model):
    """Codes that one person chose in a procedure, in order. The latest of a name stands; none is changed.

    ``choice`` is the name in the definition. An empty list takes the choice back. The reasons lie in the
    vault's narrative compartment under ``choice.<id>``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="choices")
    choice = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    codes = models.JSONField(default=list)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    by_agency = models.CharField(max_length=30)
    at = models.DateTimeField()

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("choice", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "choice", "number"], name="procedures_choice_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="procedures_choice_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.choice} {self.number}"


class Participant(models.Model):
    """A staff member of another agency who takes part in one procedure, and in nothing else of the file.

    ``basis`` is the consent or the referral that allows it. The participant sees the procedure and
    what the certificate needs; the reasons reach them as a sealed extract (``extract_id``), sealed when the
    procedure stood as ``sealed_digest`` says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="participants")
    staff = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    agency_kind = models.CharField(max_length=30)
    standing = models.CharField(max_length=30)
    basis = models.CharField(max_length=30)
    basis_id = models.UUIDField(null=True)
    grant_id = models.UUIDField(null=True)
    extract_id = models.UUIDField(null=True)
    sealed_digest = models.CharField(max_length=64, blank=True, default="")
    invited_by = models.CharField(max_length=80)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("from_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "staff"], condition=Q(until_at=None), name="procedures_takes_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing} {self.id}"


class Signature(models.Model):
    """A person's Ed25519 signature on the digest of exactly what they were shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="signatures")
    purpose = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    staff = models.ForeignKey("access.Staff", on_delete=models.PROTECT, related_name="+")
    staff_name = models.CharField(max_length=120)
    agency_kind = models.CharField(max_length=30)
    signature = models.BinaryField(max_length=64)
    at = models.DateTimeField()

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "purpose", "digest", "staff"], name="procedures_signs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d}"


class Certificate(models.Model):
    """Every rule of a gate held on a date, and these people signed. It never becomes valid again.

    ``rules`` lists each element with its truth, evidence codes and finding ids; ``signatories`` the
    signatures. Nothing in it identifies the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="certificates")
    digest = models.CharField(max_length=64)
    rules = models.JSONField()
    signatories = models.JSONField()
    travel_date = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    issued_date = models.DateField()
    expires_date = models.DateField()

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("issued_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_date__gte=models.F("issued_date")), name="procedures_certificate_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issued_date} {self.id}"


class Lapse(models.Model):
    """The end of a certificate before its time: once, with the reason as a code."""

    certificate = models.OneToOneField(
        Certificate, primary_key=True, on_delete=models.PROTECT, related_name="lapse"
    )
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = models.Manager()

    def __str__(self) -> str:
        return self.reason


class ForeignContact(models.Model):
    """One message to a foreign authority, sent when every condition of contact held. What it said is sealed.

    ``findings`` are those it rested on: they carry this message and no other. The words are in the
    vault's narrative compartment under ``contact.<id>``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="foreign_contacts")
    state = models.CharField(max_length=3)
    authority = models.CharField(max_length=30)
    guide_version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    objects = PartOfProcedureQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="") & ~Q(authority=""), name="procedures_contact_names_its_receiver"
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.state}"
