"""The program ``amparo`` says what is wrong with an installation in one sentence, and ends with 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.site.faults import find_sentence

AMPARO = str(Path(sys.executable).with_name("amparo"))


def amparo(home: Path, *arguments: str, url: str = "") -> tuple[int, str]:
    environment = os.environ | {"AMPARO_HOME": str(home), "AMPARO_DATABASE_URL": url}
    done = subprocess.run(
        [AMPARO, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip()


def says(result: tuple[int, str], word: str) -> bool:
    return result[0] == 1 and word in result[1] and result[1].count("\n") == 0


@pytest.mark.parametrize("command", ["keys status", "erase AM-1 --by amina", "ledger verify"])
def test_missing_tables_name_the_command_that_makes_them(tmp_path: Path, command: str) -> None:
    assert says(amparo(tmp_path, *command.split()), "run amparo migrate")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "amparo.sqlite3").write_text("these words are no database at all", encoding="utf-8")
    assert says(amparo(tmp_path, "keys", "status"), "The database cannot be used")


@pytest.mark.parametrize(
    ("url", "word"),
    [("foo", "is not known"), ("postgresql://h:abc/x", "port"), ("postgresql://a@127.0.0.1:1/x", "database")],
)
def test_an_address_that_leads_nowhere_is_named(tmp_path: Path, url: str, word: str) -> None:
    code, text = amparo(tmp_path, "keys", "status", url=url)
    assert says((code, text.splitlines()[-1]), word)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.touch()
    assert says(amparo(place, "migrate"), "check AMPARO_HOME")


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 60])
def test_a_damaged_signing_secret_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "django.key").write_bytes(content)
    assert says(amparo(tmp_path, "migrate"), "django.key is damaged")


@pytest.mark.parametrize("content", [b"", b"zz", b"\xff" * 60, b"00" * 31])
def test_a_damaged_ledger_key_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").mkdir()
    damaged = tmp_path / "keys" / "ledger.key"
    damaged.write_bytes(content)
    code, text = amparo(tmp_path, "ledger", "check-receipt", str(damaged))
    assert (code, "ledger.key is damaged" in text, text.count("\n")) == (2, True, 0)


def test_a_ledger_key_that_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys" / "ledger.key").mkdir(parents=True)
    (tmp_path / "receipt").touch()
    code, text = amparo(tmp_path, "ledger", "check-receipt", str(tmp_path / "receipt"))
    assert (code, "ledger.key is damaged" in text, text.count("\n")) == (2, True, 0)


def test_a_damaged_list_of_former_ledger_keys_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "ledger.key").write_text("ab" * 32, encoding="ascii")
    former = tmp_path / "keys" / "ledger.trusted"
    former.write_text("a", encoding="ascii")
    code, text = amparo(tmp_path, "ledger", "check-receipt", str(former))
    assert (code, "ledger.trusted is damaged" in text, text.count("\n")) == (2, True, 0)


def test_what_the_program_writes_is_for_its_own_account_only(tmp_path: Path) -> None:
    amparo(tmp_path / "home", "migrate")
    made = [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    assert [path for path in made if path.stat().st_mode & 0o077] == []
    assert (tmp_path / "home" / "amparo.sqlite3").exists()


@pytest.mark.parametrize("option", ["--port=0", "--port=65536", "--workers=0", "--threads=0"])
def test_a_number_out_of_range_is_refused(tmp_path: Path, option: str) -> None:
    code, text = amparo(tmp_path, "serve", option)
    assert (code, "Invalid value" in text) == (2, True)


def test_a_defect_of_the_program_is_not_taken_for_a_fault() -> None:
    assert find_sentence(ValueError("a defect")) == ""
