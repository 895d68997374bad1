"""Set-ups that are made once in a process and put back, row by row, for each later test.

A set-up such as the cast costs a third of a second of keys, hashes and ledger entries. What it left in
the tables is read once and inserted again inside the test's own transaction: tests that do not ask for
it still find an empty database, and a test that empties the tables changes nothing for the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from amparo.access.gate import writes_outside_actions
from amparo.cases import name_memory
from amparo.vault import founding

NOT_DATA = {"django_migrations"}
Made = TypeVar("Made")
Key = tuple[str, str, str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class Rows:
    """Every row of one table."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    @classmethod
    def read(cls, table: str) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            return cls(table, tuple(column[0] for column in cursor.description), cursor.fetchall())

    def insert(self) -> None:
        names = ", ".join(map(connection.ops.quote_name, self.columns))
        marks = ", ".join(["%s"] * len(self.columns))
        table = connection.ops.quote_name(self.table)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", self.rows)


@dataclass(frozen=True)
class Memory(Generic[Made]):
    """What a set-up returned, what it left in tables that were empty, and the keys of its new units."""

    made: Made
    tables: list[Rows]
    founded: dict[UUID, tuple[bytes, datetime]]

    def fits(self) -> bool:
        """Say whether the tables of this set-up are empty. One query."""
        asked = " OR ".join(
            f"EXISTS (SELECT 1 FROM {connection.ops.quote_name(each.table)})" for each in self.tables
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {asked}")
            return not cursor.fetchone()[0]

    def put_back(self) -> Made:
        with transaction.atomic(), writes_outside_actions("a set-up of tests is put back"):
            for each in self.tables:
                each.insert()
        founding._keys.update(self.founded)
        return self.made


_memories: dict[Key, Memory[Any]] = {}


def remembered(make: Callable[[], Made]) -> Made:
    """Return what ``make`` returns, made the first time and put back from then on.

    ``make`` only adds rows, to tables without numbered rows, and nobody changes what it returned. It is
    made anew, and not remembered, where its tables are not empty or the key files are others.
    """
    name_memory._held.clear()  # it knows units by their ids, which are now the same in every test
    key = (make.__module__, make.__qualname__, connection.vendor, _key_files())
    memory = _memories.get(key)
    if memory is None:
        return _remember(key, make)
    return memory.put_back() if memory.fits() else make()


def _remember(key: Key, make: Callable[[], Made]) -> Made:
    before, held = _count_rows(), set(founding._keys)
    made = make()
    grown = [table for table, count in _count_rows().items() if count != before[table]]
    if all(before[table] == 0 and not _is_numbered(table) for table in grown):
        founded = {unit: founding._keys[unit] for unit in founding._keys.keys() - held}
        tables = [Rows.read(table) for table in grown]
        _memories[(*key[:-1], _key_files())] = Memory(made, tables, founded)
    return made


def _count_rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - NOT_DATA)
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def _key_files() -> tuple[tuple[str, int], ...]:
    """Return the server's key files: what was locked under others is of no use."""
    folder = Path(settings.AMPARO_KEYS)
    return tuple((str(path), path.stat().st_mtime_ns) for path in sorted(folder.glob("*.key")))


def _is_numbered(table: str) -> bool:
    """Say whether the database numbers the rows of a table: its counter would not be put back."""
    models = apps.get_models(include_auto_created=True)
    return any(model._meta.auto_field for model in models if model._meta.db_table == table)
