"""Who may read one record beyond the unit that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.data import ReaderLine
from amparo.access.models import Grant, Membership
from amparo.core.policy import Relation
from amparo.vault.queries import list_units_with_extract

RECEIVER = Relation.RECEIVER
HIDDEN = (Relation.EXCLUDED, Relation.FORMER, Relation.AUTHOR)
"""Who is excluded is nobody's to read; former and author give no reading by themselves."""


def list_granted(person_id: UUID, *, now: datetime) -> list[ReaderLine]:
    """Return the staff and units whose grant holds at ``now``, oldest first. Three queries at most.

    A receiver keeps the relation for some days after the extract is gone, to read that it is: such a
    line is ended, since nothing opens any more.
    """
    holding = Q(until_at=None) | Q(until_at__gt=now)
    rows = (
        Grant.objects.filter(holding, scope_id=person_id, from_at__lte=now)
        .exclude(relation__in=HIDDEN)
        .order_by("from_at", "id")
        .values_list(
            "staff__name",
            "staff__agency__name",
            "unit__name",
            "unit__agency__name",
            "relation",
            "until_at",
            "unit_id",
            "staff_id",
        )
    )
    found = list(rows)
    receivers = [(unit_id, staff_id) for *_, relation, _, unit_id, staff_id in found if relation == RECEIVER]
    sharing = _still_shared_with(person_id, receivers, now) if receivers else set()
    return [
        ReaderLine(
            staff or unit or "",
            staff_agency or unit_agency or "",
            relation,
            until_at,
            is_ended=relation == RECEIVER and (unit_id or staff_id) not in sharing,
        )
        for staff, staff_agency, unit, unit_agency, relation, until_at, unit_id, staff_id in found
    ]


def _still_shared_with(
    person_id: UUID, receivers: Sequence[tuple[UUID | None, UUID | None]], now: datetime
) -> set[UUID]:
    """Return the units, and the staff of units, for whom an extract about the person can be opened."""
    units = list_units_with_extract(person_id, now)
    staff_ids = [staff_id for _, staff_id in receivers if staff_id is not None]
    if not staff_ids or not units:
        return units
    posts = Membership.objects.filter(staff_id__in=staff_ids, unit_id__in=sorted(units))
    return units | set(posts.values_list("staff_id", flat=True))
