"""``amparo migrate`` and ``amparo manage``: the database's tables, and Django's own commands."""

from __future__ import annotations

import click


def start_django() -> None:
    """Load the settings and the rooms. Every command that touches data calls this first."""
    import django

    django.setup()


@click.command()
def migrate() -> None:
    """Create or bring up to date the tables of the database."""
    from django.core.management import call_command

    start_django()
    call_command("migrate", verbosity=1, interactive=False)


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's management commands (for developers)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["amparo manage", *arguments])
