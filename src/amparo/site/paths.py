"""Where an installation keeps its data, keys and files: ``AMPARO_HOME``, default ``var/``."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the installation's folder, absolute. It is made on first use by the program."""
    return Path(os.environ.get("AMPARO_HOME", "var")).resolve()


def keys_folder() -> Path:
    """Return the folder of the server's key files, which no database dump or backup includes."""
    return home() / "keys"
