"""Where the findings on a guide live: in one procedure of the person, however many pages show it.

A guide shown beside several procedures is answered in its home only: the procedure whose own guide it
is, else the first one that shows it. So identification, asylum and return never hold two truths.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.core.truth import Truth
from amparo.doctrine.data import GuideFile, ProcedureFile, Subject
from amparo.doctrine.registry import get_guide
from amparo.doctrine.registry import list_procedures as list_definitions
from amparo.procedures.models import Procedure


def home_of(guide_id: str, country: str, as_of: date | None = None) -> str:
    """Return the id of the definition in whose procedures a guide is answered, by the law of a day."""
    definitions = list_definitions(country=country, as_of=as_of)
    own = [one.id for one in definitions if one.guide == guide_id]
    shown = [one.id for one in definitions if guide_id in one.beside and not _is_gated(one, country)]
    return (own or shown)[0]


def _is_gated(definition: ProcedureFile, country: str) -> bool:
    return get_guide(definition.guide, country=country).is_gate


def list_offered(country: str, as_of: date, *, child: Truth) -> list[ProcedureFile]:
    """Return what may be opened on a file that day, in menu order: no visit, and no gate.

    A gate is opened by the act that it guards. What is for children is offered until the person is
    known to be an adult.
    """
    offered = [
        one
        for one in list_definitions(country=country, as_of=as_of)
        if one.subject is Subject.PERSON and not _is_gated(one, country)
    ]
    is_adult = child is Truth.NOT_ESTABLISHED
    return [one for one in offered if not (one.children_only and is_adult)]


def list_own_guides(definition: ProcedureFile, country: str, as_of: date) -> list[GuideFile]:
    """Return the guides that are answered in procedures of this definition, as in force on a day.

    Its main one comes first.
    """
    names = [definition.guide]
    names += [name for name in definition.beside if home_of(name, country, as_of) == definition.id]
    return [get_guide(name, country=country, as_of=as_of) for name in dict.fromkeys(names)]


def list_homes(person_id: UUID) -> dict[str, Procedure]:
    """Return the latest procedure of each definition about a person. One query."""
    rows = Procedure.objects.filter(person_id=person_id).order_by("opened_at", "id")
    return {row.definition: row for row in rows}
