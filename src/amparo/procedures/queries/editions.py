"""The law that a procedure keeps: the versions in force when it was opened, whatever comes later.

``Procedure.definition_edition`` names the version of its definition, ``Procedure.editions`` that of every
guide answered in it. A version that comes later changes nothing here; the procedure can be run again
under it (``actions.rerun``), beside the first.
"""

from __future__ import annotations

from datetime import date

from amparo.doctrine.data import GuideFile, ProcedureFile
from amparo.doctrine.registry import (
    UnknownDoctrine,
    get_guide,
    get_guide_edition,
    get_procedure,
    get_procedure_edition,
)
from amparo.procedures.data.refusals import LawMissing
from amparo.procedures.models import Procedure
from amparo.procedures.queries.homes import list_own_guides


def pin(definition: ProcedureFile, country: str, as_of: date) -> dict[str, str]:
    """Return the editions in force on a day, of the guides answered in procedures of a definition."""
    return {guide.id: guide.edition for guide in list_own_guides(definition, country, as_of)}


def definition_of(procedure: Procedure) -> ProcedureFile:
    """Return the definition as it was when the procedure was opened. Raises LawMissing."""
    try:
        return get_procedure_edition(procedure.definition, procedure.definition_edition)
    except UnknownDoctrine as unknown:
        raise LawMissing(law=str(unknown)) from unknown


def guide_of(procedure: Procedure, guide_id: str = "") -> GuideFile:
    """Return a guide answered in the procedure, as it was then; "" for its main one. Raises LawMissing."""
    wanted = guide_id or procedure.guide
    try:
        return get_guide_edition(wanted, procedure.editions[wanted])
    except UnknownDoctrine as unknown:
        raise LawMissing(law=str(unknown)) from unknown


def guides_of(procedure: Procedure) -> list[GuideFile]:
    """Return the guides answered in the procedure, as they were then, its main one first."""
    names = [procedure.guide, *definition_of(procedure).beside]
    return [guide_of(procedure, name) for name in dict.fromkeys(names) if name in procedure.editions]


def list_others(procedure: Procedure, as_of: date) -> list[GuideFile]:
    """Return the guides shown beside it and answered elsewhere, as in force on a day."""
    names = [name for name in definition_of(procedure).beside if name not in procedure.editions]
    return [get_guide(name, country=procedure.country, as_of=as_of) for name in names]


def is_same_law(procedure: Procedure, as_of: date) -> bool:
    """Say whether the law in force on a day is the law that the procedure keeps."""
    definition = get_procedure(procedure.definition, country=procedure.country, as_of=as_of)
    if definition.edition != procedure.definition_edition:
        return False
    return bool(pin(definition, procedure.country, as_of) == procedure.editions)
