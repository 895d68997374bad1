"""The run of an import, from a file's bytes to people registered: for the command and the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError

from amparo.access.data import Actor
from amparo.statistics.actions import finish_run, import_row, stage_run
from amparo.statistics.data import ImportSummary, ReadBook
from amparo.statistics.htcds.rows import read_book
from amparo.statistics.htcds.sandbox import MAX_FILE_BYTES
from amparo.statistics.queries import find_known, find_run, get_run, list_ready, open_rows, summarise

Progress = Callable[[int, int], None]


def read_file(path: Path) -> bytes:
    """Read a file, at most one byte more than a workbook may have: what is larger is then refused."""
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def read_workbook(data: bytes, *, now: datetime) -> ReadBook:
    """Read a workbook without writing anything. Raises the refusals of a workbook."""
    return read_book(data, today=now.date())


def stage(actor: Actor, unit_id: UUID, book: ReadBook, *, now: datetime) -> UUID:
    """Stage a workbook for a unit and return the run; the run that is already there for the same file."""
    known = find_run(actor, unit_id, book.digest)
    if known is not None:
        return known
    found = find_known(actor, book, now=now)
    try:
        return stage_run(actor, now=now, unit_id=unit_id, book=book, found=found)
    except IntegrityError:
        known = find_run(actor, unit_id, book.digest)  # somebody staged the same file at the same time
        if known is None:
            raise
        return known


def apply(actor: Actor, run_id: UUID, *, now: datetime, progress: Progress | None = None) -> ImportSummary:
    """Import every row that is ready, one transaction each, and return where the run stands.

    Can be interrupted and called again: rows that were imported are not ready any more.
    """
    unit_id = get_run(actor, run_id).unit_id
    values = open_rows(actor, run_id, now=now)
    ready = list_ready(run_id)
    imported = 0
    for done, (row_id, number) in enumerate(ready, start=1):
        if import_row(actor, now=now, unit_id=unit_id, row_id=row_id, values=values[number]):
            imported += 1
        if progress is not None:
            progress(done, len(ready))
    finish_run(actor, now=now, unit_id=unit_id, run_id=run_id)
    return summarise(actor, run_id, imported_now=imported)
