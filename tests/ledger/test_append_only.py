"""The ledger's tables take new rows and nothing else, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from amparo.ledger import triggers
from amparo.ledger.data import LedgerUnwritable, NotACode
from amparo.ledger.models import Checkpoint, Entry, Leaf, Mention, Node
from amparo.ledger.record import record

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def entry(db: None) -> Entry:
    made = record(
        "staff:amina", "cases.register_person", subject="AM-7KQ3-9XTR", details={"fields": ["names"]}, now=NOW
    )
    return Entry.objects.get(id=made)


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("table", triggers.TABLES)
def test_no_table_of_the_ledger_takes_an_update_or_a_delete(entry: Entry, table: str) -> None:
    Leaf.objects.create(number=0, entry=entry, hash=entry.leaf_hash)
    Mention.objects.create(entry=entry, at=NOW, position=0, subject="AM-1")
    Node.objects.create(place=1, hash=b"x" * 32)
    Checkpoint.objects.create(size=1, at=NOW, root=b"x" * 32, note="")
    column = {
        "ledger_entry": "verb",
        "ledger_mention": "subject",
        "ledger_leaf": "hash",
        "ledger_node": "hash",
        "ledger_checkpoint": "note",
    }[table]
    assert refused(f"UPDATE {table} SET {column} = {column}")
    assert refused(f"DELETE FROM {table}")


def test_postgresql_refuses_to_truncate(entry: Entry) -> None:
    if connection.vendor == "sqlite":
        assert refused("DELETE FROM ledger_entry"), (
            "SQLite has no TRUNCATE; its whole-table DELETE is refused"
        )
    else:
        assert refused("TRUNCATE ledger_entry CASCADE")


def test_a_row_is_not_replaced_past_the_triggers(entry: Entry) -> None:
    if connection.vendor == "sqlite":
        columns = "id, at, actor_ref, verb, subject, details, leaf_hash, mark"
        assert refused(f"INSERT OR REPLACE INTO ledger_entry ({columns}) SELECT {columns} FROM ledger_entry")
    else:
        assert refused(
            "INSERT INTO ledger_entry SELECT * FROM ledger_entry ON CONFLICT (id) DO UPDATE SET verb = 'x.y'"
        )


def test_without_the_triggers_the_same_statement_passes(entry: Entry) -> None:
    triggers.drop(connection)
    assert not refused("UPDATE ledger_entry SET verb = 'x.y'")
    triggers.create(connection)
    assert refused("UPDATE ledger_entry SET verb = 'x.y'")


@pytest.mark.parametrize(
    "details",
    [
        {"note": "She said that the man waits at the station"},
        {"name": "María Pérez"},
        {"contact": "amina@example.org"},
        {"When": "2026"},
        {"weight": 1.5},
        {"nested": {"a": "b"}},
        {"many": ["A"] * 61},
        {"codes": ["two words"]},
        {"long": "A" * 81},
        {"nothing": None},
    ],
)
def test_free_text_is_refused_and_not_repeated(db: None, details: dict[str, object]) -> None:
    with pytest.raises(NotACode) as refusal:
        record("staff:amina", "cases.add_note", details=details, now=NOW)  # type: ignore[arg-type]
    assert not any(str(value) in str(refusal.value) for value in details.values())
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("actor", "verb", "subject"),
    [
        ("Amina Soto", "a.b", ""),
        ("staff:amina", "opened it", ""),
        ("staff:amina", "a.b", "María"),
        ("", "a.b", ""),
    ],
)
def test_who_and_what_are_codes(db: None, actor: str, verb: str, subject: str) -> None:
    with pytest.raises(NotACode):
        record(actor, verb, subject=subject, now=NOW)


def test_when_the_ledger_cannot_be_written_the_caller_cannot_commit(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(Entry, "save", full)
    with transaction.atomic():
        with pytest.raises(LedgerUnwritable):
            record("staff:amina", "cases.add_need", now=NOW)
        assert transaction.get_rollback()
