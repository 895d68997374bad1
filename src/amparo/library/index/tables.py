"""The index of the tokens: made by a migration, kept by the database, made again after a restore."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE VIRTUAL TABLE library_index USING fts5("
    "tokens, content='library_card', content_rowid='number', tokenize='ascii')",
    "CREATE TRIGGER library_card_indexed AFTER INSERT ON library_card BEGIN "
    "INSERT INTO library_index(rowid, tokens) VALUES (NEW.number, NEW.tokens); END",
    "CREATE TRIGGER library_card_unindexed AFTER DELETE ON library_card BEGIN "
    "INSERT INTO library_index(library_index, rowid, tokens) VALUES ('delete', OLD.number, OLD.tokens); END",
    "CREATE TRIGGER library_card_reindexed AFTER UPDATE ON library_card BEGIN "
    "INSERT INTO library_index(library_index, rowid, tokens) VALUES ('delete', OLD.number, OLD.tokens); "
    "INSERT INTO library_index(rowid, tokens) VALUES (NEW.number, NEW.tokens); END",
)
POSTGRESQL = (
    "ALTER TABLE library_card ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, tokens)) STORED",
    "CREATE INDEX library_card_vector ON library_card USING gin (vector)",
)


def create(apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    """Make the index of this database. Neither needs an extension or a right beyond making tables."""
    for statement in SQLITE if schema.connection.vendor == "sqlite" else POSTGRESQL:
        schema.execute(statement)


def drop(apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    if schema.connection.vendor != "sqlite":
        schema.execute("ALTER TABLE library_card DROP COLUMN vector")
        return
    for name in ("library_card_indexed", "library_card_unindexed", "library_card_reindexed"):
        schema.execute(f"DROP TRIGGER {name}")
    schema.execute("DROP TABLE library_index")


def rebuild() -> None:
    """Index every card again where rows came in past the triggers, as in a restore. PostgreSQL needs none."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO library_index(library_index) VALUES ('rebuild')")


def is_complete() -> bool:
    """Return whether every card is in the index. One query, none on PostgreSQL."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT COUNT(*) FROM library_index_docsize) = (SELECT COUNT(*) FROM library_card)"
        )
        return bool(cursor.fetchone()[0])
