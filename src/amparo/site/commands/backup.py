"""``amparo backup`` and ``amparo restore``: everything but the keys, in one encrypted file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.site.commands.database import start_django

if TYPE_CHECKING:
    from amparo.ledger.backup.age import Key, Lock
    from amparo.ledger.backup.dump import Manifest

WHO = "machine:command-line"
SHORTEST_PASSPHRASE = 12
FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--recipient", "recipients", multiple=True, help="Public key (age1...) of someone who may open it."
)
@click.option("--passphrase-file", type=THERE, help="Read the passphrase from the first line of a file.")
def backup(file: Path, recipients: tuple[str, ...], passphrase_file: Path | None) -> None:
    """Write the database and the sealed files to FILE, encrypted, and prove it by a restore.

    Closed with a passphrase (asked for, from --passphrase-file or AMPARO_BACKUP_PASSPHRASE), or for
    recipients. The key files are NOT in it. Exit 0 when the backup was written and proved.
    """
    start_django()
    from amparo.vault.queries import require_server_keys

    require_server_keys()
    with _plain_errors():
        if file.exists():
            raise ValueError(f"{file} exists already; nothing is overwritten")
        lock = _lock(recipients, passphrase_file)
        manifest = _write_and_prove(file, lock)
    _say_manifest("Wrote", file, manifest)
    _say_keys()


@click.command()
@click.argument("file", type=THERE)
@click.option(
    "--identity-file", type=THERE, help="File of an age identity (AGE-SECRET-KEY-...) that opens it."
)
@click.option("--passphrase-file", type=THERE, help="Read the passphrase from the first line of a file.")
@click.option("--replace", is_flag=True, help="Set aside the installation that is here (SQLite only).")
@click.option("--check", is_flag=True, help="Only prove that FILE can be restored; change nothing.")
def restore(
    file: Path, identity_file: Path | None, passphrase_file: Path | None, replace: bool, check: bool
) -> None:
    """Read a backup into an empty installation whose key files are already in place.

    Erases again everybody who was erased since, and verifies the ledger. Exit 0 when all is as it was.
    """
    if replace and not check:
        _require_backup(file)
        _set_aside()
    start_django()
    with _plain_errors():
        if check:
            _check_only(file, identity_file, passphrase_file)
            return
        manifest, again = _restore(file, _key(file, identity_file, passphrase_file))
    _say_manifest("Restored", file, manifest)
    click.echo(f"Erased again {again} people who had been erased before this restore.")
    _verify_ledger()


def _write_and_prove(file: Path, lock: Lock) -> Manifest:
    """Write beside ``file``, restore it into a temporary place, and only then give it its name."""
    from amparo.ledger.actions import seal_all
    from amparo.ledger.backup import age, dump, trial
    from amparo.ledger.record import record

    if not file.absolute().parent.is_dir():
        raise ValueError(f"the folder {file.parent} does not exist: make it first, or name another")
    now = datetime.now(UTC)
    record(WHO, "site.backup", details={"recipients": len(lock.recipients)}, now=now)
    seal_all(now)
    identity, recipient = age.new_identity()
    both = age.Lock(lock.passphrase, (*lock.recipients, recipient))
    draft = file.with_name(f"{file.name}.unproved")
    draft.unlink(missing_ok=True)
    try:
        manifest = dump.write_backup(draft, both, now=now, progress=_progress)
        _progress("proving it by a restore")
        problem = trial.try_restore(draft, {trial.IDENTITY: identity})
        if problem:
            raise ValueError(f"the backup could not be restored, so it was not kept: {problem}")
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
        _end_progress()
    return manifest


def _restore(file: Path, key: Key) -> tuple[Manifest, int]:
    from django.conf import settings
    from django.core.management import call_command

    from amparo.access.gate import writes_outside_actions
    from amparo.ledger.backup import load
    from amparo.ledger.record import record
    from amparo.ledger.signing import KEY_FILE
    from amparo.library.actions import bring_up_to_date
    from amparo.vault.actions import replay_erasures

    if not (settings.AMPARO_KEYS / KEY_FILE).exists():
        raise load.NotRestored(
            f"the key files are missing: put their copy into {settings.AMPARO_KEYS} first, "
            "since nothing in a backup can be opened without them"
        )
    call_command("migrate", verbosity=0, interactive=False)
    try:
        with writes_outside_actions("restore"):
            manifest = load.restore(file, key, progress=_progress)
    finally:
        _end_progress()
    now = datetime.now(UTC)
    again = replay_erasures(now)
    record(WHO, "site.restore", details={"erased_again": len(again)}, now=now)
    bring_up_to_date(now=now)  # indexes what came in past the triggers
    return manifest, len(again)


def _check_only(file: Path, identity_file: Path | None, passphrase_file: Path | None) -> None:
    from amparo.ledger.backup import trial

    key = _key(file, identity_file, passphrase_file)
    secrets = {trial.IDENTITY: " ".join(key.identities), trial.PASSPHRASE: key.passphrase}
    problem = trial.try_restore(file, {name: value for name, value in secrets.items() if value})
    if problem:
        raise ValueError(problem.removeprefix("Not done: "))
    click.echo(f"{file} can be restored: counts, files and the ledger's root are those it states.")


def _require_backup(file: Path) -> None:
    """Look at the file before anything is set aside for it."""
    from amparo.ledger.backup.age import needs_passphrase

    with _plain_errors():
        needs_passphrase(file)


def _set_aside() -> None:
    """Rename what is here, so that nothing is lost if the restore was a mistake."""
    from amparo.site.paths import home

    if os.environ.get("AMPARO_DATABASE_URL"):
        click.echo(
            "Not done: --replace works on the SQLite file of AMPARO_HOME only; make an empty database and "
            "name it in AMPARO_DATABASE_URL.",
            err=True,
        )
        sys.exit(2)
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for name in ("amparo.sqlite3", "amparo.sqlite3-wal", "amparo.sqlite3-shm", "files", "witness"):
        path = home() / name
        if path.exists():
            path.rename(home() / f"before-{stamp}-{name}")
            click.echo(f"Set aside {name} as before-{stamp}-{name}.")


def _lock(recipients: tuple[str, ...], passphrase_file: Path | None) -> Lock:
    from amparo.ledger.backup.age import Lock, check_recipient

    for each in recipients:
        check_recipient(each)
    if recipients and passphrase_file is None:
        return Lock(recipients=recipients)
    passphrase = _passphrase(passphrase_file, is_new=True)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ValueError(f"the passphrase has fewer than {SHORTEST_PASSPHRASE} characters")
    return Lock(passphrase, recipients)


def _key(file: Path, identity_file: Path | None, passphrase_file: Path | None) -> Key:
    from amparo.ledger.backup.age import Key, needs_passphrase
    from amparo.ledger.backup.trial import IDENTITY

    is_by_passphrase = needs_passphrase(file)
    identities = os.environ.get(IDENTITY, "").split()
    if identity_file is not None:
        lines = identity_file.read_text(encoding="ascii").split("\n")
        identities += [line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")]
    if identities or not is_by_passphrase:
        return Key(identities=tuple(identities))
    return Key(passphrase=_passphrase(passphrase_file, is_new=False))


def _passphrase(file: Path | None, *, is_new: bool) -> str:
    from amparo.ledger.backup.trial import PASSPHRASE

    if file is not None:
        return file.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    given = os.environ.get(PASSPHRASE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise ValueError(f"no passphrase: use --passphrase-file or {PASSPHRASE}")
    return str(click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=is_new))


def _verify_ledger() -> None:
    from amparo.ledger.verify import verify

    report = verify()
    if report.first_bad is not None:
        click.echo(f"The ledger of the backup is NOT sound: {report.first_bad.message}.", err=True)
        sys.exit(1)
    click.echo(f"The ledger is sound: {report.sealed} sealed entries, root {report.root.hex()}")


def _say_manifest(verb: str, file: Path, manifest: Manifest) -> None:
    click.echo(
        f"{verb} {file}: {sum(manifest.tables.values())} rows of {len(manifest.tables)} tables, "
        f"{manifest.files} files ({manifest.file_bytes} bytes)."
    )
    click.echo(f"Ledger: {manifest.ledger_size} sealed entries, root {manifest.ledger_root or 'none'}")


def _say_keys() -> None:
    from amparo.site.paths import keys_folder

    click.echo("It was restored into a temporary place and compared; the place was removed.")
    click.echo(
        f"The key files in {keys_folder()} are NOT in this backup. Keep a copy of that folder "
        "somewhere else, locked away: without it nothing in the backup can be opened, by anybody, ever."
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what the backup, the database or the disk says into one sentence and exit 2."""
    from django.db import DatabaseError

    from amparo.ledger.data import LedgerError

    try:
        yield
    except (LedgerError, DatabaseError, OSError, ValueError) as error:
        click.echo(f"Not done: {str(error).strip().splitlines()[0]}", err=True)
        sys.exit(2)


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{text}", nl=False, err=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
