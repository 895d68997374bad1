"""Commands run in a process of their own, where nothing is loaded until they load it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from amparo.site.commands.library import library

COMMANDS = sorted(Path("src/amparo/site/commands").glob("*.py"))
BREACH = """
def sync():
    from amparo.library.actions import bring_up_to_date
    start_django()
"""


def find_early_imports(source: str) -> list[str]:
    """Return the functions that import the house before they start Django: its models cannot load yet."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [function.name for function in functions if _imports_early(function)]


def _imports_early(function: ast.FunctionDef) -> bool:
    inside = list(ast.walk(function))
    starts = [
        node.lineno
        for node in inside
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "start_django"
    ]
    imports = [
        node.lineno
        for node in inside
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("amparo")
    ]
    return bool(starts and imports) and min(imports) < min(starts)


@pytest.mark.parametrize("module", COMMANDS, ids=lambda path: path.stem)
def test_a_command_starts_django_before_it_imports_the_house(module: Path) -> None:
    assert find_early_imports(module.read_text(encoding="utf-8")) == []


def test_an_import_too_early_is_caught() -> None:
    assert find_early_imports(BREACH) == ["sync"]


@pytest.mark.django_db
def test_where_no_file_can_be_written_the_library_says_so_in_a_sentence(tmp_path: Path) -> None:
    told = CliRunner().invoke(library, ["export", str(tmp_path / "nowhere" / "entries.yaml")])
    assert told.exit_code == 1
    assert "Could not open file" in told.output
    assert "No such file or directory" in told.output
