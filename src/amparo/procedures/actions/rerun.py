"""Running a procedure again under the law in force, beside the first, which keeps its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.doctrine.registry import get_procedure as get_definition
from amparo.procedures.actions.opening import start
from amparo.procedures.data.refusals import AlreadyRerun, GateKeepsItsLaw, SameLaw
from amparo.procedures.models import Finding, Procedure
from amparo.procedures.queries.editions import guide_of, guides_of, is_same_law
from amparo.procedures.queries.elements import PEOPLE_ANSWER


@action("procedures.open_procedure", about="person_id")
def rerun_procedure(actor: Actor, *, now: datetime, person_id: UUID, procedure_id: UUID) -> UUID:
    """Open the same procedure under the law in force, with the findings that stand carried over.

    Carried findings keep their authors, days and reasons; what the new law asks anew is not assessed.
    The new procedure starts at its first stage: nobody has decided anything under the new law. The
    first one stays as it is. Raises Unknown, SameLaw, AlreadyRerun and GateKeepsItsLaw.
    """
    first = _lock(person_id, procedure_id)
    if guide_of(first).is_gate:
        raise GateKeepsItsLaw
    if is_same_law(first, now.date()):
        raise SameLaw
    if Procedure.objects.filter(rerun_of=first, is_open=True).exists():
        raise AlreadyRerun
    definition = get_definition(first.definition, country=first.country, as_of=now.date())
    again = start(actor, person_id, definition, first.country, now, rerun_of=first)
    carried = _carry(first, again)
    note(procedure=first.definition, rerun_of=str(first.id), guide=again.guide, carried=carried)
    return again.id


def _lock(person_id: UUID, procedure_id: UUID) -> Procedure:
    rows = Procedure.objects.select_for_update().filter(id=procedure_id, person_id=person_id)
    first = rows.first()
    if not isinstance(first, Procedure):
        raise Unknown
    return first


def _carry(first: Procedure, again: Procedure) -> int:
    """Copy every standing finding on an element that the new law still asks of people.

    What was found for a gate beside it is left: it spoke of one act, which is over or asks again.
    """
    standing = Finding.objects.filter(procedure=first, replacement=None).order_by("at", "id")
    asked = {
        element.id: guide
        for guide in guides_of(again)
        if not guide.is_gate
        for element in guide.logic.elements
        if element.is_leaf and element.kind in PEOPLE_ANSWER
    }
    carried = [
        Finding(
            id=uuid7(),
            procedure=again,
            element=one.element,
            guide=asked[one.element].id,
            guide_version=asked[one.element].version,
            truth=one.truth,
            standard=one.standard,
            confidence=one.confidence,
            evidence=one.evidence,
            indicators=one.indicators,
            by=one.by,
            by_name=one.by_name,
            by_agency=one.by_agency,
            at=one.at,
            until_date=one.until_date,
            carried_from_id=one.said_id,
        )
        for one in standing
        if one.element in asked
    ]
    return len(Finding.objects.bulk_create(carried))
