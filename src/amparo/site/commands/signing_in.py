"""Who runs a command that needs a person: a user name, and the passphrase that opens their keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from amparo.access.data import Actor


def ask_who(username: str, now: datetime) -> Actor:
    """Ask for the passphrase of a user and return them as an unlocked actor, or exit 2."""
    from amparo.access.queries import actor_for, find_staff
    from amparo.vault.actions import unlock

    staff = find_staff(username)
    if staff is None or not staff.is_active:
        raise click.UsageError(f"there is no active user {username!r}")
    passphrase = click.prompt(f"Passphrase of {username}", hide_input=True, err=True)
    with plain_refusals():
        return actor_for(staff.id, unlock(staff.id, passphrase, now), now=now)


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
