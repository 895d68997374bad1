"""Opening a procedure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.cases.actions import begin_work
from amparo.doctrine.data import ProcedureFile, Subject
from amparo.doctrine.registry import get_guide
from amparo.doctrine.registry import get_procedure as get_definition
from amparo.procedures.data.refusals import AlreadyOpen
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.queries.editions import pin


@action("procedures.open_procedure", about="person_id")
def open_procedure(
    actor: Actor, *, now: datetime, person_id: UUID, definition: str, country: str = ""
) -> UUID:
    """Open a procedure of doctrine about a person, at its first stage. Others may run beside it.

    ``country`` is the alpha-3 code of the pack to use, "" for the international one. Raises
    AlreadyOpen: identification is taken up again, never started twice. A visit is about a place, and
    is no procedure of a file: ValueError.
    """
    wanted = get_definition(definition, country=country, as_of=now.date())
    if wanted.subject is not Subject.PERSON:
        raise ValueError(f"{definition} is not about a person")
    if Procedure.objects.filter(person_id=person_id, definition=definition, is_open=True).exists():
        raise AlreadyOpen
    procedure = start(actor, person_id, wanted, country, now)
    begin_work(person_id)
    note(procedure=definition, guide=procedure.guide, guide_version=procedure.guide_version)
    return procedure.id


def start(
    actor: Actor,
    person_id: UUID,
    definition: ProcedureFile,
    country: str,
    now: datetime,
    rerun_of: Procedure | None = None,
) -> Procedure:
    """Write a procedure at its first stage, with the editions of the law that it keeps."""
    guide = get_guide(definition.guide, country=country, as_of=now.date())
    procedure = Procedure.objects.create(
        person_id=person_id,
        definition=definition.id,
        definition_edition=definition.edition,
        guide=guide.id,
        guide_version=guide.version,
        editions=pin(definition, country, now.date()),
        rerun_of=rerun_of,
        country=country,
        stage=definition.first_stage,
        panel_stages=f" {' '.join(sorted(definition.panel_stages))} " if definition.panel_stages else "",
        opened_at=now,
        opened_by=actor.ref,
    )
    StageEntry.objects.create(
        procedure=procedure, number=1, stage=procedure.stage, at=now, by=actor.ref, by_name=actor.name
    )
    return procedure
