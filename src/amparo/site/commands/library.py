"""``amparo library``: bring doctrine into the law library, and entries in and out as files."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.site.commands.database import start_django
from amparo.site.commands.imports import refusals_in_words

if TYPE_CHECKING:
    from amparo.library.data import AnyContent

FORMATS = click.Choice(["yaml", "akn"])


@click.group()
def library() -> None:
    """Keep the law library."""


@library.command()
def sync() -> None:
    """Take what doctrine added, changed or withdrew into the library. Again is harmless.

    ``amparo serve`` and ``amparo demo`` do it at every start. On SQLite it also makes the index again where
    rows came in past it, as in a restore.
    """
    start_django()
    from amparo.library.actions import bring_up_to_date

    plan = bring_up_to_date(now=datetime.now(UTC))
    click.echo(
        f"New: {len(plan.new)}. Changed: {len(plan.changed)}. Withdrawn and kept: {len(plan.withdrawn)}."
    )
    for key in plan.taken:
        click.echo(f"{key}: staff used this key first, so doctrine's entry was left out.", err=True)


@library.command(name="import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Read and report; writes nothing.")
def import_files(files: tuple[Path, ...], dry_run: bool) -> None:
    """Take entries from YAML or Akoma Ntoso FILES; each file whole or not at all.

    Exit codes: 0 everything was taken in or was there already; 1 a file has faults or was refused.
    """
    start_django()
    with refusals_in_words():
        results = [_import_one(file, dry_run) for file in files]
    sys.exit(0 if all(results) else 1)


def _import_one(file: Path, dry_run: bool) -> bool:
    from amparo.access.queries import machine_actor
    from amparo.library.actions import import_entries
    from amparo.library.files import COMMAND_LIMIT, read_file
    from amparo.library.queries import find_flaws

    now = datetime.now(UTC)
    with file.open("rb") as stream:
        reading = read_file(stream.read(COMMAND_LIMIT + 1), limit=COMMAND_LIMIT)
    flaws = find_flaws(reading.contents, today=now.date())
    faults = sorted([*reading.faults, *(reading.fault_of(flaw) for flaw in flaws)])
    for fault in faults:
        click.echo(f"{file}: {fault}", err=True)
    if faults:
        return False
    for part in reading.left_out:
        click.echo(f"{file}: {part}", err=True)
    if dry_run:
        click.echo(f"{file}: {len(reading.contents)} entries can be read. Nothing was written.")
        return True
    added, changed = import_entries(machine_actor("library", now=now), now=now, contents=reading.contents)
    click.echo(f"{file}: {added} added, {changed} changed, of {len(reading.contents)}.")
    return True


@library.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--key", "keys", multiple=True, help="Only this entry and its provisions. May be repeated.")
@click.option("--all", "everything", is_flag=True, help="Doctrine's entries too, not those of staff only.")
@click.option("--format", "form", type=FORMATS, default="yaml", show_default=True)
@click.option(
    "--language", type=click.Choice(["es", "en"]), default="en", show_default=True, help="Of an act."
)
def export(file: Path, keys: tuple[str, ...], everything: bool, form: str, language: str) -> None:
    """Write entries to FILE as YAML, or one instrument as an act in Akoma Ntoso."""
    start_django()
    from amparo.library.files import write_yaml

    with refusals_in_words():
        contents = _chosen(keys, everything)
        text = _act(contents, language) if form == "akn" else write_yaml(contents).encode()
    try:
        file.write_bytes(text)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from None
    click.echo(f"{file}: {len(contents)} entries.")


def _chosen(keys: tuple[str, ...], everything: bool) -> list[AnyContent]:
    from amparo.library import queries

    if not keys:
        return [one.content for one in queries.list_entries(origin="" if everything else "staff")]
    pages = [queries.get_entry_page(key, "es") for key in keys]
    return [one.content for page in pages for one in (page.entry, *page.provisions)]


def _act(contents: list[AnyContent], language: str) -> bytes:
    from amparo.library.data import Instrument, Provision
    from amparo.library.files import write_act

    instruments = [one for one in contents if isinstance(one, Instrument)]
    if len(instruments) != 1:
        raise click.UsageError("an act is one instrument: name it with --key")
    return write_act(
        instruments[0], [one for one in contents if isinstance(one, Provision)], language=language
    )
