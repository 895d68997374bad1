"""Tables of the access room: agencies, units, staff, posts, scopes and grants."""

from __future__ import annotations

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
    """A post: one role in one unit, from a date, until a date or open-ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role, role) for role in Role])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)


class Scope(models.Model):
    """Who may know that one person's record exists. One row for each person, with the person's id.

    Every table about a person points here (its ``person_id`` is this id), so that one rule decides
    what is visible. ``code`` is the random case code; ``origin_states`` are the ISO alpha-3 codes of
    every nationality or country of origin known, space-separated with a space at both ends.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    origin_states = models.CharField(max_length=80, blank=True, default="")
    is_sealed = models.BooleanField(default=False)
    is_child = models.BooleanField(default=False)


class Grant(models.Model):
    """A relation of one staff member to one scope, beyond their unit. ``excluded`` beats every other."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="grants")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="grants")
    relation = models.CharField(max_length=20, choices=[(relation, relation) for relation in Relation])
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.CharField(max_length=80)
