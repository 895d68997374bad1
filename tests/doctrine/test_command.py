"""``amparo doctrine`` from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

from amparo.doctrine.registry import ROOT
from amparo.site.commands.doctrine import doctrine

EXAMPLES = ROOT / "international" / "examples" / "trafficking.yaml"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(doctrine, list(arguments))
    return result.exit_code, result.output


def test_check_counts_what_it_read() -> None:
    code, said = run("check")
    assert code == 0
    assert " guides, " in said


def test_check_exits_1_and_names_file_line_and_field(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "international", tmp_path / "international")
    shutil.copytree(ROOT / "countries", tmp_path / "countries")
    path = tmp_path / "international" / "guides" / "cartagena.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: V", "status: X", 1), encoding="utf-8")
    code, said = run("check", "--folder", str(tmp_path))
    assert code == 1
    assert "international/guides/cartagena.yaml:31: elements.cartagena.status: bad_status" in said


def test_report_lists_what_is_unverified_and_what_would_verify_it() -> None:
    code, said = run("report", "--language", "en")
    assert code == 0
    assert "refugee-status refugee.duties.regular" in said
    assert "[gip7/46]" in said
    assert "to verify it, load: UNHCR Guidelines No. 7" in said
    assert "to verify it, load: CTDC data dictionary" in said
    assert "load: \n" not in said
    assert "unverified rows" in said


def test_evaluate_prints_the_trace_in_either_language() -> None:
    code, said = run("evaluate", "trafficking", str(EXAMPLES), "--language", "es")
    assert code == 0
    assert "Trata de personas: establecido" in said
    code, said = run("evaluate", "trafficking", str(EXAMPLES))
    assert "Trafficking in persons: not established" in said
    assert "shortest way to establish it: child" in said


def test_evaluate_refuses_a_file_that_is_no_example(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("a: b\n", encoding="utf-8")
    code, said = run("evaluate", "trafficking", str(path))
    assert code == 1
    assert "other.yaml:1" in said
