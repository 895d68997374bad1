"""Moving a procedure from stage to stage: people sign, clocks start, a status is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.cases.actions import correct_status, record_status
from amparo.cases.data import Axis
from amparo.cases.queries import current_statuses
from amparo.core.truth import Truth
from amparo.doctrine.data import ProcedureFile, Transition
from amparo.procedures.actions.best_interests import keep_best_interests
from amparo.procedures.actions.changes import enter_stage, lock_procedure
from amparo.procedures.data.choices import NeedsChoice
from amparo.procedures.data.refusals import (
    AdultsOnly,
    ClockRuns,
    FourEyes,
    MoveNotReady,
    MoveNotYours,
    MoveUnknown,
    NeedsReasons,
)
from amparo.procedures.data.rulings import Ruling
from amparo.procedures.data.shapes import MoveResult
from amparo.procedures.data.words import language_of
from amparo.procedures.models import Procedure, Signature
from amparo.procedures.queries.assessing import Assessment, assess, child_on
from amparo.procedures.queries.choices import list_missing_choices, list_standing
from amparo.procedures.queries.editions import definition_of, guide_of
from amparo.procedures.queries.moves import (
    brought_it_here,
    count_signed,
    is_for,
    is_ready,
    move_digest,
    running_clock,
    truths_beside,
)
from amparo.procedures.queries.rows import list_findings
from amparo.procedures.rulings import find_ruling_for, goes_without, require_ruling, require_standing
from amparo.vault import door
from amparo.vault.data import Compartment
from amparo.vault.signatures import sign_as

BASIS = "PROCEDURE"


@action("procedures.move_stage", about="person_id")
def move_stage(
    actor: Actor,
    *,
    now: datetime,
    person_id: UUID,
    procedure_id: UUID,
    step_id: str,
    version: int,
    reasons: str = "",
) -> MoveResult:
    """Sign a step; when enough different people signed exactly this, take it.

    Taking it writes the stage with the clock that it starts, and the status that the definition
    names, in the name of whoever signed last. Raises Stale when somebody else moved it meanwhile.
    The stages of a gate are not moved here: they follow from its certificate.
    """
    procedure = lock_procedure(person_id, procedure_id, version=version)
    definition, guide = definition_of(procedure), guide_of(procedure)
    if guide.is_gate:
        raise MoveUnknown
    step = _find_step(definition, procedure.stage, step_id)
    child = child_on(person_id, now)
    findings = list_findings(procedure.id)
    assessment = assess(person_id, guide, findings, child=child, as_of=now)
    beside = truths_beside(procedure, definition.transitions_from(procedure.stage), findings, child, now)
    ruling = find_ruling_for(definition, procedure.id, now)
    _require_step(actor, procedure, step, assessment, beside, ruling, child, reasons, now)
    _require_choices(procedure, definition, step, assessment)
    require_ruling(definition, procedure.id, step.to_stage, now)
    require_standing(step, ruling)
    digest = move_digest(procedure, assessment, beside)
    _sign(actor, procedure, step, digest, now)
    needed = max(1, definition.signatures.number) if step.needs_signatures else 1
    have = count_signed(procedure, step, digest)
    note(step=step.id, signed=have, signatures=needed)
    if have < needed:
        return MoveResult(False, needed - have)
    _take(actor, procedure, definition, step, reasons, now)
    return MoveResult(True, 0)


def _find_step(definition: ProcedureFile, stage: str, step_id: str) -> Transition:
    for step in definition.transitions_from(stage):
        if step.id == step_id:
            return step
    raise MoveUnknown


def _require_step(
    actor: Actor,
    procedure: Procedure,
    step: Transition,
    assessment: Assessment,
    beside: Mapping[str, Truth],
    ruling: Ruling | None,
    child: Truth,
    reasons: str,
    now: datetime,
) -> None:
    if not is_for(step, actor):
        raise MoveNotYours
    if not is_ready(step, assessment, beside) and not goes_without(step, ruling):
        raise MoveNotReady
    if step.adults_only and child is not Truth.NOT_ESTABLISHED:
        raise AdultsOnly
    if step.waits_for_clock and running_clock(procedure.id, step.waits_for_clock, now) is not None:
        raise ClockRuns
    if step.four_eyes and brought_it_here(actor, procedure.id):
        raise FourEyes
    if step.needs_reasons and not reasons.strip():
        raise NeedsReasons


def _require_choices(
    procedure: Procedure, definition: ProcedureFile, step: Transition, assessment: Assessment
) -> None:
    """Raise NeedsChoice, in the actor's language, while the step lacks a choice that it rests on."""
    missing = list_missing_choices(definition, step, list_standing(procedure), assessment, language_of())
    if missing:
        raise NeedsChoice(missing="; ".join(missing))


def _sign(actor: Actor, procedure: Procedure, step: Transition, digest: str, now: datetime) -> None:
    assert actor.staff_id is not None
    purpose = f"stage:{step.id}"
    signed = Signature.objects.filter(
        procedure=procedure, purpose=purpose, digest=digest, staff_id=actor.staff_id
    )
    if signed.exists():
        return
    Signature.objects.create(
        procedure=procedure,
        purpose=purpose,
        digest=digest,
        staff_id=actor.staff_id,
        staff_name=actor.name,
        agency_kind=str(actor.agency_kind or ""),
        signature=sign_as(actor, f"{purpose}|{digest}".encode()),
        at=now,
    )


def _take(
    actor: Actor,
    procedure: Procedure,
    definition: ProcedureFile,
    step: Transition,
    reasons: str,
    now: datetime,
) -> None:
    clock = definition.clocks.get(step.starts_clock) if step.starts_clock else None
    entry = enter_stage(actor, procedure, step.to_stage, clock, now)
    if reasons.strip():
        words = {f"stage.{entry.id}": {"reasons": reasons.strip()}}
        door.write(actor, procedure.person_id, Compartment.NARRATIVE, words, now=now)
    if step.sets_status is not None:
        _set_status(actor, procedure.person_id, *step.sets_status, now)
    keep_best_interests(procedure.person_id, definition, now)
    note(stage=step.to_stage, clock=clock.id if clock else "")


def _set_status(actor: Actor, person_id: UUID, axis: str, code: str, now: datetime) -> None:
    """Record the status from today; one that began today is corrected, so that dates never overlap."""
    day = now.date()
    statuses = current_statuses(person_id, as_of=day)
    present = next(status for status in statuses if status.axis == axis)
    if present.code == code:
        return
    if present.id is None or present.from_date != day:
        record_status(
            actor, now=now, person_id=person_id, axis=Axis(axis), code=code, from_date=day, basis=BASIS
        )
        return
    correct_status(
        actor,
        now=now,
        person_id=person_id,
        interval_id=present.id,
        code=code,
        from_date=day,
        until_date=None,
        basis=BASIS,
    )
