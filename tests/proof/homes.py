"""An installation full of canaries, made once for the proofs that look at what lies on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.installation import AMPARO, ROOT

CANARIES = 200


@dataclass(frozen=True)
class Canaries:
    """The home, what the run left beside it, and the environment in which it ran."""

    home: Path
    beside: Path
    environment: dict[str, str]

    @property
    def backup(self) -> Path:
        return self.beside / "amparo.backup"

    def run(self, *command: str | Path, log: str = "command.log") -> str:
        """Run a command there; its errors, which are the log, go to a file beside the home."""
        with (self.beside / log).open("ab") as errors:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=errors,
                check=False,
            )
        if done.returncode:
            raise RuntimeError((self.beside / log).read_text(encoding="utf-8")[-4000:] + done.stdout.decode())
        return done.stdout.decode()


def make_canaries(folder: Path, database_url: str = "", people: int = CANARIES) -> Canaries:
    """Migrate a home, let the canaries live in it, and write a backup."""
    home, beside, temporary = folder / "home", folder / "beside", folder / "beside" / "tmp"
    temporary.mkdir(parents=True)
    environment = os.environ | {
        "AMPARO_HOME": str(home),
        "AMPARO_DATABASE_URL": database_url,
        "AMPARO_BACKUP_PASSPHRASE": "una frase larga que nadie diría",
        "DJANGO_SETTINGS_MODULE": "amparo.site.settings",
        "PYTHONPATH": "src:.",
        "TMPDIR": str(temporary),
    }
    made = Canaries(home, beside, environment)
    made.run(AMPARO, "migrate")
    made.run(sys.executable, "-m", "tests.proof.canaries", str(people))
    if not database_url:
        (beside / "wal").write_bytes((home / "amparo.sqlite3-wal").read_bytes())
    made.run(AMPARO, "backup", made.backup)
    return made
