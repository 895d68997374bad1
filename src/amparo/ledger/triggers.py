"""The triggers that refuse to change or remove what the ledger holds, on both databases.

On SQLite a migration that alters one of these tables makes it anew and loses its triggers: call
``create`` at its end. The system check at start finds missing ones.
"""

from __future__ import annotations

from typing import Any

TABLES = ("ledger_entry", "ledger_mention", "ledger_leaf", "ledger_node", "ledger_checkpoint")
SQLITE_EVENTS = ("update", "delete")
POSTGRESQL_EVENTS = ("update", "delete", "truncate")

_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def names(vendor: str) -> set[str]:
    """Return the names of the triggers that a database of this kind must have."""
    events = SQLITE_EVENTS if vendor == "sqlite" else POSTGRESQL_EVENTS
    return {f"{table}_no_{event}" for table in TABLES for event in events}


def create(connection: Any) -> None:
    """Create the triggers that are absent."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(_FUNCTION)
        for name in sorted(names(connection.vendor) - present(connection)):
            cursor.execute(_statement(connection.vendor, name))


def drop(connection: Any) -> None:
    """Drop the triggers: for undoing the migration, and for emptying the tables of a test database."""
    with connection.cursor() as cursor:
        for name in sorted(present(connection)):
            on_table = "" if connection.vendor == "sqlite" else f" ON {name.rsplit('_no_', 1)[0]}"
            cursor.execute(f"DROP TRIGGER {name}{on_table}")


def present(connection: Any) -> set[str]:
    """Return which of the triggers the database has and obeys."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()} & names(connection.vendor)


def _statement(vendor: str, name: str) -> str:
    table, event = name.rsplit("_no_", 1)
    if vendor == "sqlite":
        return (
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
    )
