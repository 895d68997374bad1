"""The condition "this card answers the question", written for each database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Value
from django.db.models.sql.compiler import SQLCompiler

from amparo.library.index.question import Phrase

Alternatives = tuple[tuple[Phrase, ...], ...]
Sql = tuple[str, Any]


class Matches(Func):
    """True for the cards that hold, for every part of the question, one of its phrases.

    Tokens are ASCII letters and digits, so that nothing of what was typed reaches a query language.
    """

    output_field = BooleanField()
    arity = 1

    def __init__(self, *number: Any, alternatives: Alternatives = ()) -> None:
        super().__init__(*(number or (F("number"),)))
        self.alternatives = alternatives

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        number, params = compiler.compile(self.source_expressions[0])
        asked, _ = compiler.compile(Value(""))
        sql = f"({number} IN (SELECT rowid FROM library_index WHERE library_index MATCH {asked}))"  # noqa: S608
        return sql, (*params, fts5_query(self.alternatives))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        number, params = compiler.compile(self.source_expressions[0])
        vector = number.replace('"number"', '"vector"')
        return f"({vector} @@ %s::tsquery)", (*params, tsquery(self.alternatives))


class MatchesToo(Matches):
    """The same for an order: a second look into the index, since a row's own vector would be unpacked."""

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        number, params = compiler.compile(self.source_expressions[0])
        inner = "SELECT number FROM library_card WHERE vector @@ %s::tsquery"
        return f"({number} IN ({inner}))", (*params, tsquery(self.alternatives))


@contextmanager
def by_index() -> Iterator[None]:
    """Let PostgreSQL answer the block's questions from the index, however common a word is.

    Its planner takes a common word for a reason to read every row, and does not count that each of
    these must be unpacked first: fourteen times slower on 6,000 entries. Nothing on SQLite.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def fts5_query(alternatives: Alternatives) -> str:
    """Write the question in FTS5's language.

    >>> fts5_query(((("estrat",), ("entrata",)), (("esgrup", "essocial"),)))
    '("estrat" OR "entrata") AND ("esgrup essocial")'
    """
    parts = (" OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases) for phrases in alternatives)
    return " AND ".join(f"({part})" for part in parts)


def tsquery(alternatives: Alternatives) -> str:
    """Write the question in PostgreSQL's language.

    >>> tsquery(((("estrat",), ("entrata",)), (("esgrup", "essocial"),)))
    '(estrat | entrata) & ((esgrup <-> essocial))'
    """
    parts = (" | ".join(_adjacent(phrase) for phrase in phrases) for phrases in alternatives)
    return " & ".join(f"({part})" for part in parts)


def _adjacent(phrase: Phrase) -> str:
    return phrase[0] if len(phrase) == 1 else f"({' <-> '.join(phrase)})"
