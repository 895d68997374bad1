"""Who sits on one item: the one answer behind the pages, the quorum and the signatures.

A seat sees an item, counts on it and signs it only while the item is shared with it, nobody declared a
conflict for it, and every rule of access still allows it. All three read this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.access.data import Actor
from amparo.access.scoping import scopes_where
from amparo.core.quorum import Shortfall, Sitter, Standing, absence_of, shortfall_of
from amparo.core.refusal import Unknown
from amparo.doctrine.data import Panel
from amparo.panels.data import MeetingState
from amparo.panels.data.shapes import ItemSeat, SeatLine
from amparo.panels.models import Attendance, Declaration, Item, Sitting
from amparo.panels.queries.bodies import list_seats
from amparo.panels.queries.holders import SIT, SIT_AT_HOME, Holders, read_holders
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.rows import list_findings

TOLD_FOR = timedelta(days=14)
"""How long a member is told that they were set aside. Our own number."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was declared for the seats of an item, and who was present, by seat."""

    declared: frozenset[UUID]
    recused: frozenset[UUID]
    conflicts: dict[UUID, Declaration]
    present: dict[UUID, bool]


@dataclass(frozen=True, slots=True)
class Recusal:
    """That somebody else set a member aside at a meeting; from which case is not theirs to know any more."""

    meeting_id: UUID
    body_name: str
    at: datetime


def sittings_of(actor: Actor) -> QuerySet[Sitting]:
    """Return the sittings on which the actor may see the item now. One query when read.

    An ended, recused or expired sitting is none, nor one that a rule of access forbids today.
    """
    conflict = Declaration.objects.filter(item_id=OuterRef("item_id"), seat_id=OuterRef("seat_id"))
    sit = scopes_where(actor, SIT).filter(pk=OuterRef("item__person_id"))
    at_home = scopes_where(actor, SIT_AT_HOME).filter(pk=OuterRef("item__person_id"))
    allowed = (Q(grant_id__isnull=False) & Exists(sit)) | (Q(grant_id=None) & Exists(at_home))
    rows: QuerySet[Sitting] = (
        Sitting.objects.select_related("item__meeting__body__unit", "item__person", "item__procedure", "seat")
        .filter(allowed, ~Exists(conflict.exclude(conflict="")))
        .filter(seat__staff_id=actor.staff_id, ended_at=None, expires_at__gt=actor.at)
    )
    return rows.order_by("shared_at", "id")


def get_sitting(actor: Actor, item_id: UUID) -> Sitting:
    """Return the actor's own sitting on an item. Raises Unknown."""
    if actor.staff_id is None:
        raise Unknown
    found = sittings_of(actor).filter(item_id=item_id).first()
    if found is None:
        raise Unknown
    return found


def list_recusals(actor: Actor, now: datetime) -> list[Recusal]:
    """Return the recent recusals of the actor by somebody else, from cases that had been shared with them.

    Nobody learns by it that a case exists which they were never shown. One query.
    """
    if actor.staff_id is None:
        return []
    shared = Sitting.objects.filter(item_id=OuterRef("item_id"), seat_id=OuterRef("seat_id"))
    rows = Declaration.objects.filter(
        Exists(shared), seat__staff_id=actor.staff_id, seat__unit_id__in=actor.unit_ids, at__gt=now - TOLD_FOR
    )
    rows = rows.exclude(conflict="").exclude(by=actor.ref).select_related("item__meeting__body")
    return [
        Recusal(row.item.meeting_id, row.item.meeting.body.name, row.at) for row in rows.order_by("at", "id")
    ]


def panel_of(item: Item) -> Panel:
    """Return how the item's procedure is decided. Raises Unknown where no panel decides it."""
    definition = definition_of(item.procedure)
    if definition.panel is None:
        raise Unknown
    return definition.panel


def list_item_seats(item: Item, now: datetime) -> tuple[ItemSeat, ...]:
    """Return every seat of the body on an item, with why it does not count. Eight queries."""
    panel = panel_of(item)
    said = read_said(item)
    authors = list_authors(item)
    sittings = {one.seat_id: one for one in Sitting.objects.filter(item=item).order_by("id")}
    seats = list_seats([item.meeting.body_id])
    holders = read_holders(item, seats, now)
    return tuple(
        _item_seat(item, seat, sittings.get(seat.id), said, authors, panel, holders) for seat in seats
    )


def read_said(item: Item) -> Said:
    """Return what was declared and who was there. Two queries."""
    declared = list(Declaration.objects.filter(item=item).order_by("at", "id"))
    attendance = Attendance.objects.filter(meeting_id=item.meeting_id).order_by("at", "id")
    return Said(
        declared=frozenset(one.seat_id for one in declared),
        recused=frozenset(one.seat_id for one in declared if one.conflict),
        conflicts={one.seat_id: one for one in reversed(declared) if one.conflict},
        present={one.seat_id: one.is_present for one in attendance},
    )


def list_authors(item: Item) -> frozenset[str]:
    """Return the references of those who prepared the case: opened it, found in it, put it here."""
    findings = {one.by for one in list_findings(item.procedure_id)}
    return frozenset({item.procedure.opened_by, item.added_by, *findings})


def _item_seat(
    item: Item,
    seat: SeatLine,
    sitting: Sitting | None,
    said: Said,
    authors: frozenset[str],
    panel: Panel,
    holders: Holders,
) -> ItemSeat:
    is_home = holders.is_home(seat)
    sitter = Sitter(
        agency_kind=seat.agency_kind,
        answers_to_state=seat.answers_to_state,
        standing=Standing(seat.standing),
        in_term=seat.holds_on(item.meeting.held_at.date()),
        is_recused=seat.id in said.recused,
        has_declared=seat.id in said.declared,
        is_shared=sitting is not None and sitting.ended_at is None and holders.may_see(seat),
        prepared_it=f"staff:{seat.staff_id}" in authors,
        is_present=said.present.get(seat.id, False),
    )
    return ItemSeat(
        seat=seat,
        sitter=sitter,
        absence=absence_of(sitter, not_caseworker=panel.not_caseworker),
        sitting_id=sitting.id if sitting else None,
        is_home=is_home,
        expires_at=sitting.expires_at if sitting and not is_home else None,
        is_awaited=item.meeting.state == MeetingState.CONVENED,
        recused_by=_recused_by(seat, said.conflicts.get(seat.id)),
    )


def _recused_by(seat: SeatLine, conflict: Declaration | None) -> str:
    if conflict is None or conflict.by == f"staff:{seat.staff_id}":
        return ""
    return conflict.by_name


def shortfall_on(panel: Panel, seats: Iterable[ItemSeat]) -> Shortfall:
    """Return what is missing for a quorum among these seats."""
    return shortfall_of(panel.quorum, (one.sitter for one in seats), not_caseworker=panel.not_caseworker)
