"""Who may read one record beyond the unit that holds it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import ReaderLine
from amparo.access.models import Grant
from amparo.core.policy import Relation

HIDDEN = (Relation.EXCLUDED, Relation.FORMER, Relation.AUTHOR)
"""Who is excluded is nobody's to read; former and author give no reading by themselves."""


def list_granted(person_id: UUID, *, now: datetime) -> list[ReaderLine]:
    """Return the staff and units whose grant holds at ``now``, oldest first. One query."""
    holding = Q(until_at=None) | Q(until_at__gt=now)
    rows = (
        Grant.objects.filter(holding, scope_id=person_id, from_at__lte=now)
        .exclude(relation__in=HIDDEN)
        .order_by("from_at", "id")
        .values_list(
            "staff__name", "staff__agency__name", "unit__name", "unit__agency__name", "relation", "until_at"
        )
    )
    return [
        ReaderLine(staff or unit or "", staff_agency or unit_agency or "", relation, until_at)
        for staff, staff_agency, unit, unit_agency, relation, until_at in rows
    ]
