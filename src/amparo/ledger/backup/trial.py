"""Proves a backup by restoring it into a temporary installation, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

IDENTITY, PASSPHRASE = "AMPARO_BACKUP_IDENTITY", "AMPARO_BACKUP_PASSPHRASE"
_RUN = "from amparo.site.cli import main; main()"


def try_restore(path: Path, secrets: dict[str, str]) -> str:
    """Restore a backup into a temporary place and remove it. Returns what was wrong, or "".

    The place lies in the installation's own folder, where the data already are, and has a copy of its
    keys. The database there is SQLite, whatever the installation's is. ``secrets`` name what opens the
    backup, by the names above.
    """
    place = Path(tempfile.mkdtemp(prefix="trial-", dir=settings.AMPARO_HOME))
    try:
        shutil.copytree(settings.AMPARO_KEYS, place / "keys")
        environment = {
            name: value for name, value in os.environ.items() if name not in {IDENTITY, PASSPHRASE}
        }
        environment |= {"AMPARO_HOME": str(place), "AMPARO_DATABASE_URL": "", "AMPARO_WITNESS": ""} | secrets
        done = subprocess.run(
            [sys.executable, "-c", _RUN, "restore", str(path.resolve())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(place)
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or ["the restore failed without saying why"])[-1]
