"""``amparo ledger``: verify the record of who did and opened what, seal it, hand it to witnesses."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.site.commands.database import start_django

if TYPE_CHECKING:
    from amparo.ledger.data import Report

WHO = "machine:command-line"


@click.group()
def ledger() -> None:
    """The append-only record: verify it, seal it, give receipts."""


@ledger.command()
@click.option(
    "--witness",
    "witnesses",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of checkpoints kept outside, besides those of the settings.",
)
def verify(witnesses: tuple[Path, ...]) -> None:
    """Recompute every hash, root and signature. Exit 0 when all is sound, 1 naming the first bad row."""
    start_django()
    from django.conf import settings

    from amparo.ledger.verify import verify as recompute

    with _plain_errors():
        report = recompute([*settings.AMPARO_WITNESSES, *witnesses], progress=_show_progress)
    _say(report)
    sys.exit(0 if report.is_sound else 1)


@ledger.command()
def seal() -> None:
    """Seal every entry that waits, and hand the checkpoint to the witnesses."""
    start_django()
    from amparo.ledger.actions import seal_all

    with _plain_errors():
        count = seal_all(datetime.now(UTC))
    click.echo(f"Sealed {count} entries." if count else "No entry was waiting.")


@ledger.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def witness(folder: Path) -> None:
    """Write to FOLDER the signed checkpoints it does not have yet, and the public key that checks them."""
    start_django()
    from amparo.ledger.actions import export_checkpoints

    with _plain_errors():
        count = export_checkpoints(folder)
    click.echo(f"Wrote {count} new checkpoints to {folder}. Keep it where this machine cannot change it.")


@ledger.command()
@click.argument("code")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the receipt to a file."
)
def receipt(code: str, output: Path | None) -> None:
    """Give the receipt of who opened the file of CODE, each line with its proof. Exit 1 if none is known."""
    start_django()
    from amparo.ledger.data import NothingRecorded
    from amparo.ledger.receipts import make_receipt

    try:
        with _plain_errors():
            document = make_receipt(WHO, code, now=datetime.now(UTC))
    except NothingRecorded as unknown:
        raise click.ClickException(str(unknown)) from None
    text = json.dumps(document, indent=1)
    if output is None:
        click.echo(text)
        return
    output.write_text(text + "\n", encoding="utf-8")
    click.echo(f"Wrote {len(document['entries'])} lines with their proofs to {output}.")


@ledger.command("check-receipt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--public-key", help="The ledger's public key in base64; by default the one of this installation."
)
def check_receipt(file: Path, public_key: str | None) -> None:
    """Check the proofs of a receipt. Exit 0 when every line is proved, 1 saying which is not."""
    start_django()
    from amparo.ledger.keyring import ledger_key
    from amparo.ledger.receipts import check

    with _plain_errors():
        trusted = base64.b64decode(public_key, validate=True) if public_key else ledger_key().public
        document = json.loads(file.read_text(encoding="utf-8"))
        problems = check(document, trusted) if isinstance(document, dict) else ["this is not a receipt"]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo(f"All {len(document['entries'])} lines are proved.")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what the ledger or a file says into one sentence and exit 2."""
    from amparo.ledger.data import LedgerError, NotACode

    try:
        yield
    except (LedgerError, NotACode, OSError, ValueError) as error:
        click.echo(f"Not done: {str(error).strip().splitlines()[0]}", err=True)
        sys.exit(2)


def _show_progress(count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{count:,} rows", nl=False, err=True)


def _say(report: Report) -> None:
    for problem in report.problems:
        click.echo(f"BAD ({problem.kind}): {problem.message}", err=True)
    if report.first_bad is not None:
        click.echo(f"The ledger is NOT sound. The first bad row: {report.first_bad.message}.", err=True)
        return
    click.echo(
        f"The ledger is sound: {report.sealed} sealed and {report.unsealed} waiting entries, "
        f"{report.checkpoints} checkpoints, {report.witnessed} witnessed notes; root {report.root.hex()}"
    )
