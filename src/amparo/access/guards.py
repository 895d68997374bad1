"""Database guards: triggers that hold for every writer, on SQLite and on PostgreSQL.

A guard is one condition under which a row is refused, or one row that follows from another. They are
installed by migrations; no code path can go round them, a direct ``UPDATE`` included.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

Apps = Any


def append_only(*tables: str) -> RunPython:
    """Refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL) on the tables."""

    def install(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            _refuse_changes(schema, table)

    return RunPython(install, RunPython.noop)


def _refuse_changes(schema: BaseDatabaseSchemaEditor, table: str) -> None:
    if schema.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    schema.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23514'; END $$"
    )
    schema.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    schema.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def refuse_when(name: str, table: str, event: str, condition: str, message: str) -> RunPython:
    """Refuse the row when ``condition`` holds. ``event`` is like ``INSERT`` or ``UPDATE``.

    The condition is SQL that both databases read, with ``NEW`` and ``OLD``.
    """

    def install(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "sqlite":
            schema.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            return
        _postgres(
            schema,
            name,
            f"BEFORE {event} ON {table}",
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = '23514'; END IF; RETURN NEW;",
        )

    return RunPython(install, RunPython.noop)


def follow_with(name: str, table: str, event: str, statement: str) -> RunPython:
    """After the event on the table, run one statement that both databases read."""

    def install(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "sqlite":
            schema.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {statement}; END")
            return
        _postgres(schema, name, f"AFTER {event} ON {table}", f"{statement}; RETURN NULL;")

    return RunPython(install, RunPython.noop)


def _postgres(schema: BaseDatabaseSchemaEditor, name: str, when: str, body: str) -> None:
    schema.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body} END $guard$"
    )
    schema.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")
