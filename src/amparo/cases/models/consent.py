"""Consent records: who may receive what, for what, until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from amparo.cases.data import ConsentState
from amparo.cases.models.rows import CaseRow


class Consent(CaseRow):
    """One consent (or refusal) with its scope. The words of restrictions lie in the vault.

    ``recipients`` are unit ids as text, ``data_items`` and ``restrictions`` are codes of
    ``core.sharing``. ``stand_in_id`` is the guardian's staff id or the protection authority's unit id.
    Withdrawal closes the record; it is never deleted.
    """

    purpose = models.CharField(max_length=40)
    recipients = models.JSONField(default=list)
    data_items = models.JSONField(default=list)
    restrictions = models.JSONField(default=list)
    legal_basis = models.CharField(max_length=40)
    given_by = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    with_interpreter = models.BooleanField(default=False)
    child_assent = models.CharField(max_length=20, blank=True, default="")
    stand_in = models.CharField(max_length=20, blank=True, default="")
    stand_in_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=[(item, item) for item in ConsentState])
    from_date = models.DateField()
    until_date = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "purpose", "state"], name="cases_consent_of_person")]
        constraints = [
            models.CheckConstraint(
                name="cases_consent_ends_after_it_starts", condition=Q(until_date__gte=models.F("from_date"))
            ),
            models.CheckConstraint(
                name="cases_consent_withdrawn_says_when",
                condition=~Q(state=ConsentState.WITHDRAWN) | Q(withdrawn_at__isnull=False),
            ),
        ]
