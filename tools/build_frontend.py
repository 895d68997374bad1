"""Install the front-end packages and compile the styles into ``build/static``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "build" / "static"


def main() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            "npm was not found: install Node.js 20 or later (Debian: apt-get install nodejs npm)"
        )
    STATIC.mkdir(parents=True, exist_ok=True)
    subprocess.run([npm, "ci", "--silent", "--ignore-scripts"], cwd=FRONTEND, check=True)
    subprocess.run([npm, "run", "--silent", "build"], cwd=FRONTEND, check=True)


if __name__ == "__main__":
    main()
