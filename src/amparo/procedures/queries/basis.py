"""What a panel's decision rests on: the guide as it was answered, and what was answered since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.core.guides import Kind
from amparo.core.truth import Truth
from amparo.procedures.models import Choice, Finding, Procedure, Replacement
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.editions import definition_of, guide_of
from amparo.procedures.queries.moves import is_ready, truths_beside
from amparo.procedures.queries.rows import list_findings


@dataclass(frozen=True, slots=True)
class Basis:
    """Whether the guide carries a decision of the panel, as its steps ask.

    ``open_elements``: the shortest way to what is still missing, in the order of the guide; none where the
    guide says otherwise.
    """

    carries: bool
    open_elements: tuple[str, ...]


def find_basis(procedure: Procedure, now: datetime) -> Basis:
    """Return what a decision of the procedure's panel rests on now. Three queries, and those of the facts."""
    steps = [step for step in definition_of(procedure).transitions if step.needs_panel]
    guide = guide_of(procedure)
    child = child_on(procedure.person_id, now)
    findings = list_findings(procedure.id)
    assessment = assess(procedure.person_id, guide, findings, child=child, as_of=now)
    beside = truths_beside(procedure, steps, findings, child, now)
    if any(is_ready(step, assessment, beside) for step in steps):
        return Basis(True, ())
    wanted = next((step.requires_of for step in steps if step.requires_of), guide.logic.root)
    return Basis(False, _shortest(assessment, wanted))


def _shortest(assessment: Assessment, element: str) -> tuple[str, ...]:
    result = assessment.evaluation.nodes[element]
    if result.truth is not Truth.NOT_ASSESSED:
        return ()
    way = min(result.to_establish, key=lambda one: (len(one), sorted(one)), default=frozenset())
    return tuple(leaf for leaf in assessment.guide.logic.leaf_ids if leaf in way)


def list_answered_since(procedure: Procedure, since: datetime) -> tuple[str, ...]:
    """Return the elements on which new facts came after a moment, in the order in which they came.

    Those are answers on what counts for a conclusion, and answers in the place of earlier ones on anything;
    after them come, by name, the choices that were changed. A duty that is noted for the first time (that the
    decision was explained), or a first choice, is none. Three queries at most.
    """
    return map_answered_since([(procedure, since)])[procedure.id]


def map_answered_since(wanted: Iterable[tuple[Procedure, datetime]]) -> dict[UUID, tuple[str, ...]]:
    """Return the same for several procedures, each since its own moment, by id. Three queries at most."""
    moments = {procedure.id: (procedure, since) for procedure, since in wanted}
    since = [since for _procedure, since in moments.values()]
    rows = Finding.objects.filter(procedure__in=moments, carried_from=None)
    rows = rows.filter(at__gt=min(since)) if since else rows.none()
    found = list(rows.order_by("at", "id").values_list("id", "procedure_id", "element", "at"))
    ids = [finding_id for finding_id, *_rest in found]
    changed = set(Replacement.objects.filter(finding__in=ids).values_list("finding_id", flat=True))
    told: dict[UUID, dict[str, None]] = {procedure_id: {} for procedure_id in moments}
    for finding_id, procedure_id, element, at in found:
        procedure, moment = moments[procedure_id]
        if at > moment and (finding_id in changed or element in _counted(procedure)):
            told[procedure_id][element] = None
    for procedure_id, choice, at in _rechosen(moments):
        if at > moments[procedure_id][1]:
            told[procedure_id][choice] = None
    return {procedure_id: tuple(elements) for procedure_id, elements in told.items()}


def _rechosen(moments: Mapping[UUID, tuple[Procedure, datetime]]) -> list[tuple[UUID, str, datetime]]:
    """Return the choices that replaced earlier ones. One query, none where no definition asks for any."""
    asking = [key for key, (procedure, _at) in moments.items() if definition_of(procedure).choices]
    rows = Choice.objects.filter(procedure__in=asking, number__gt=1) if asking else Choice.objects.none()
    return list(rows.order_by("at", "id").values_list("procedure_id", "choice", "at"))


def _counted(procedure: Procedure) -> set[str]:
    elements = guide_of(procedure).logic.elements
    return {element.id for element in elements if element.is_leaf and element.kind is not Kind.NOTE}
