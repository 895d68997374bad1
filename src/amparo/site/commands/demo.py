"""``amparo demo``: a fictitious operation, ready to use."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from amparo.site.commands.database import start_django
from amparo.site.commands.serve import PORT, serve


@click.command()
@click.option("--no-serve", is_flag=True, help="Build the demonstration and stop.")
@click.option("--people", default=300, show_default=True, type=click.IntRange(2, 100_000), help="How many.")
@click.option("--port", default=8000, show_default=True, type=PORT, help="Port to listen on.")
def demo(no_serve: bool, people: int, port: int) -> None:
    """Make a fictitious country operation in AMPARO_HOME and serve it at http://127.0.0.1:8000/.

    A demonstration that is already there is served as it is. An installation with real data is
    refused: choose another AMPARO_HOME.
    """
    from django.core.management import call_command

    start_django()
    call_command("migrate", verbosity=0, interactive=False)
    _build_when_absent(people)
    if not no_serve:
        _serve(port)


def _build_when_absent(people: int) -> None:
    from amparo.access.queries import list_agencies
    from amparo.site.demo.build import build, marker_exists

    if marker_exists():
        click.echo("The demonstration is already here; it is used as it is.")
        return
    if list_agencies():
        raise click.ClickException(
            "this installation already has agencies and is not a demonstration; "
            "set AMPARO_HOME to another folder, for example AMPARO_HOME=var-demo"
        )
    started = datetime.now(UTC)
    events = build(people, started, lambda text: click.echo(f"… {text}"))
    seconds = (datetime.now(UTC) - started).total_seconds()
    click.echo(f"Made {people} invented people with their files: {events} events in {seconds:.0f} s.")


def _serve(port: int) -> None:
    click.echo(f"Passphrases of the demonstration: http://127.0.0.1:{port}/demonstration/")
    serve.main(args=["--port", str(port)], standalone_mode=False)
