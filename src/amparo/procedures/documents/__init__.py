"""Documents as PDF, made with typst from data only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

HERE = Path(__file__).parent


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts of typst and of the set-up, so that a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.AMPARO_FONTS)])


def make_pdf(template: str, data: Mapping[str, Any], *, now: datetime) -> bytes:
    """Return a tagged PDF of one of the templates beside this file.

    ``data`` reaches it as JSON; nothing of it is read as markup. The fonts write Latin, Greek, Cyrillic,
    Arabic and Ethiopic. PDF/UA-1 forbids letters that no font has (pictures, other scripts): then the same
    document is made tagged, but without the claim.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return _compile(template, inputs, now, "ua-1")
    except typst.TypstError:
        return _compile(template, inputs, now, None)


def _compile(template: str, inputs: dict[str, str], now: datetime, standard: Any) -> bytes:
    made = typst.compile(
        str(HERE / f"{template}.typ"),
        root=str(HERE),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=standard,
        timestamp=int(now.timestamp()),
    )
    assert isinstance(made, bytes)
    return made
