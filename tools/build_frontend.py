"""Install the front-end packages, compile ``build/static``, and lay fonts into ``build/fonts``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "build" / "static"
FONTS = ROOT / "build" / "fonts"
FONT_PACKAGES = ("noto-naskh-arabic", "noto-sans-ethiopic")
WEIGHTS = ("400Regular", "700Bold")
"""Fonts (SIL Open Font Licence) for the letters that the documents' own font lacks."""


def main() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            "npm was not found: install Node.js 20 or later (Debian: apt-get install nodejs npm)"
        )
    STATIC.mkdir(parents=True, exist_ok=True)
    subprocess.run([npm, "ci", "--silent", "--ignore-scripts"], cwd=FRONTEND, check=True)
    subprocess.run([npm, "run", "--silent", "build"], cwd=FRONTEND, check=True)
    lay_fonts()


def lay_fonts() -> None:
    """Copy the fonts that documents use, with their licence."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    for package in FONT_PACKAGES:
        folder = FRONTEND / "node_modules" / "@expo-google-fonts" / package
        for weight in WEIGHTS:
            for font in (folder / weight).glob("*.ttf"):
                shutil.copy(font, FONTS)
        shutil.copy(folder / "LICENSE_FONT", FONTS / f"{package}-LICENSE")


if __name__ == "__main__":
    main()
