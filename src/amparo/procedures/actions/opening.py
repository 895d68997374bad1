"""Opening a procedure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.cases.actions import begin_work
from amparo.doctrine.data import Subject
from amparo.doctrine.registry import get_guide
from amparo.doctrine.registry import get_procedure as get_definition
from amparo.procedures.data.refusals import AlreadyOpen
from amparo.procedures.models import Procedure, StageEntry


@action("procedures.open_procedure", about="person_id")
def open_procedure(
    actor: Actor, *, now: datetime, person_id: UUID, definition: str, country: str = ""
) -> UUID:
    """Open a procedure of doctrine about a person, at its first stage. Others may run beside it.

    ``country`` is the alpha-3 code of the pack to use, "" for the international one. Raises
    AlreadyOpen: identification is taken up again, never started twice. A visit is about a place, and
    is no procedure of a file: ValueError.
    """
    wanted = get_definition(definition, country=country)
    if wanted.subject is not Subject.PERSON:
        raise ValueError(f"{definition} is not about a person")
    guide = get_guide(wanted.guide, country=country)
    if Procedure.objects.filter(person_id=person_id, definition=definition, is_open=True).exists():
        raise AlreadyOpen
    procedure = Procedure.objects.create(
        person_id=person_id,
        definition=definition,
        guide=guide.id,
        guide_version=guide.version,
        country=country,
        stage=wanted.first_stage,
        panel_stages=f" {' '.join(sorted(wanted.panel_stages))} " if wanted.panel_stages else "",
        opened_at=now,
        opened_by=actor.ref,
    )
    StageEntry.objects.create(
        procedure=procedure, number=1, stage=wanted.first_stage, at=now, by=actor.ref, by_name=actor.name
    )
    begin_work(person_id)
    note(procedure=definition, guide=guide.id, guide_version=guide.version)
    return procedure.id
