"""Takes the tables' triggers away while a backup is read, and puts the same ones back.

Triggers judge each new row by the others that are there, or write rows that follow from it. In a
restore every row was judged when it was written, comes in the order of tables, and brings what followed
from it along: a certificate would come before its signatures, and a departure after a lapse.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def set_aside() -> Iterator[None]:
    """Set every trigger aside, inside the running transaction, which puts them back when it fails."""
    if not connection.in_atomic_block:
        raise RuntimeError("triggers are set aside inside a transaction only")
    with connection.cursor() as cursor:
        back = _drop_on_sqlite(cursor) if connection.vendor == "sqlite" else _disable(cursor)
    yield
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in back:
            cursor.execute(statement)


def _drop_on_sqlite(cursor: Any) -> list[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    triggers = cursor.fetchall()
    for name, _statement in triggers:
        cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
    return [statement for _name, statement in triggers]


def _disable(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY 1"
    )
    tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
