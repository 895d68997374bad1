"""Who runs a command that needs a person: a user name, and the passphrase that opens their keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from amparo.access.data import Actor


def ask_who(username: str, now: datetime, passphrase_file: Path | None = None) -> Actor:
    """Ask for the passphrase of a user and return them as an unlocked actor, or exit 2.

    It is asked for at a terminal; elsewhere it is the first line of the file, or of what comes in.
    """
    from amparo.access.queries import actor_for, find_staff
    from amparo.vault.actions import unlock

    staff = find_staff(username)
    if staff is None or not staff.is_active:
        raise click.UsageError(f"there is no active user {username!r}")
    passphrase = _passphrase(username, passphrase_file)
    with plain_refusals():
        return actor_for(staff.id, unlock(staff.id, passphrase, now), now=now)


def _passphrase(username: str, file: Path | None) -> str:
    if file is None and sys.stdin.isatty():
        return str(click.prompt(f"Passphrase of {username}", hide_input=True, err=True))
    given = file.read_text("utf-8") if file is not None else sys.stdin.readline()
    first = given.split("\n")[0].rstrip("\r")
    if not first:
        raise click.UsageError("no passphrase was given: use a terminal, or a file or pipe that holds it")
    return first


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn a refusal, or keys that are missing, into sentences and exit 2."""
    from amparo.core.refusal import Refusal, Unknown
    from amparo.vault.data import NoKey, ServerKeysMissing

    try:
        yield
    except NoKey:
        _stop("this needs a key that this person does not hold.")
    except Refusal as refusal:
        _stop(f"{refusal.what_happened} {refusal.reason} {refusal.what_next}")
    except Unknown:
        _stop("there is no such record, or this person may not know of it.")
    except ServerKeysMissing as missing:
        _stop(str(missing))


def _stop(sentence: str) -> None:
    click.echo(f"Not done: {sentence}", err=True)
    sys.exit(2)
