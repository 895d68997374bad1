"""``amparo health``: whether this installation is well, for whoever runs it. No id, no code, no name."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from amparo.site.commands.database import start_django

PARTS = {
    "database": "The database answers.",
    "ledger": "The ledger answers.",
    "keys": "The program's own key can be read.",
    "seal_key": "The seal keys and the pepper are there and fit this database.",
}


@click.command()
def health() -> None:
    """Say which parts answer, and how many files were found damaged lately. Exit 1 unless all is well.

    The page /health/ tells strangers less: only whether the parts answer.
    """
    start_django()
    from amparo.site.queries import DAMAGE_DAYS, count_damaged, list_ailments

    ailments = list_ailments()
    for name, sound in PARTS.items():
        click.echo(f"NO: {sound}" if name in ailments else f"Yes: {sound}")
    if {"database", "ledger"} & set(ailments):
        sys.exit(1)
    damaged = count_damaged(datetime.now(UTC))
    if not damaged:
        click.echo(f"Yes: Nobody met sealed data that were altered, in {DAMAGE_DAYS} days.")
    else:
        click.echo(
            f"NO: In {DAMAGE_DAYS} days, sealed data of {damaged:,} files could not be opened: they were "
            "altered. A backup holds them as they were. The data-protection officer sees which files, under "
            "who opened what."
        )
    sys.exit(1 if ailments or damaged else 0)
