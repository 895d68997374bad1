"""Initiatives, what happened with them, and what is owed."""

from __future__ import annotations

from uuid import UUID

from amparo.advocacy.data import CommitmentLine, EventLine, InitiativeLine
from amparo.advocacy.models import Commitment, Initiative, InitiativeEvent
from amparo.core.refusal import Unknown


def list_initiatives(country: str | None = None) -> list[InitiativeLine]:
    """Return initiatives by country and title, all or those of one country. One query."""
    rows = Initiative.objects.order_by("country", "title", "id")
    if country is not None:
        rows = rows.filter(country=country)
    return [_line(row) for row in rows]


def get_initiative(initiative_id: UUID) -> InitiativeLine:
    """Return one initiative. Raises Unknown. One query."""
    row = Initiative.objects.filter(id=initiative_id).first()
    if row is None:
        raise Unknown
    return _line(row)


def list_events(initiative_id: UUID) -> list[EventLine]:
    """Return what happened with an initiative, latest first. One query."""
    rows = InitiativeEvent.objects.filter(initiative_id=initiative_id).order_by("-on", "-id")
    return [EventLine(row.kind, row.on, row.text, row.stage, row.by_name) for row in rows]


def list_commitments(initiative_id: UUID) -> list[CommitmentLine]:
    """Return the commitments of an initiative, soonest due first. One query."""
    rows = Commitment.objects.filter(initiative_id=initiative_id).select_related("initiative")
    return [_commitment(row) for row in rows.order_by("due_date", "id")]


def list_open_commitments(limit: int = 50) -> list[CommitmentLine]:
    """Return what is still owed, soonest due first. One query."""
    rows = Commitment.objects.filter(done_date=None).select_related("initiative")
    return [_commitment(row) for row in rows.order_by("due_date", "id")[:limit]]


def _line(row: Initiative) -> InitiativeLine:
    return InitiativeLine(
        id=row.id,
        kind=row.kind,
        country=row.country,
        title=row.title,
        stage=row.stage,
        rows=tuple(row.rows),
        version=row.version,
        changed_at=row.changed_at,
        text=row.text,
    )


def _commitment(row: Commitment) -> CommitmentLine:
    return CommitmentLine(
        id=row.id,
        initiative_id=row.initiative_id,
        initiative=row.initiative.title,
        text=row.text,
        owner=row.owner,
        due_date=row.due_date,
        done_date=row.done_date,
        version=row.version,
    )
