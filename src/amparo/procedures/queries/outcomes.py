"""What the latest procedure on a guide came to about one person: what facts of other guides read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.core.evaluation import Evaluation
from amparo.core.truth import Truth
from amparo.procedures.models import Finding, StageEntry
from amparo.procedures.queries.assessing import assess, child_on
from amparo.procedures.queries.editions import guide_of
from amparo.procedures.queries.history import find_latest
from amparo.procedures.queries.homes import home_of
from amparo.procedures.queries.rows import list_findings


@dataclass(frozen=True, slots=True)
class Outcome:
    """The stage of the latest procedure in which a guide is answered, and the guide's evaluation."""

    procedure_id: UUID
    stage: str
    evaluation: Evaluation

    @property
    def truth(self) -> Truth:
        return self.evaluation.truth


def find_outcome(person_id: UUID, guide_id: str, *, as_of: datetime) -> Outcome | None:
    """Return where a guide stands in the latest procedure that answers it, or ``None`` without one."""
    procedure = find_latest(person_id, home_of(guide_id, ""))
    if procedure is None or guide_id not in procedure.editions:
        return None
    guide = guide_of(procedure, guide_id)
    child = child_on(person_id, as_of)
    assessment = assess(person_id, guide, list_findings(procedure.id), child=child, as_of=as_of)
    return Outcome(procedure.id, procedure.stage, assessment.evaluation)


def is_unchanged_since(procedure_id: UUID, stage: str) -> bool:
    """Say whether nothing was found in a procedure since it last reached a stage. Two queries."""
    arrivals = StageEntry.objects.filter(procedure_id=procedure_id, stage=stage, change="")
    arrived_at = arrivals.order_by("-number").values_list("at", flat=True).first()
    if arrived_at is None:
        return False
    return not Finding.objects.filter(procedure_id=procedure_id, at__gt=arrived_at).exists()
