"""What the latest procedure on a guide came to about one person: what facts of other guides read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.core.evaluation import Evaluation
from amparo.core.truth import Truth
from amparo.procedures.data.rulings import Ruling
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.queries.assessing import assess, child_on
from amparo.procedures.queries.basis import list_answered_since
from amparo.procedures.queries.editions import definition_of, guide_of
from amparo.procedures.queries.history import find_latest
from amparo.procedures.queries.homes import home_of
from amparo.procedures.queries.rows import list_findings
from amparo.procedures.rulings import find_ruling


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


@dataclass(frozen=True, slots=True)
class Record:
    """A best-interests record that counts: what the guide came to, and the panel's decision under it."""

    evaluation: Evaluation
    ruling: Ruling | None

    @property
    def rests_on_guide(self) -> bool:
        """No panel decided it in spite of what its guide lacked."""
        return self.ruling is None or not self.ruling.decides_without

    @property
    def ends_at(self) -> datetime | None:
        """When it no longer counts by itself, or ``None``."""
        return self.ruling.reviewed_at if self.ruling else None


def find_record(person_id: UUID, definition_id: str, *, as_of: datetime) -> Record | None:
    """Return the record that the latest procedure of a definition made about a child, while it counts.

    It counts from the stage that records it until one at which it lapses. Where a panel decided, its decision
    must stand; where none does, nothing may be answered since, and the guide must hold as it did.
    """
    procedure = find_latest(person_id, definition_id)
    reached_at = _reached_at(procedure) if procedure else None
    if procedure is None or reached_at is None:
        return None
    definition, guide = definition_of(procedure), guide_of(procedure)
    child = child_on(person_id, as_of)
    assessment = assess(person_id, guide, list_findings(procedure.id), child=child, as_of=as_of)
    holds = assessment.evaluation.truth is Truth.ESTABLISHED
    if definition.panel is None:
        is_same = not list_answered_since(procedure, reached_at)
        return Record(assessment.evaluation, None) if holds and is_same else None
    ruling = find_ruling(procedure.id, as_of)
    if ruling is None or not ruling.stands or not (holds or ruling.decides_without):
        return None
    return Record(assessment.evaluation, ruling)


def _reached_at(procedure: Procedure) -> datetime | None:
    """Return when a procedure last came to a stage that records, unless that lapsed. One query."""
    definition = definition_of(procedure)
    rows = StageEntry.objects.filter(procedure=procedure, change="").order_by("-number")
    for stage, at in rows.values_list("stage", "at"):
        if stage in definition.lapsed_stages:
            return None
        if stage in definition.recording_stages:
            found: datetime = at
            return found
    return None
