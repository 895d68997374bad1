"""The shipped doctrine with a second version of a guide and of a procedure, in force from ``BEGINS``."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from amparo.doctrine.library import Library
from amparo.doctrine.loading import load
from amparo.doctrine.registry import ROOT

BEGINS = date(2026, 12, 1)
HERE = Path(__file__).parent


def build_root(folder: Path) -> Path:
    """Copy the shipped doctrine into a folder, with the second versions beside the first."""
    for source in (ROOT, HERE):
        for part in ("international", "countries"):
            if (source / part).is_dir():
                shutil.copytree(source / part, folder / part, dirs_exist_ok=True)
    return folder


@cache
def load_later() -> Library:
    """Return that library, made once for all tests."""
    with TemporaryDirectory() as folder:
        return load(build_root(Path(folder)))
