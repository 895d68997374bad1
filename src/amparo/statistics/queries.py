"""Reads of the statistics room."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from amparo.access.data import Actor
from amparo.cases.queries import find_duplicates
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.statistics.crosswalk import read_name
from amparo.statistics.data import (
    Effect,
    ImportSummary,
    Problem,
    ReadBook,
    RowState,
    RunLine,
    StagedLine,
    Value,
)
from amparo.statistics.models import ImportRun, StagedRow
from amparo.statistics.staging import problem_from_json, state_of, values_from_json
from amparo.vault import door
from amparo.vault.door.plain import PlainUse


def find_run(actor: Actor, unit_id: UUID, digest: str) -> UUID | None:
    """Return the run of the same workbook in a unit of the actor's, or None. One query."""
    rows = _runs(actor).filter(unit_id=unit_id, file_digest=digest)
    run_id: UUID | None = rows.values_list("id", flat=True).first()
    return run_id


def list_runs(actor: Actor) -> list[RunLine]:
    """Return the runs of the actor's units, latest first. One query."""
    rows = _runs(actor).order_by("-staged_at", "-id").values_list("id", "unit_id", "staged_at", "layout")
    return [RunLine(*row) for row in rows[:100]]


def get_run(actor: Actor, run_id: UUID) -> RunLine:
    """Return one run of the actor's units. Raises Unknown."""
    row = _runs(actor).filter(id=run_id).values_list("id", "unit_id", "staged_at", "layout").first()
    if row is None:
        raise Unknown
    return RunLine(*row)


def list_rows(actor: Actor, run_id: UUID) -> list[StagedLine]:
    """Return the rows of a run with their problems, by number. Two queries. Raises Unknown."""
    get_run(actor, run_id)
    rows = StagedRow.objects.filter(run_id=run_id).order_by("number")
    return [
        StagedLine(
            id=row.id,
            number=row.number,
            state=RowState(row.state),
            problems=tuple(problem_from_json(row.number, stored) for stored in row.problems),
        )
        for row in rows
    ]


def list_column_problems(actor: Actor, run_id: UUID) -> list[Problem]:
    """Return what was said of the columns of a run. One query. Raises Unknown."""
    stored = _runs(actor).filter(id=run_id).values_list("problems", flat=True).first()
    if stored is None:
        raise Unknown
    return [problem_from_json(row, rest) for row, *rest in stored]


def list_empty_rows(actor: Actor, run_id: UUID) -> list[int]:
    """Return the numbers of the empty rows of a run. One query. Raises Unknown."""
    rows = _runs(actor).filter(id=run_id)
    numbers: list[int] | None = rows.values_list("empty_rows", flat=True).first()
    if numbers is None:
        raise Unknown
    return numbers


def summarise(actor: Actor, run_id: UUID, *, imported_now: int = 0) -> ImportSummary:
    """Return how many rows of a run stand where. Two queries. Raises Unknown."""
    run = _runs(actor).filter(id=run_id).only("empty_rows").first()
    if run is None:
        raise Unknown
    states = Counter(StagedRow.objects.filter(run_id=run_id).values_list("state", flat=True))
    by_state = {str(state): states.get(state, 0) for state in RowState}
    return ImportSummary(run_id, sum(states.values()), len(run.empty_rows), by_state, imported_now)


def open_rows(actor: Actor, run_id: UUID, *, now: datetime) -> dict[int, dict[str, Value]]:
    """Open the sealed rows of a run, by number: one ledger row, committed first.

    Empty when nothing waits any more. Raises Unknown, or the vault's refusals.
    """
    run = _runs(actor).filter(id=run_id).only("intake_id").first()
    if run is None:
        raise Unknown
    if run.intake_id is None:
        return {}
    veiled = door.open_intake(actor, run.intake_id, Purpose.IMPORT, now=now)
    content = door.plain(veiled, PlainUse.COMPARE)
    return {int(number): values_from_json(values) for number, values in content.items()}


def find_known(actor: Actor, book: ReadBook, *, now: datetime) -> dict[int, Problem]:
    """Return the rows that may be about somebody who has a file in the actor's units.

    One search for each row that would be imported; each is written to the ledger as a search is.
    """
    found = {}
    for row in book.rows:
        if state_of(row) is RowState.READY and find_duplicates(actor, [read_name(row.values)], now=now):
            found[row.number] = Problem(row.number, "", "", "row.maybe_known", Effect.HELD)
    return found


def list_ready(run_id: UUID) -> list[tuple[UUID, int]]:
    """Return the rows to import next, by number. One query."""
    rows = StagedRow.objects.filter(run_id=run_id, state=RowState.READY).order_by("number")
    return list(rows.values_list("id", "number"))


def _runs(actor: Actor) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(unit_id__in=actor.unit_ids)
