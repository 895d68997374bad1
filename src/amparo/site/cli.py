"""The program ``amparo``. Each subcommand lives in ``amparo.site.commands`` and loads when called."""

from __future__ import annotations

import os
from importlib import import_module

import click

from amparo.site.faults import faults_in_one_sentence

COMMANDS = {
    "migrate": "database:migrate",
    "serve": "serve:serve",
    "demo": "demo:demo",
    "doctrine": "doctrine:doctrine",
    "ledger": "ledger:ledger",
    "import": "imports:imports",
    "library": "library:library",
    "keys": "keys:keys",
    "health": "health:health",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "erase": "erase:erase",
    "manage": "database:manage",
}


class LazyCommands(click.Group):
    """Finds a subcommand by name and imports its file only then, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(import_module(f"amparo.site.commands.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        with faults_in_one_sentence():
            return super().invoke(ctx)


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Amparo: the protection file of a whole referral mechanism."""
    os.umask(0o077)  # what the program writes is for its own account only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")
