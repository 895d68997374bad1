"""What ``make test`` runs: the tests on SQLite, the tests on PostgreSQL, then the browser journeys.

PostgreSQL's server and Chromium must be on the machine. Where they are missing, Debian's packages are
installed when we may (root and apt-get); else this fails and says which command to run. Nothing is
skipped in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.pgcluster import NoPostgreSQL, cluster, find_binaries

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--durations=15"]
NO_DATABASE = ("tests/core", "tests/doctrine")
"""Rooms that cannot reach a database (the walls say so): their tests run once, with those on SQLite."""


@dataclass(frozen=True)
class Need:
    """A program of the system that the tests cannot do without, and the Debian package that has it."""

    name: str
    package: str
    is_here: Callable[[], bool]


def _has_postgresql() -> bool:
    try:
        find_binaries()
    except NoPostgreSQL:
        return False
    return True


def _has_browser() -> bool:
    return any(shutil.which(name) for name in BROWSERS)


NEEDS = (
    Need("PostgreSQL's server", "postgresql", _has_postgresql),
    Need("Chromium", "chromium", _has_browser),
)


def provide(need: Need) -> str:
    """Make sure that a need is met. Returns "" or the sentence that says what to run."""
    if need.is_here():
        return ""
    command = f"apt-get install --yes --no-install-recommends {need.package}"
    if os.getuid() == 0 and shutil.which("apt-get"):
        print(f"{need.name} is missing: {command}", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet=2"], env=quiet, check=False)
        subprocess.run([*command.split(), "--quiet=2"], env=quiet, check=False)
        if need.is_here():
            return ""
    return f"{need.name} is missing and the tests need it. Run: sudo {command}"


def on_sqlite() -> int:
    return _pytest({"AMPARO_DATABASE_URL": ""}, "-m", "not journey")


def on_postgresql() -> int:
    without = [f"--ignore={folder}" for folder in NO_DATABASE]
    with cluster() as made:
        return _pytest({"AMPARO_DATABASE_URL": made.url()}, "-m", "not journey", *without)


def journeys() -> int:
    """Run the browser's tests, each file in one process: the steps of a journey follow each other.

    Grouping by mark would share the work out better, but is ignored in silence with pytest 9.2
    (https://github.com/pytest-dev/pytest-xdist/issues/1386).
    """
    return _pytest({"AMPARO_DATABASE_URL": ""}, "-m", "journey", "--dist", "loadfile")


def _pytest(environment: dict[str, str], *options: str) -> int:
    """Run pytest; that no test was found (5) counts as a failure like any other."""
    return subprocess.run([*PYTEST, *options], cwd=ROOT, env=os.environ | environment).returncode


PARTS = {"SQLite": on_sqlite, "PostgreSQL": on_postgresql, "journeys": journeys}


def main() -> int:
    missing = [sentence for need in NEEDS if (sentence := provide(need))]
    for sentence in missing:
        print(sentence, file=sys.stderr)
    if missing:
        return 3
    failed, began = [], time.monotonic()
    for name, part in PARTS.items():
        print(f"\n=== Tests: {name}", flush=True)
        if part():
            failed.append(name)
    outcome = f"FAILED: {', '.join(failed)}" if failed else f"passed: {', '.join(PARTS)}"
    print(f"\n=== {outcome} in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
