"""``amparo serve``: the web server and the worker of the task table, in one command."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing.process import BaseProcess
from typing import Any

import click

from amparo.site.commands.database import start_django

PORT = click.IntRange(1, 65535)
AT_LEAST_ONE = click.IntRange(min=1)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=PORT, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=AT_LEAST_ONE, help="Web server processes.")
@click.option("--threads", default=4, show_default=True, type=AT_LEAST_ONE, help="Threads in each of them.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the installation of AMPARO_HOME until it is stopped (Ctrl-C).

    Exits 1 with one sentence when something needed is missing: tables, keys, a safe SQLite, the port.
    """
    start_django()
    require_sound_installation()
    require_free_port(host, port)
    bring_library_up_to_date()
    collect_static_files()
    load_what_all_share()
    worker = start_worker()
    click.echo(f"Amparo serves http://{host}:{port}/ (Ctrl-C stops it)")
    try:
        run_web_server(host, port, workers, threads)
    finally:
        worker.terminate()
        worker.join(timeout=10)


def start_worker() -> BaseProcess:
    """Start the process that works through the task table; forked, it shares the memory of this one."""
    worker = multiprocessing.get_context("fork").Process(target=run_tasks, args=(os.getpid(),), daemon=True)
    worker.start()
    return worker


def load_what_all_share() -> None:
    """Load code and doctrine once, before any process is forked: its pages are then shared by all.

    No connection may be open across a fork; frozen objects are left alone by the garbage collector,
    which would copy their pages by looking at them.
    """
    from django.db import connections

    import_module("amparo.site.wsgi")
    import_module("amparo.site.urls")
    import_module("amparo.ledger.tasks")
    import_module("granian.server")
    import_module("amparo.doctrine.registry").list_guides()
    opened: Sequence[Any] = connections.all(initialized_only=True)
    for connection in opened:
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
    gc.collect()
    gc.freeze()


def require_sound_installation() -> None:
    """Raise a one-sentence error unless every system check passes and the tables are up to date."""
    from django.core.checks import Error, run_checks
    from django.db import DEFAULT_DB_ALIAS, connection
    from django.db.migrations.executor import MigrationExecutor

    for fault in run_checks(databases=[DEFAULT_DB_ALIAS]):
        if isinstance(fault, Error):
            raise click.ClickException(f"{fault.msg} {fault.hint or ''}".strip())
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException("The database is not up to date: run amparo migrate.")
    connection.close()


def bring_library_up_to_date() -> None:
    """Take what doctrine changed into the law library, before anybody reads it."""
    from amparo.library.actions import bring_up_to_date

    bring_up_to_date(now=datetime.now(UTC))


def require_free_port(host: str, port: int) -> None:
    """Raise a one-sentence error when another program listens there, or the address is not ours."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Amparo cannot listen on {host}:{port} ({error.strerror}): "
                "stop the program that uses it, or choose another with --port."
            ) from error


def collect_static_files() -> None:
    """Copy the styles and scripts under hashed names into the home, for the web server."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def run_web_server(host: str, port: int, workers: int, threads: int) -> None:
    """Run granian until a signal stops it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "amparo.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


def run_tasks(parent: int) -> None:
    """Work through the task table until a signal stops this process or its parent is gone."""
    run_worker = import_module("amparo.ledger.tasks").run_worker
    stop = threading.Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_signal: stop.set())
    threading.Thread(target=stop_without_parent, args=(parent, stop), daemon=True).start()
    run_worker(stop)


def stop_without_parent(parent: int, stop: threading.Event) -> None:
    """Set ``stop`` when the server was killed, so that no worker is left behind."""
    while not stop.wait(timeout=2):
        if os.getppid() != parent:
            stop.set()
