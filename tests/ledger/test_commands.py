"""``amparo ledger`` as scripts use it: what it says, and with which number it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import connection

from amparo.ledger import triggers
from amparo.ledger.models import Entry
from amparo.ledger.record import record
from amparo.site.commands.ledger import ledger
from tools import run_tests
from tools.run_tests import Need, provide

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def amparo_ledger(*arguments: str | Path) -> Result:
    return CliRunner().invoke(ledger, [str(each) for each in arguments])


@pytest.fixture
def entries(db: None) -> list[str]:
    return [str(record("staff:amina", "vault.open", subject=f"AM-{number}", now=NOW)) for number in range(3)]


def test_a_sound_ledger_ends_with_0_and_says_its_root(entries: list[str]) -> None:
    assert "Sealed 3 entries" in amparo_ledger("seal").output
    done = amparo_ledger("verify")
    assert (done.exit_code, "The ledger is sound: 3 sealed" in done.output) == (0, True)


def test_a_row_changed_in_the_database_ends_with_1_and_is_named(entries: list[str]) -> None:
    amparo_ledger("seal")
    triggers.drop(connection)
    Entry.objects.filter(id=entries[1]).update(actor_ref="staff:dora")
    triggers.create(connection)
    done = amparo_ledger("verify")
    assert done.exit_code == 1
    assert f"The first bad row: entry {entries[1]}, leaf 1" in done.output


def test_a_witness_folder_is_written_once_and_compared(entries: list[str], tmp_path: Path) -> None:
    amparo_ledger("seal")
    assert "Wrote 1 new checkpoints" in amparo_ledger("witness", tmp_path).output
    assert "Wrote 0 new checkpoints" in amparo_ledger("witness", tmp_path).output
    assert "1 witnessed notes" in amparo_ledger("verify", "--witness", tmp_path).output
    [note] = tmp_path.glob("checkpoints-*.txt")
    note.write_text(note.read_text(encoding="utf-8").replace("\n3\n", "\n2\n"), encoding="utf-8")
    done = amparo_ledger("verify", "--witness", tmp_path)
    assert (done.exit_code, "not signed by this ledger's key" in done.output) == (1, True)


def test_a_receipt_is_written_and_checked_and_a_forged_one_refused(
    entries: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "receipt.json"
    assert "Wrote 1 lines" in amparo_ledger("receipt", "AM-1", "--output", path).output
    assert "All 1 lines are proved" in amparo_ledger("check-receipt", path).output
    document = json.loads(path.read_text(encoding="utf-8"))
    document["entries"][0]["actor"] = "staff:dora"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = amparo_ledger("check-receipt", path)
    assert (done.exit_code, "line 1: is not proved" in done.output) == (1, True)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"checkpoint": "x"}', "\x00"])
def test_what_is_not_a_receipt_is_refused_in_one_sentence(db: None, tmp_path: Path, content: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(content, encoding="utf-8")
    done = amparo_ledger("check-receipt", path)
    assert done.exit_code in {1, 2}
    assert len(done.output.strip().splitlines()) == 1


def test_a_name_in_the_place_of_a_code_is_not_recorded(db: None) -> None:
    done = amparo_ledger("receipt", "María Pérez")
    assert (done.exit_code, "is not a code" in done.output, "María" in done.output) == (2, True, False)
    assert not Entry.objects.exists()


def test_a_code_that_the_ledger_does_not_know_gets_no_receipt(entries: list[str]) -> None:
    before = Entry.objects.count()
    done = amparo_ledger("receipt", "AM-2222-2222")
    assert (done.exit_code, "holds nothing about AM-2222-2222" in done.output) == (1, True)
    assert len(done.output.strip().splitlines()) == 1
    assert Entry.objects.count() == before


def test_a_lost_key_is_said_in_one_sentence(
    entries: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "AMPARO_KEYS", tmp_path)
    done = amparo_ledger("verify")
    assert (done.exit_code, "key file" in done.output) == (2, True)


def test_the_test_run_says_what_to_install_and_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: 1000)
    missing = Need("Chromium", "chromium", lambda: False)
    assert "sudo apt-get install --yes --no-install-recommends chromium" in provide(missing)
    assert provide(Need("Chromium", "chromium", lambda: True)) == ""
    monkeypatch.setattr(run_tests, "NEEDS", (missing,))
    monkeypatch.setattr(run_tests, "PARTS", {})
    assert run_tests.main() == 3


def test_one_failing_part_fails_the_test_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_tests, "NEEDS", ())
    monkeypatch.setattr(run_tests, "PARTS", {"SQLite": lambda: 0, "PostgreSQL": lambda: 5})
    assert run_tests.main() == 1
    monkeypatch.setattr(run_tests, "PARTS", {"SQLite": lambda: 0})
    assert run_tests.main() == 0
