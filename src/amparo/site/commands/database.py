"""``amparo migrate`` and ``amparo manage``: the database's tables, and Django's own commands."""

from __future__ import annotations

from datetime import UTC, datetime

import click

PROGRAM_LANGUAGE = "en"


def start_django() -> None:
    """Load the settings and the rooms. Every command that touches data calls this first.

    Until the command ends, the rooms speak its language too: English (docs/decisions/0050). The worker
    and the web server are processes of their own and keep the installation's.
    """
    import django
    from django.utils import translation

    django.setup()
    command = click.get_current_context(silent=True)
    if command is not None:
        command.with_resource(translation.override(PROGRAM_LANGUAGE))


@click.command()
def migrate() -> None:
    """Create or bring up to date the tables of the database."""
    from django.core.management import call_command

    start_django()
    call_command("migrate", verbosity=1, interactive=False)
    say_what_losing_the_keys_means()


def say_what_losing_the_keys_means() -> None:
    """Make the server's keys on the first set-up, and say in words what depends on them."""
    from amparo.vault.actions import set_up_server_keys
    from amparo.vault.data import ServerKeysMissing

    try:
        keys = set_up_server_keys(datetime.now(UTC))
    except ServerKeysMissing as missing:
        raise click.ClickException(str(missing)) from missing
    if keys.is_new:
        click.echo(f"Made the seal key and the pepper in {keys.folder}. {keys.warning}")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's management commands (for developers)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["amparo manage", *arguments])
