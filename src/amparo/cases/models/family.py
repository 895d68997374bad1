"""Relations between people and families."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from amparo.cases.models.rows import CaseRow


class Relation(CaseRow):
    """``person`` has this relation to another registered person, or to someone named in the vault.

    ``kind`` says what the other is to the person (MOTHER: the other is the mother). The name of
    someone who is not registered lies in the vault under ``relative.<id>``.
    """

    other = models.ForeignKey(
        "access.Scope", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=30)
    is_ended = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["person", "id"], name="cases_relation_of_person")]
        constraints = [
            models.CheckConstraint(
                name="cases_relation_not_to_self",
                condition=Q(other__isnull=True) | ~Q(other=F("person")),
            )
        ]


class Family(models.Model):
    """A group of people who are helped together. It names nobody; its members say who belongs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit_id = models.UUIDField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)


class FamilyMember(CaseRow):
    """One person in one family, until they leave it."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cases_family_member_once",
                fields=["family", "person"],
                condition=Q(left_on__isnull=True),
            )
        ]
