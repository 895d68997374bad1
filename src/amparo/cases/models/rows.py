"""What every mutable row about a person carries."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from amparo.access.scoping import ScopedQuerySet


class CaseRow(models.Model):
    """A row about one person: time-ordered id, who made it and when, who changed it last, version.

    ``version`` starts at 1 and grows by 1 with each change; a change that names another version is
    refused as stale. ``..._by`` holds the actor's reference, never a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("access.Scope", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=80)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
