"""Lets transactional tests empty guarded tables of a test database, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.commands import flush

GUARDED = ("library_entryversion", "panels_%", "procedures_%", "solutions_%")


@contextmanager
def without_guards(connection: Any) -> Iterator[None]:
    """Take the triggers of these tables away and put the same ones back."""
    from amparo.access.gate import writes_outside_actions

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            like = " OR ".join(["tbl_name LIKE %s"] * len(GUARDED))
            cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type='trigger' AND ({like})", GUARDED)
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield
            with writes_outside_actions("flush sends post_migrate, which ends the first exception"):
                for _name, sql in triggers:
                    cursor.execute(sql)
            return
        like = " OR ".join(["relname LIKE %s"] * len(GUARDED))
        cursor.execute(f"SELECT relname FROM pg_class WHERE relkind='r' AND ({like})", GUARDED)
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture(autouse=True, scope="session")
def _flush_without_guards() -> Iterator[None]:
    plain = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        from django.db import connection

        from amparo.access.gate import writes_outside_actions

        with writes_outside_actions("a test database is emptied"), without_guards(connection):
            plain(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
