"""When somebody else edited the same entry first: both values of every field that differs, and a chooser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from amparo.library.forms import EntryForm


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of which two values exist, as ``site/components/_conflict.html`` draws it."""

    name: str
    label: str
    mine: str
    theirs: str
    changed_by: str
    changed_at: datetime


def find_differences(
    form: EntryForm, saved: Mapping[str, Any], changed_by: str, changed_at: datetime
) -> list[Difference]:
    """Return the fields whose typed value is not the saved one."""
    found = []
    for name, field in form.fields.items():
        mine, theirs = _text(form[name].value()), _text(saved.get(name))
        if mine != theirs:
            found.append(Difference(name, str(field.label), mine, theirs, changed_by, changed_at))
    return found


def merge(posted: QueryDict, saved: Mapping[str, Any]) -> QueryDict:
    """Return what was posted, with the saved value wherever that was chosen."""
    merged = posted.copy()
    for name, value in saved.items():
        if posted.get(f"keep-{name}") != "theirs":
            continue
        if isinstance(value, list):
            merged.setlist(name, value)
        elif value is False:
            merged.pop(name, None)
        else:
            merged[name] = _text(value)
    for name in [key.removeprefix("keep-") for key in posted if key.startswith("keep-")]:
        if posted[f"keep-{name}"] == "theirs" and name not in saved:
            merged.pop(name, None)
    return merged


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    return "" if value is None or value is False else str(value).replace("\r\n", "\n")
