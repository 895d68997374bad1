"""The page on which one choice of a procedure is made."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.procedures.data.choices import ChoicePage
from amparo.procedures.queries.choices import choice_view, get_choice, list_chosen
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.queries.elements import source_view
from amparo.procedures.queries.guide_page import open_with_header, purpose_of
from amparo.procedures.queries.rows import get_procedure


def get_choice_page(
    actor: Actor, person_id: UUID, procedure_id: UUID, name: str, *, language: str, now: datetime
) -> ChoicePage:
    """Return one choice with what stands and what stood; its reasons where the actor is unlocked.

    Raises Unknown for what may not be known, and for a choice that the definition does not have.
    """
    procedure = get_procedure(actor, person_id, procedure_id)
    choice = get_choice(procedure, name)
    opened, header = open_with_header(actor, person_id, purpose_of(procedure.definition), now)
    said = list_chosen(procedure, opened).get(name, [])
    sources = (source_view(one, language) for one in choice.sources)
    return ChoicePage(
        header=header,
        procedure_id=procedure.id,
        title=definition_of(procedure).title[language],
        is_open=procedure.is_open,
        law=choice,
        view=choice_view(choice, said, language),
        sources=tuple(f"{one.label}, {one.place}" for one in sources),
        is_unlocked=opened is not None,
    )
