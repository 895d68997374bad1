"""What stops the start: an unsafe SQLite, missing triggers, a ledger that takes no entry, a lost key."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import ClickException
from django.conf import settings
from django.db import DatabaseError, connection

from amparo.ledger import checks, triggers
from amparo.ledger.data import LedgerKeyMissing
from amparo.ledger.models import Entry
from amparo.ledger.record import record
from amparo.ledger.signing import KEY_FILE, open_key
from amparo.site import checks as site_checks
from amparo.site.commands.serve import require_sound_installation
from amparo.site.databases import database_settings

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_a_whole_ledger_starts_and_the_probe_leaves_nothing() -> None:
    assert checks.find_problem() == ""
    assert checks.ledger_is_whole(databases=["default"]) == []
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_missing_trigger_stops_the_start_and_is_named() -> None:
    triggers.drop(connection)
    assert "ledger_checkpoint_no_delete is missing" in checks.find_problem()
    assert [error.id for error in checks.ledger_is_whole(databases=["default"])] == ["ledger.E001"]
    triggers.create(connection)
    assert checks.find_problem() == ""


@pytest.mark.django_db
def test_serve_refuses_in_one_sentence() -> None:
    triggers.drop(connection)
    with pytest.raises(ClickException) as refusal:
        require_sound_installation()
    assert "the trigger ledger_checkpoint_no_delete is missing." in refusal.value.message
    triggers.create(connection)


@pytest.mark.django_db
def test_before_the_first_migration_nothing_stands_in_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert checks.find_problem() == checks.NO_TABLES
    assert checks.ledger_is_whole(databases=["default"]) == []


@pytest.mark.django_db
def test_a_trigger_that_does_nothing_stops_the_start() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_entry_no_update")
            cursor.execute(
                "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN IF TG_LEVEL = 'STATEMENT' THEN RETURN NULL; END IF; RETURN NEW; END $$"
            )
    assert "do not do their work" in checks.find_problem()


@pytest.mark.django_db
def test_a_ledger_that_cannot_be_written_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise DatabaseError("attempt to write a readonly database\nCONTEXT: more")

    monkeypatch.setattr(Entry, "save", full)
    assert checks.find_problem() == "The ledger cannot be written: attempt to write a readonly database."


@pytest.mark.django_db
def test_a_lost_key_stops_the_start_once_there_are_entries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record("staff:amina", "cases.add_need", now=NOW)
    monkeypatch.setattr(settings, "AMPARO_KEYS", tmp_path)
    assert "its key file" in checks.find_problem()
    with pytest.raises(LedgerKeyMissing):
        record("staff:amina", "cases.add_need", now=NOW)
    assert not (tmp_path / KEY_FILE).exists(), "a second key would hide that the first is lost"


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = open_key(tmp_path / "keys", is_new=True)
    assert open_key(tmp_path / "keys", is_new=True).public == first.public
    assert (tmp_path / "keys" / KEY_FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [KEY_FILE]
    assert "private" not in repr(first)


def test_this_python_uses_the_safe_sqlite() -> None:
    assert sqlite3.sqlite_version_info >= site_checks.SAFE_SQLITE
    assert site_checks.sqlite_is_safe() == []


def test_an_older_sqlite_is_refused_where_it_is_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    refused = [] if connection.vendor == "postgresql" else ["site.E001"]
    assert [error.id for error in site_checks.sqlite_is_safe()] == refused


def test_an_empty_address_means_a_file_in_the_home(tmp_path: Path) -> None:
    assert database_settings("", tmp_path)["NAME"] == str(tmp_path / "amparo.sqlite3")


@pytest.mark.parametrize("path", ["/srv/a.sqlite3", "/srv/with%20space.sqlite3"])
def test_an_sqlite_address_names_the_file(path: str, tmp_path: Path) -> None:
    assert database_settings(f"sqlite://{path}", tmp_path)["NAME"] == path.replace("%20", " ")


def test_a_postgresql_address_is_read_whole(tmp_path: Path) -> None:
    read = database_settings(
        "postgresql://us%40er:p%2Fw@db.example:5433/amparo?sslmode=verify-full", tmp_path
    )
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == (
        "us@er",
        "p/w",
        "db.example",
        "5433",
    )
    assert (read["NAME"], read["OPTIONS"]["sslmode"], read["CONN_MAX_AGE"]) == ("amparo", "verify-full", 0)


def test_an_unknown_scheme_is_refused_without_repeating_the_password(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'mysql' is not known") as refusal:
        database_settings("mysql://user:secret@host/name", tmp_path)
    assert "secret" not in str(refusal.value)


def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    made = sqlite3.connect(tmp_path / "probe.sqlite3")
    made.executescript(database_settings("", tmp_path)["OPTIONS"]["init_command"])
    found = {
        name: made.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "recursive_triggers")
    }
    assert found.pop("journal_mode") == "wal"
    assert found == {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "recursive_triggers": 1}
