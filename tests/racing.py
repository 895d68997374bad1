"""Races between threads on a database that several connections really share.

Django's SQLite test database lives in memory behind one shared cache, where a second writer gets an
error no real installation knows. For a race it is copied into a file, opened by each thread as the
server opens it. On PostgreSQL the test database is used as it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from amparo.core.refusal import Refusal

Connect = Callable[[], BaseDatabaseWrapper]


@pytest.fixture
def race(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Return ``race(*runs)``: start all at once, return each one's result or refusal, in order."""
    first = connections["default"]
    first.ensure_connection()
    connect = _file_copies(first, tmp_path / "race.sqlite3") if first.vendor == "sqlite" else first.copy
    connections["default"] = own = connect()
    try:
        yield lambda *runs: _race(connect, runs)
    finally:
        own.close()
        connections["default"] = first


def _file_copies(memory: BaseDatabaseWrapper, path: Path) -> Connect:
    def connect() -> BaseDatabaseWrapper:
        wrapper = memory.copy()
        wrapper.settings_dict["NAME"] = str(path)
        return wrapper

    target = connect()
    target.connect()
    memory.connection.backup(target.connection)
    target.close()
    return connect


def _race(connect: Connect, runs: tuple[Callable[[], Any], ...]) -> list[Any]:
    barrier = threading.Barrier(len(runs))

    def start(run: Callable[[], Any]) -> Any:
        connections["default"] = connect()
        try:
            barrier.wait(timeout=20)
            return run()
        except Refusal as refusal:
            return refusal
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(start, runs))
