"""Tables of the ledger: insert and select only."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7


class Entry(models.Model):
    """One recorded event. Never a name, a text, a contact or a search string."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    actor_ref = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True, default="")
    details = models.JSONField(default=dict)
    leaf_hash = models.BinaryField(max_length=32)
