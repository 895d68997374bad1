"""Entries as they are stored, column by column as text, for hashing; never through the models.

A row is ``(id, at, actor_ref, verb, subject, details, leaf_hash, mark)``, the first six as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from amparo.ledger.canonical import entry_bytes
from amparo.ledger.merkle import leaf_hash
from amparo.ledger.snapshot import stream

Row = tuple[Any, ...]
_MOST_IDS = 500

_AT = {
    "sqlite": "CASE length(e.at) WHEN 19 THEN e.at || '.000000' ELSE e.at || '' END",
    "postgresql": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}
_ID = {"sqlite": "{0}", "postgresql": "replace({0}::text, '-', '')"}


def columns() -> str:
    """Return the columns of a row in the SQL of the database in use; the table is called ``e``."""
    vendor = connection.vendor
    entry_id = _ID[vendor].format("e.id")
    return f"{entry_id}, {_AT[vendor]}, e.actor_ref, e.verb, e.subject, e.details, e.leaf_hash, e.mark"


def hash_of(row: Row) -> bytes:
    """Return the leaf hash that a row should have; "" where a column does not even hold text."""
    if not all(isinstance(column, str) for column in row[:6]):
        return b""
    return leaf_hash(entry_bytes(*row[:6]))


def sealed_rows(below: int, start: int = 0) -> Iterator[Row]:
    """Yield ``(number, hash, entry_id, *row)`` of leaves, in order; the row is null where it is gone."""
    entry_id = _ID[connection.vendor].format("l.entry_id")
    return stream(
        f"SELECT l.number, l.hash, {entry_id}, {columns()} FROM ledger_leaf l "  # noqa: S608  own columns
        "LEFT JOIN ledger_entry e ON e.id = l.entry_id "
        "WHERE l.number >= %s AND l.number < %s ORDER BY l.number",
        [start, below],
    )


def unsealed_rows(since: UUID, limit: int | None = None) -> Iterator[Row]:
    """Yield the rows with no leaf whose id is not before ``since``, in the order of their ids."""
    bound = "" if limit is None else f" LIMIT {int(limit)}"
    low = since.hex if connection.vendor == "sqlite" else str(since)
    return stream(
        f"SELECT {columns()} FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id "  # noqa: S608
        f"WHERE e.id >= %s AND l.number IS NULL ORDER BY e.id{bound}",
        [low],
    )


def rows_of(entry_ids: Sequence[UUID]) -> Iterator[Row]:
    """Yield the rows of some entries, in no order."""
    for start in range(0, len(entry_ids), _MOST_IDS):
        part = entry_ids[start : start + _MOST_IDS]
        asked = [entry_id.hex if connection.vendor == "sqlite" else str(entry_id) for entry_id in part]
        places = ", ".join(["%s"] * len(asked))
        yield from stream(f"SELECT {columns()} FROM ledger_entry e WHERE e.id IN ({places})", asked)  # noqa: S608
