"""Habits of the code that no linter knows; each scan is proved by a planted breach."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "amparo"
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
NAME = re.compile(r"(Manager|Helper|Service|Processor)$")
LOGS = re.compile(r"(_?log|_?logger)\.(debug|info|warning|error|exception|critical)")
MODULES = {"utils", "util", "common", "helpers", "helper", "misc"}
NAMES_DJANGO_WANTS = {"StaffManager"}
CLOCKS = {
    "site/middleware.py",
    "site/commands",
    "access/queries/actors.py",
    "ledger/worker.py",
}
"""Where the program may look at the clock; everywhere else ``now`` is handed in."""
MARKS_SAFE = {"vault/templatetags/vault.py", "vault/veil.py"}
NAME_LIBRARIES = {"rapidfuzz", "anyascii"}
"""Pure functions over text: core compares names on top of them."""
LONGEST_FILE = 500
LONGEST_FUNCTION = 60


def where(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def faults_of_python(code: str, file: str) -> Iterator[str]:
    """Yield what is wrong with one Python file, by name of the habit."""
    tree = ast.parse(code)
    if len(code.splitlines()) > LONGEST_FILE:
        yield "file too long"
    if Path(file).stem in MODULES:
        yield "module without a subject"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and NAME.search(node.name) and node.name not in NAMES_DJANGO_WANTS:
            yield f"name {node.name}"
        if isinstance(node, ast.FunctionDef):
            if length_of(node) > LONGEST_FUNCTION:
                yield f"function too long {node.name}"
            if node.name in {"handle", "process", "data2"}:
                yield f"name {node.name}"
        if isinstance(node, ast.Call):
            yield from faults_of_call(node, file)
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from faults_of_import(node, file)


def length_of(function: ast.FunctionDef) -> int:
    """Return the lines of the body, without signature and docstring."""
    has_docstring = ast.get_docstring(function) is not None
    first = function.body[1:] if has_docstring else function.body
    return (function.end_lineno or 0) - first[0].lineno + 1 if first else 0


def faults_of_call(node: ast.Call, file: str) -> Iterator[str]:
    called = ast.unparse(node.func)
    if called == "print":
        yield "print"
    if called.split(".")[-1] in {"mark_safe", "SafeString"} and file not in MARKS_SAFE:
        yield "marks text as safe"
    if LOGS.fullmatch(called) and node.args and not isinstance(node.args[0], ast.Constant):
        yield "log line built from values"
    if called in {"datetime.now", "timezone.now", "datetime.utcnow", "date.today"} and not any(
        file.startswith(clock) for clock in CLOCKS
    ):
        yield "looks at the clock"


def faults_of_import(node: ast.Import | ast.ImportFrom, file: str) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    else:
        modules = [alias.name for alias in node.names]
    room, *rest = file.split("/")
    for module in modules:
        root = module.split(".")[0]
        is_pure = root in sys.stdlib_module_names | NAME_LIBRARIES or module.startswith("amparo.core")
        if room == "core" and not is_pure:
            yield f"core imports {module}"
        if rest and rest[0].startswith("views") and module.startswith("django.db"):
            yield "view touches the database"


def faults_of_template(code: str) -> Iterator[str]:
    """Yield what is wrong with one template."""
    if re.search(r"<[^>]*\sstyle\s*=", code) or re.search(r"<style\b", code):
        yield "inline style"
    if re.search(r"<script(?![^>]*\bsrc=)", code) or re.search(r"<[^>]*\son[a-z]+\s*=", code):
        yield "inline script"
    if re.search(r"\|\s*safe\b|\{%\s*autoescape off|\|\s*safeseq\b", code):
        yield "marks text as safe"
    if re.search(r"\.objects\b|_set\.|\.all\b|\.filter\b", code):
        yield "asks the database"
    if re.search(r"(src|href)=\"https?://", code):
        yield "reaches another site"


@pytest.mark.parametrize("path", PYTHON, ids=where)
def test_python_keeps_the_habits(path: Path) -> None:
    assert list(faults_of_python(path.read_text(encoding="utf-8"), where(path))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=where)
def test_a_template_keeps_the_habits(path: Path) -> None:
    assert list(faults_of_template(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("code", "file", "fault"),
    [
        ("class FileManager: pass", "cases/data.py", "name FileManager"),
        ("def handle(): pass", "cases/actions.py", "name handle"),
        ("print(1)", "cases/actions.py", "print"),
        ('logger.info(f"opened {name}")', "cases/actions.py", "log line built from values"),
        ("mark_safe('x')", "cases/views.py", "marks text as safe"),
        ("datetime.now(UTC)", "cases/actions.py", "looks at the clock"),
        ("import yaml", "core/truth.py", "core imports yaml"),
        ("from django.db import transaction", "cases/views.py", "view touches the database"),
        ("x = 1", "cases/utils.py", "module without a subject"),
        ("x = 1\n" * 501, "cases/data.py", "file too long"),
        ("def story():\n" + "    x = 1\n" * 61, "cases/data.py", "function too long story"),
    ],
)
def test_a_planted_breach_in_python_is_found(code: str, file: str, fault: str) -> None:
    assert list(faults_of_python(code, file)) == [fault]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<a onclick="x()">', "inline script"),
        ("{{ text|safe }}", "marks text as safe"),
        ("{% for x in person.notes.all %}", "asks the database"),
        ('<img src="https://elsewhere.example/x.png">', "reaches another site"),
    ],
)
def test_a_planted_breach_in_a_template_is_found(code: str, fault: str) -> None:
    assert list(faults_of_template(code)) == [fault]
