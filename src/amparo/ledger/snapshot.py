"""Reads that belong together see one state of the database, without stopping those who write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

CHUNK = 2000


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one consistent state inside the block; write nothing in it.

    On SQLite a plain (deferred) transaction, which takes no lock in WAL mode; on PostgreSQL a
    repeatable-read one. Inside a transaction that is already open it adds nothing.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def stream(query: str, parameters: Sequence[str | int] = ()) -> Iterator[Any]:
    """Yield the rows of a query in bounded memory (on PostgreSQL through a cursor in the server)."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, parameters)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
