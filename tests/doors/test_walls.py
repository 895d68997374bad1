"""The walls between rooms hold, and each is proved by a breach planted in a copy of the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"

BREACHES = {
    "floors": ("vault/data.py", "import amparo.cases.data"),
    "drawers": ("access/data.py", "import amparo.access.queries"),
    "doors": ("cases/tabs.py", "import amparo.access.models"),
    "views": ("site/views.py", "import amparo.access.models"),
    "library": ("library/queries/searching.py", "import amparo.access.queries"),
    "shelves": ("library/actions/editing.py", "import amparo.vault.door"),
    "core": ("core/truth.py", "import django"),
    "doctrine": ("doctrine/__init__.py", "import django"),
    "ciphers": ("cases/tabs.py", "import cryptography"),
    "cycles": ("core/truth.py", "import amparo.core.ways, amparo.core.evaluation"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source tree with its contracts."""
    only_code = shutil.ignore_patterns("__pycache__", "locale", "templates", "static", "*.yaml")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=only_code)
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "walls.py", tmp_path / "tools")
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def lint(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    return subprocess.run(
        [LINTER, "--no-cache", *chosen],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def plant(tree: Path, file: str, line: str) -> None:
    with (tree / "src" / "amparo" / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")


def test_every_wall_stands(tree: Path) -> None:
    run = lint(tree)
    assert run.returncode == 0, run.stdout
    assert f"{len(BREACHES)} kept, 0 broken" in run.stdout


@pytest.mark.parametrize("contract", list(BREACHES))
def test_a_planted_breach_is_named(tree: Path, contract: str) -> None:
    plant(tree, *BREACHES[contract])
    run = lint(tree, contract)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "0 kept, 1 broken" in run.stdout
    planted = BREACHES[contract][0].removesuffix(".py").removesuffix("/__init__").split("/")
    assert planted[-1] in run.stdout.split("Broken contracts")[1]


def test_a_new_room_must_be_given_a_floor(tree: Path) -> None:
    (tree / "src" / "amparo" / "attic").mkdir()
    (tree / "src" / "amparo" / "attic" / "__init__.py").write_text("", encoding="utf-8")
    run = lint(tree, "floors")
    assert run.returncode == 1
    assert "attic" in run.stdout


def test_every_contract_has_its_breach() -> None:
    text = (ROOT / ".importlinter").read_text(encoding="utf-8")
    declared = [
        line.split(":")[2].strip("]") for line in text.splitlines() if line.startswith("[importlinter:")
    ]
    assert declared == list(BREACHES)
