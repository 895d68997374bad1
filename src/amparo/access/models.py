"""Tables of the access room: agencies, units, staff, posts, scopes, grants, and signed requests."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from amparo.core.policy import AgencyKind, Relation, Role


class Agency(models.Model):
    """An organisation of the referral mechanism. ``state`` is the State it answers to, "" for none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in AgencyKind])
    state = models.CharField(max_length=3, blank=True, default="")
    timezone = models.CharField(max_length=60, default="America/Costa_Rica")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team in one agency: the cryptographic boundary."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Makes staff accounts; only actions and the demonstration call it."""


class Staff(AbstractBaseUser):
    """A person who works with Amparo. The password is the sign-in half of the passphrase."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(blank=True, default="")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="staff")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="es")

    USERNAME_FIELD = "username"
    objects = StaffManager()

    def __str__(self) -> str:
        return self.username


class Membership(models.Model):
    """A post: one role in one unit, from a date, until a date or open-ended.

    ``waits_for_key``: no member of the unit has passed its key on yet, and until then the post gives
    no right at all. An administrator alone lets nobody near a unit's files.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role, role) for role in Role])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    waits_for_key = models.BooleanField(default=False)


class Scope(models.Model):
    """Who may know that one person's record exists. One row for each person, with the person's id.

    Every table about a person points here (its ``person_id`` is this id), so that one rule decides
    what is visible. ``code`` is the random case code. The three ``*_states`` fields hold ISO alpha-3
    codes, space-separated with a space at both ends, so that one code is found by containment.
    ``is_child`` is true unless adulthood is established. A best-interests record ends at
    ``best_interests_until``, or has no end.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    origin_states = models.CharField(max_length=200, blank=True, default="")
    feared_states = models.CharField(max_length=200, blank=True, default="")
    lifted_states = models.CharField(max_length=200, blank=True, default="")
    is_sealed = models.BooleanField(default=False)
    is_child = models.BooleanField(default=True)
    has_best_interests = models.BooleanField(default=False)
    best_interests_until = models.DateTimeField(null=True)
    is_on_legal_hold = models.BooleanField(default=False)


class Grant(models.Model):
    """A relation of one staff member, or of one whole unit, to one scope. ``excluded`` beats all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="grants")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    relation = models.CharField(max_length=20, choices=[(relation, relation) for relation in Relation])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "relation"], name="access_grant_staff")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="access_grant_one_holder",
                condition=models.Q(staff__isnull=False, unit__isnull=True)
                | models.Q(staff__isnull=True, unit__isnull=False),
            )
        ]


class Emergency(models.Model):
    """One break-glass: who, until when, why (a code; the text is sealed to
    the unit under this id), and its review."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=30)
    reason_length = models.PositiveIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, default="")


class Notice(models.Model):
    """A line that one staff member must see. Fixed kinds and a case code; never free text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "seen_at"], name="access_notice_staff")]


class Countersign(models.Model):
    """One request that two people sign. ``request`` holds ids and codes only, in canonical JSON."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    right = models.CharField(max_length=80)
    code = models.CharField(max_length=20, blank=True, default="")
    request = models.TextField()
    request_hash = models.BinaryField(max_length=32)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    first_signature = models.BinaryField(max_length=64)
    confirmed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    second_signature = models.BinaryField(max_length=64, default=b"")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="access_countersign_two_people",
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
            )
        ]
