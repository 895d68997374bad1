"""``amparo import htcds``: exit codes, no traceback, no leak, and a run killed with SIGKILL goes on."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from amparo.cases.models import Person
from amparo.site.commands.imports import PASSPHRASE_VARIABLE, htcds
from amparo.statistics.models import StagedRow
from tests.people import Cast
from tests.statistics import hostile
from tests.statistics.conftest import SMALL_CODES, SMALL_ROWS
from tests.statistics.workbooks import make_book

WORDS = ["Itzel", "Colindres", "الحسيني", "Tomasa", "99990001"]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "casos.xlsx"
    path.write_bytes(make_book(SMALL_ROWS, SMALL_CODES))
    return path


def run(*arguments: object, passphrase: str = "", typed: str | None = None) -> Result:
    known = {PASSPHRASE_VARIABLE: passphrase} if passphrase else {}
    return CliRunner(env=known).invoke(htcds, [str(argument) for argument in arguments], input=typed)


def test_a_dry_run_needs_nobody_and_writes_nothing(workbook: Path, db: None) -> None:
    result = run(workbook, "--dry-run", "--language", "es")
    assert result.exit_code == 2, result.output
    assert "Listas para importar: 3" in result.output
    assert not StagedRow.objects.exists()


def test_people_are_imported_and_the_report_written(workbook: Path, cast: Cast, tmp_path: Path) -> None:
    report = tmp_path / "informe.json"
    result = run(workbook, "--as", "amina", "--report", report, passphrase=cast.amina.passphrase)
    assert result.exit_code == 2, result.output
    assert Person.objects.count() == 3
    assert json.loads(report.read_text("utf-8"))["rows"]["imported"] == 3
    assert not [word for word in WORDS if word in result.output + report.read_text("utf-8")]


def test_the_exit_code_says_what_is_left(workbook: Path, cast: Cast) -> None:
    run(workbook, "--as", "amina", passphrase=cast.amina.passphrase)
    decided = run(workbook, "--as", "amina", "--skip-held", 6, passphrase=cast.amina.passphrase)
    assert decided.exit_code == 1  # one row was refused for want of consent
    clean = workbook.with_name("limpio.xlsx")
    clean.write_bytes(
        make_book([["Ximena", "Yupanqui", 1992, None, None, None, None, None, True]], SMALL_CODES)
    )
    assert run(clean, "--as", "amina", passphrase=cast.amina.passphrase).exit_code == 0
    assert Person.objects.count() == 4


@pytest.mark.parametrize(
    "make", [hostile.zip_bomb, hostile.truncated, hostile.old_excel, hostile.entity_bomb, lambda: b""]
)
def test_a_bad_workbook_ends_in_one_sentence(make: Any, tmp_path: Path, db: None) -> None:
    path = tmp_path / "malo.xlsx"
    path.write_bytes(make())
    result = run(path, "--dry-run")
    assert result.exit_code == 1
    assert "Nothing was imported." in result.output
    assert "Traceback" not in result.output


def test_a_wrong_passphrase_imports_nothing(workbook: Path, cast: Cast) -> None:
    result = run(workbook, "--as", "amina", passphrase="no es esta")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert not StagedRow.objects.exists()


def test_the_passphrase_comes_from_a_file_or_is_asked(workbook: Path, cast: Cast, tmp_path: Path) -> None:
    secret = tmp_path / "clave"
    secret.write_text(cast.amina.passphrase + "\n", encoding="utf-8")
    assert run(workbook, "--as", "amina", "--passphrase-file", secret).exit_code == 2
    asked = run(workbook, "--as", "amina", typed=cast.amina.passphrase + "\n")
    assert asked.exit_code == 2
    assert cast.amina.passphrase not in asked.output


def test_another_unit_cannot_be_chosen(workbook: Path, cast: Cast) -> None:
    result = run(workbook, "--as", "amina", "--unit", "Elegibilidad", passphrase=cast.amina.passphrase)
    assert result.exit_code == 2
    assert "Equipo de acogida" in result.output
    assert not StagedRow.objects.exists()


class Installation:
    """A home of its own, with its SQLite file, for processes that are killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {**os.environ, "AMPARO_HOME": str(home), "AMPARO_DATABASE_URL": ""}
        self.env[PASSPHRASE_VARIABLE] = "amina cruza el puente al alba"

    def python(self, code: str) -> str:
        program = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        env = {**self.env, "DJANGO_SETTINGS_MODULE": "amparo.site.settings"}
        return subprocess.run(program, env=env, check=True, capture_output=True, text=True).stdout.strip()

    def amparo(self, *arguments: object) -> subprocess.Popen[bytes]:
        program = [str(Path(sys.executable).with_name("amparo")), *map(str, arguments)]
        return subprocess.Popen(program, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def count(self) -> tuple[int, int]:
        """Return how many people are registered and how many rows are marked as imported."""
        with sqlite3.connect(f"file:{next(self.home.glob('*.sqlite3'))}?mode=ro", uri=True) as tables:
            people = tables.execute("SELECT count(*) FROM cases_person").fetchone()[0]
            marked = "SELECT count(*) FROM statistics_stagedrow WHERE state = 'imported'"
            return people, tables.execute(marked).fetchone()[0]


@pytest.mark.slow
def test_a_run_killed_in_the_middle_goes_on_and_imports_nobody_twice(tmp_path: Path) -> None:
    here = Installation(tmp_path / "home")
    here.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    here.python("from tests.people import make_cast; make_cast()")
    people: list[list[object]] = [
        [
            f"Persona{chr(65 + n // 26)}{chr(97 + n % 26)}",
            f"Inventada{n}",
            1990,
            None,
            None,
            None,
            None,
            "Other",
            True,
        ]
        for n in range(40)
    ]
    workbook = tmp_path / "cuarenta.xlsx"
    workbook.write_bytes(make_book(people, SMALL_CODES))
    kills = 0
    while kills < 2:
        process = here.amparo("import", "htcds", workbook, "--as", "amina", "--language", "en")
        before, started = here.count(), time.monotonic()
        while here.count() == before and process.poll() is None and time.monotonic() - started < 60:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
        registered, marked = here.count()
        assert registered == marked < len(people)
    last = here.amparo("import", "htcds", workbook, "--as", "amina", "--language", "en")
    output, _ = last.communicate(timeout=120)
    assert b"Traceback" not in output
    assert here.count() == (len(people), len(people))
