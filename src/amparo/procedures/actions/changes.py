"""What every write of a procedure shares."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Stale
from amparo.core.refusal import Unknown
from amparo.doctrine.data import Clock
from amparo.procedures.data.refusals import ProcedureClosed
from amparo.procedures.models import Procedure, StageEntry
from amparo.procedures.queries.editions import definition_of
from amparo.procedures.rulings import require_ruling


def lock_procedure(person_id: UUID, procedure_id: UUID, *, version: int | None = None) -> Procedure:
    """Lock one open procedure of that person for the running action.

    Raises Unknown, ProcedureClosed, and Stale when the actor read another version.
    """
    rows = Procedure.objects.select_for_update().filter(id=procedure_id, person_id=person_id)
    procedure = rows.first()
    if not isinstance(procedure, Procedure):
        raise Unknown
    if not procedure.is_open:
        raise ProcedureClosed
    if version is not None and procedure.version != version:
        raise Stale
    return procedure


def enter_stage(
    actor: Actor, procedure: Procedure, stage: str, clock: Clock | None, now: datetime
) -> StageEntry:
    """Write the arrival at a stage with the clock that it starts, and put the procedure there.

    Every change of stage passes here. Raises NeedsPanel for a stage that is the panel's to decide.
    """
    definition = definition_of(procedure)
    require_ruling(definition, procedure.id, stage, now)
    entry = StageEntry.objects.create(
        id=uuid7(),
        procedure=procedure,
        number=procedure.stage_entries.count() + 1,
        stage=stage,
        at=now,
        by=actor.ref,
        by_name=actor.name,
        **_clock_columns(clock, now),
    )
    procedure.stage = stage
    procedure.version += 1
    procedure.save(update_fields=["stage", "version"])
    return entry


def _clock_columns(clock: Clock | None, now: datetime) -> dict[str, object]:
    if clock is None:
        return {}
    return {
        "clock": clock.id,
        "clock_days": clock.days,
        "clock_source": ", ".join(clock.sources),
        "due_date": now.date() + timedelta(days=clock.days),
    }
