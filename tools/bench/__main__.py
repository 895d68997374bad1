"""Run every benchmark (or those named), print a table, write ``build/bench.json``."""

from __future__ import annotations

import json
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from tools.bench.figure import Figure, measure

SUBJECTS = ["guides", "vault", "search", "library", "ledger", "procedures", "web"]


def machine() -> str:
    packages = " ".join(f"{name} {version(name)}" for name in ("django", "cryptography", "pysqlite3"))
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {packages}"


def row(figure: Figure, where: str) -> dict[str, object]:
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "aim": figure.aim,
        "holds": figure.holds,
        "machine": where,
    }


def main() -> None:
    where = machine()
    rows = []
    print(where)
    # A fresh process for each subject: a throw-away installation is a process's only one.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for subject in sys.argv[1:] or SUBJECTS:
            for figure in processes.submit(measure, subject).result():
                mark = "holds" if figure.holds else "MISSES"
                print(f"{figure.name:<64} {figure.value:>12.2f} {figure.unit:<12} aim {figure.aim:g}  {mark}")
                rows.append(row(figure, where))
    Path("build").mkdir(exist_ok=True)
    Path("build/bench.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
