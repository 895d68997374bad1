"""Writes of the statistics room: stage a run, import one row, decide about a held one, finish.

Each row is registered in one transaction with its own mark, so that a run that was interrupted, by a
refusal or by ``kill -9``, goes on where it stopped and imports nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from amparo.access.data import Actor
from amparo.access.gate import action, note, opens
from amparo.cases.actions import add_note, record_status, register_person
from amparo.cases.data import Axis, NationalityStanding, NoteKind
from amparo.core.refusal import Unknown
from amparo.statistics.crosswalk import Registration, to_registration
from amparo.statistics.data import Problem, ReadBook, ReadRow, RowState, Value
from amparo.statistics.models import ImportRun, StagedRow
from amparo.statistics.refusals import RowNotHeld
from amparo.statistics.staging import KEPT_STATES, problem_to_json, state_of, values_to_json
from amparo.vault import door

LAYOUT = "HTCDS 2.0"
BATCH = 500


@opens("id")
@action("statistics.import_htcds", within="unit_id")
def stage_run(
    actor: Actor, *, now: datetime, unit_id: UUID, book: ReadBook, found: Mapping[int, Problem]
) -> UUID:
    """Keep a workbook's rows for a unit, what they say sealed to it; return the run's id.

    ``found`` are problems that looking at the unit's own files added, by row number.
    """
    rows = [_with_found(row, found) for row in book.rows]
    run = ImportRun(
        id=uuid7(),
        unit_id=unit_id,
        file_digest=book.digest,
        layout=LAYOUT,
        staged_at=now,
        staged_by=actor.ref,
        problems=[[problem.row, *problem_to_json(problem)] for problem in book.column_problems],
        empty_rows=list(book.empty_rows),
    )
    kept = {str(row.number): values_to_json(row.values) for row in rows if state_of(row) in KEPT_STATES}
    if kept:
        run.intake_id = uuid7()
        door.seal_to_unit(unit_id, kept, intake_id=run.intake_id, now=now)
    run.save(force_insert=True)
    staged = [_staged(run, row) for row in rows]
    StagedRow.objects.bulk_create(staged, batch_size=BATCH)
    note(run=str(run.id), rows=len(rows), empty=len(book.empty_rows))
    return run.id


def _with_found(row: ReadRow, found: Mapping[int, Problem]) -> ReadRow:
    problem = found.get(row.number)
    return ReadRow(row.number, row.values, (*row.problems, problem)) if problem else row


def _staged(run: ImportRun, row: ReadRow) -> StagedRow:
    return StagedRow(
        id=uuid7(),
        run=run,
        number=row.number,
        state=state_of(row),
        problems=[problem_to_json(problem) for problem in row.problems],
    )


@opens("id")
@action("statistics.import_htcds", within="unit_id")
def import_row(
    actor: Actor, *, now: datetime, unit_id: UUID, row_id: UUID, values: Mapping[str, Value]
) -> UUID | None:
    """Register the person of one row and mark the row, together; None when it was done before."""
    row = StagedRow.objects.select_for_update().filter(id=row_id, run__unit_id=unit_id).first()
    if row is None:
        raise Unknown
    if row.state != RowState.READY:
        note(row=row.number, imported=0)
        return None
    person_id = _register(actor, unit_id, to_registration(values, today=now.date()), now)
    row.state, row.person_id = RowState.IMPORTED, person_id
    row.save(update_fields=["state", "person_id"])
    note(row=row.number, run=str(row.run_id), imported=1)
    return person_id


def _register(actor: Actor, unit_id: UUID, entry: Registration, now: datetime) -> UUID:
    person_id = register_person(
        actor,
        now=now,
        unit_id=unit_id,
        names=[entry.name],
        birth=entry.birth,
        age_status=entry.age_status,
        sex_gender=entry.sex_gender,
        languages=entry.languages,
        nationalities=entry.nationalities,
        nationality_standing=NationalityStanding.STATED
        if entry.nationalities
        else NationalityStanding.UNKNOWN,
        safe_contact=entry.safe_contact,
    )
    if entry.trafficking:
        record_status(
            actor,
            now=now,
            person_id=person_id,
            axis=Axis.TRAFFICKING,
            code=entry.trafficking,
            from_date=entry.since,
            basis="DOCUMENT",
        )
    if entry.note:
        add_note(
            actor, now=now, person_id=person_id, kind=NoteKind.OTHER, happened_on=now.date(), text=entry.note
        )
    return person_id


@action("statistics.import_htcds", within="unit_id")
def decide_rows(
    actor: Actor, *, now: datetime, unit_id: UUID, run_id: UUID, numbers: Sequence[int], is_imported: bool
) -> None:
    """Say of rows that wait for a decision that they are imported, or skipped. Raises RowNotHeld."""
    held = StagedRow.objects.filter(
        run_id=run_id, run__unit_id=unit_id, number__in=numbers, state=RowState.HELD
    )
    changed = held.update(
        state=RowState.READY if is_imported else RowState.SKIPPED, decided_by=actor.ref, decided_at=now
    )
    if changed != len(set(numbers)):
        raise RowNotHeld
    note(run=str(run_id), rows=changed, decided="import" if is_imported else "skip")


@action("statistics.import_htcds", within="unit_id")
def finish_run(actor: Actor, *, now: datetime, unit_id: UUID, run_id: UUID) -> bool:
    """Destroy the sealed rows when none waits any more; tell whether that is so."""
    run = ImportRun.objects.select_for_update().filter(id=run_id, unit_id=unit_id).first()
    if run is None:
        raise Unknown
    if run.rows.filter(state__in=sorted(KEPT_STATES)).exists():
        return False
    if run.intake_id is not None:
        door.destroy_intake(actor, run.intake_id, now=now)
        run.intake_id = None
        run.save(update_fields=["intake_id"])
    note(run=str(run_id))
    return True
