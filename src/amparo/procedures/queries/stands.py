"""Where one procedure stands, for the rooms above: its stage and when it got there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.core.refusal import Unknown
from amparo.procedures.models import Procedure, StageEntry


@dataclass(frozen=True, slots=True)
class Stand:
    """A procedure at its stage; ``number`` tells two arrivals at the same stage apart.

    ``edition``: the version of its definition that it keeps. ``decided_at``: the last arrival at a stage
    that a panel decides; the decision that led there is used up.
    """

    procedure_id: UUID
    person_id: UUID
    definition: str
    edition: str
    country: str
    is_open: bool
    stage: str
    number: int
    arrived_at: datetime
    decided_at: datetime | None


def get_stand(procedure_id: UUID) -> Stand:
    """Return where a procedure stands, for a caller who may know of it. Raises Unknown. Three queries."""
    row = Procedure.objects.filter(id=procedure_id).first()
    arrivals = StageEntry.objects.filter(procedure_id=procedure_id, change="").order_by("-number")
    latest = arrivals.values_list("number", "at").first()
    if not isinstance(row, Procedure) or latest is None:
        raise Unknown
    decided = arrivals.filter(stage__in=row.panel_stages.split())
    return Stand(
        procedure_id=procedure_id,
        person_id=row.person_id,
        definition=row.definition,
        edition=row.definition_edition,
        country=row.country,
        is_open=row.is_open,
        stage=row.stage,
        number=latest[0],
        arrived_at=latest[1],
        decided_at=decided.values_list("at", flat=True).first(),
    )


def list_arrivals(procedure_id: UUID, stages: Iterable[str]) -> list[datetime]:
    """Return when a procedure arrived at any of these stages, in order. One query."""
    rows = StageEntry.objects.filter(procedure_id=procedure_id, change="", stage__in=list(stages))
    return list(rows.order_by("number").values_list("at", flat=True))
