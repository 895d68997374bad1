"""What the documents name exists: paths, commands, targets, pictures. The catalogue is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amparo.site.cli import COMMANDS
from tools.refusals import PAGE, catalogue, list_refusals

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "THREAT_MODEL.md", "CONTRIBUTING.md")
FOLDERS = ("src/", "tests/", "tools/", "docs/", "frontend/", ".ci/")

CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
PROGRAM = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?amparo ([a-z]+)(?: ([a-z]+))?")
TARGET = re.compile(r"(?<![\w-])make ([a-z-]+)")


def code_in(text: str) -> list[str]:
    """Return what a document shows as code, in a line or in a block."""
    return CODE.findall(BLOCK.sub("", text)) + [
        line for block in BLOCK.findall(text) for line in block.splitlines()
    ]


def absent_paths(text: str) -> list[str]:
    """Return the links and the paths in code that lead nowhere; ``<room>`` stands for any name."""
    links = [link for link in LINK.findall(text) if "://" not in link]
    code = (re.sub(r"<[^>]+>|…", "*", line) for line in code_in(text))
    words = [word for line in code for word in line.split() if word.startswith(FOLDERS)]
    return [path for path in links + words if not any(ROOT.glob(path.rstrip("/")))]


def absent_commands(text: str) -> list[str]:
    """Return the subcommands and the make targets that do not exist."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = "\n".join(code_in(text))
    commands = [f"amparo {name}" for name, _sub in PROGRAM.findall(code) if name not in COMMANDS]
    return commands + [f"make {name}" for name in TARGET.findall(code) if name not in targets]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_that_a_document_names_exists(name: str) -> None:
    assert absent_paths((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_a_document_names_exists(name: str) -> None:
    assert absent_commands((ROOT / name).read_text(encoding="utf-8")) == []


def test_pictures_are_named_in_the_readme_and_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = sorted((ROOT / "docs" / "screenshots").glob("*.png"))
    assert [one.name for one in pictures if one.name not in readme] == []
    assert [one.name for one in pictures if one.stat().st_size > 150_000] == []


def test_the_catalogue_of_refusals_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue(), "run: .venv/bin/python tools/refusals.py"


def test_codes_of_refusals_are_unique_and_every_text_is_there() -> None:
    codes = [one.code for one in list_refusals()]
    assert len(codes) == len(set(codes))
    unsaid = [one.code for one in list_refusals() if not (one.what and one.why and one.next_step)]
    assert unsaid == []


def test_a_path_and_a_command_that_do_not_exist_are_found() -> None:
    planted = "`src/amparo/nowhere.py` [here](docs/none.md) `amparo conjure` and `make gold`"
    assert absent_paths(planted) == ["docs/none.md", "src/amparo/nowhere.py"]
    assert absent_commands(planted) == ["amparo conjure", "make gold"]
