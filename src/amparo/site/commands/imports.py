"""``amparo import``: files from elsewhere become files of Amparo, through the same actions as by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amparo.site.commands.database import start_django

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from amparo.access.data import Actor
    from amparo.statistics.data import Problem

PASSPHRASE_VARIABLE = "AMPARO_PASSPHRASE"  # noqa: S105 - the name of a variable
REFUSED, WAITING = 1, 2
Document = tuple[Path | None, str]
"""Where the report is also written, and the language it is printed in."""


@click.group(name="import")
def imports() -> None:
    """Import files from elsewhere."""


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and report; needs no sign-in and writes nothing.")
@click.option("--as", "username", default="", help="User name of the staff member who imports.")
@click.option(
    "--unit", "unit_name", default="", help="Unit that will hold the files, when you work in several."
)
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File that holds the passphrase. Without it: $AMPARO_PASSPHRASE, else you are asked.",
)
@click.option(
    "--import-held",
    "held",
    type=int,
    multiple=True,
    metavar="ROW",
    help="Import this row although it waits for a decision.",
)
@click.option(
    "--skip-held",
    "skipped",
    type=int,
    multiple=True,
    metavar="ROW",
    help="Skip this row that waits for a decision.",
)
@click.option(
    "--report",
    "report_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the report as JSON.",
)
@click.option(
    "--language", default="en", show_default=True, type=click.Choice(["es", "en"]), help="Of the report."
)
def htcds(
    file: Path,
    dry_run: bool,
    username: str,
    unit_name: str,
    passphrase_file: Path | None,
    held: tuple[int, ...],
    skipped: tuple[int, ...],
    report_path: Path | None,
    language: str,
) -> None:
    """Import a workbook in the layout of the HTCDS 2.0 template (IOM, CC BY 4.0).

    The report names rows, columns and fields, never what a cell says. The same file again goes on
    where it stopped and imports nothing twice.

    Exit codes: 0 everything was imported or skipped; 1 the workbook, the sign-in or a row was refused;
    2 rows wait for a decision (--import-held, --skip-held, or the web pages).
    """
    start_django()
    now = datetime.now(UTC)
    document = (report_path, language)
    with refusals_in_words():
        if dry_run:
            rows = _read_only(file, document, now)
        else:
            actor = _sign_in(username, passphrase_file, now)
            unit_id = _find_unit(actor, unit_name)
            rows = _import(actor, unit_id, file, (held, skipped), document, now)
    sys.exit(WAITING if rows["held"] else REFUSED if rows["refused"] else 0)


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """End with exit code 1 and three sentences, never with a traceback."""
    from amparo.core.refusal import Refusal, Unknown

    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.what_happened} {refusal.reason} {refusal.what_next}") from None
    except Unknown:
        raise click.ClickException("there is no such thing, or you may not know of it") from None


def _read_only(file: Path, document: Document, now: datetime) -> dict[str, Any]:
    from amparo.statistics.imports import read_workbook
    from amparo.statistics.report import build_report, lines_of_book

    book = read_workbook(_read(file), now=now)
    lines = lines_of_book(book)
    report = build_report(columns=book.column_problems, lines=lines, empty_rows=book.empty_rows, is_dry=True)
    problems = [*book.column_problems, *(problem for line in lines for problem in line.problems)]
    _tell(report, problems, document)
    click.echo("Dry run: nothing was written.")
    counts: dict[str, Any] = report["rows"]
    return counts


def _import(
    actor: Actor,
    unit_id: UUID,
    file: Path,
    decided: tuple[tuple[int, ...], tuple[int, ...]],
    document: Document,
    now: datetime,
) -> dict[str, Any]:
    from amparo.statistics import imports, queries
    from amparo.statistics.actions import decide_rows
    from amparo.statistics.report import build_report

    click.echo("Reading the workbook …", err=True)
    book = imports.read_workbook(_read(file), now=now)
    click.echo(f"Comparing {len(book.rows)} rows with the unit's files …", err=True)
    run_id = imports.stage(actor, unit_id, book, now=now)
    for numbers, is_imported in zip(decided, (True, False), strict=True):
        if numbers:
            decide_rows(
                actor, now=now, unit_id=unit_id, run_id=run_id, numbers=numbers, is_imported=is_imported
            )
    summary = imports.apply(actor, run_id, now=now, progress=_progress)
    lines = queries.list_rows(actor, run_id)
    columns = queries.list_column_problems(actor, run_id)
    report = build_report(columns=columns, lines=lines, empty_rows=book.empty_rows, is_dry=False)
    _tell(report, [*columns, *(problem for line in lines for problem in line.problems)], document)
    click.echo(f"Imported now: {summary.imported_now}. Imported in all: {summary.by_state['imported']}.")
    counts: dict[str, Any] = report["rows"]
    return counts


def _read(file: Path) -> bytes:
    from amparo.statistics.imports import read_file

    try:
        return read_file(file)
    except OSError as error:
        raise click.ClickException(f"the file could not be read: {error.strerror}") from None


def _tell(report: dict[str, Any], problems: Iterable[Problem], document: Document) -> None:
    """Print the report in its own language, and write it down where that was asked for."""
    from django.utils import translation

    from amparo.statistics.report import as_json, as_text

    report_path, language = document
    with translation.override(language):
        click.echo(as_text(report, problems))
    if report_path is not None:
        report_path.write_text(as_json(report), encoding="utf-8")
        click.echo(f"Report: {report_path}")


def _progress(done: int, of: int) -> None:
    if done % 25 == 0 or done == of:
        click.echo(f"Imported {done} of {of} rows …", err=True)


def _sign_in(username: str, passphrase_file: Path | None, now: datetime) -> Actor:
    """Return the unlocked actor. The passphrase is never an argument: arguments show in process lists."""
    from amparo.access.queries import actor_for, find_staff
    from amparo.vault.actions import unlock

    if not username:
        raise click.UsageError("say who imports: --as USER (or read only with --dry-run)")
    staff = find_staff(username)
    passphrase = _passphrase(passphrase_file)
    if staff is None or not staff.is_active:
        raise click.ClickException("the user name or the passphrase is wrong")
    return actor_for(staff.id, unlock(staff.id, passphrase, now), now=now)


def _passphrase(file: Path | None) -> str:
    if file is not None:
        return file.read_text("utf-8").rstrip("\r\n")
    known = os.environ.pop(PASSPHRASE_VARIABLE, "")
    return known or str(click.prompt("Passphrase", hide_input=True, err=True))


def _find_unit(actor: Actor, name: str) -> UUID:
    from amparo.access.queries import list_units

    mine = [unit for unit in list_units() if unit.id in actor.unit_ids]
    chosen = [unit for unit in mine if not name or name in {str(unit.id), unit.name}]
    if len(chosen) != 1:
        raise click.UsageError("choose a unit with --unit: " + "; ".join(f"“{unit.name}”" for unit in mine))
    return chosen[0].id
