"""Decisions after which new facts came and that nobody has put on an agenda again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from amparo.access.data import Actor
from amparo.panels.data import MeetingState
from amparo.panels.models import Decision, Item
from amparo.panels.models.items import OfPersonQuerySet
from amparo.panels.queries.bodies import may_convene
from amparo.panels.queries.items import READ
from amparo.panels.queries.sitting import sittings_of
from amparo.procedures.queries.basis import map_answered_since

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A decision to look at again. ``person_id`` is ``None`` for who sits on the case and has no file."""

    item_id: UUID
    code: str
    person_id: UUID | None


def list_to_look_again(actor: Actor, now: datetime, seated: Collection[UUID]) -> list[LookAgain]:
    """Return them for whoever works on the file, and for a secretariat that sits on the case.

    A secretariat that is not shown the case is told of nothing: it would learn that there is one.
    ``seated``: the units of the bodies in which the actor has a seat. At most five queries.
    """
    of_files = list(_waiting().where(actor, READ)[:SHOWN])
    of_seats = _of_secretariat(actor.as_of(now), seated)
    rows = {row.id: row for row in [*of_seats, *of_files]}
    answered = map_answered_since((row.procedure, row.recorded_at) for row in rows.values())
    files = {row.id for row in of_files}
    return [_line(row, row.id in files) for row in rows.values() if answered[row.procedure_id]]


def _waiting() -> OfPersonQuerySet:
    """Return the latest decisions in force of open procedures that are on no later agenda."""
    later = Decision.objects.filter(procedure=OuterRef("procedure"), in_force_at__gt=OuterRef("in_force_at"))
    again = Item.objects.filter(procedure=OuterRef("procedure"), added_at__gt=OuterRef("recorded_at"))
    rows = Decision.objects.filter(
        ~Exists(later),
        ~Exists(again.exclude(meeting__state=MeetingState.CANCELLED)),
        procedure__is_open=True,
        withdrawn_at=None,
        in_force_at__isnull=False,
    )
    return rows.select_related("procedure", "person").order_by("in_force_at", "id")


def _of_secretariat(actor: Actor, seated: Collection[UUID]) -> list[Decision]:
    units = [one for one in actor.unit_ids if one in seated and may_convene(actor, one)]
    if not units:
        return []
    seen = sittings_of(actor).filter(item__meeting__body__unit_id__in=units).values("item_id")
    return list(_waiting().filter(item_id__in=seen)[:SHOWN])


def _line(row: Decision, is_of_file: bool) -> LookAgain:
    return LookAgain(row.item_id, row.person.code, row.person_id if is_of_file else None)
