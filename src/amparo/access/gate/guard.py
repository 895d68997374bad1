"""The run-time guard: tables about people are written by actions only.

An execute wrapper on every connection reads each statement before it runs. Migrations are excepted
by their signals; a test's set-up says so with ``writes_outside_actions``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from amparo.access.gate.passage import is_inside_action

GUARDED = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM"
    r"|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)"
    r"\s+(?:ONLY\s+)?(?:[\"\w]+\.)?\"?"
    r"(?P<table>access_(?:scope|grant|emergency|countersign)"
    r"|(?:cases|panels|procedures|referrals|asylum|solutions|advocacy)_\w+)",
    re.IGNORECASE,
)

_reason: ContextVar[str] = ContextVar("writes_outside_actions", default="")


class UnguardedWrite(RuntimeError):
    """Code tried to write a table about people without passing the gate. A programming error."""


@contextmanager
def writes_outside_actions(reason: str) -> Iterator[None]:
    """Let the block write guarded tables. For migrations and the set-up of tests, never for rooms."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def begin_migrations(**_signal: object) -> None:
    """Receive ``pre_migrate``: what follows changes the tables themselves."""
    _reason.set("migrations")


def end_migrations(**_signal: object) -> None:
    """Receive ``post_migrate``."""
    _reason.set("")


def install_guard(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Receive ``connection_created``: put the guard on this connection, once."""
    if refuse_unguarded not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_unguarded)


def refuse_unguarded(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run a statement, unless it writes a guarded table outside an action."""
    found = GUARDED.search(sql) if not is_inside_action() and not _reason.get() else None
    if found is not None:
        raise UnguardedWrite(f"{found['table']} is written outside an action")
    return execute(sql, params, many, context)
