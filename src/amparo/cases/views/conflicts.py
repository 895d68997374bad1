"""When somebody else changed the same row first: both values, who and when, and a chooser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from amparo.vault import door
from amparo.vault.data import Veiled
from amparo.vault.door import PlainUse


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of which two values exist. ``name`` is the form field's; ``keep-<name>`` the answer's."""

    name: str
    label: str
    mine: str
    theirs: str
    changed_by: str
    changed_at: datetime


def find_conflicts(
    mine: Form, theirs: Mapping[str, Any], *, changed_by: str, changed_at: datetime
) -> list[Conflict]:
    """Return the fields of a submitted form whose value differs from what is saved now."""
    conflicts = []
    for name, bound_field in mine.fields.items():
        typed, saved = mine[name].value(), theirs.get(name)
        if _text(typed) != _text(saved):
            conflicts.append(
                Conflict(
                    name=name,
                    label=str(bound_field.label),
                    mine=_shown(bound_field, typed),
                    theirs=_shown(bound_field, saved),
                    changed_by=changed_by,
                    changed_at=changed_at,
                )
            )
    return conflicts


def resolve(posted: QueryDict, theirs: Mapping[str, Any], fields: Sequence[str]) -> QueryDict:
    """Return what was posted, with the saved value in each field where that was chosen.

    A field without an answer keeps what was typed: only fields that differ were asked about.
    """
    chosen = posted.copy()
    for name in fields:
        if posted.get(f"keep-{name}") != "theirs":
            continue
        value = theirs.get(name)
        if isinstance(value, list | tuple):
            chosen.setlist(name, [_text(one) for one in value])
        elif value is True:
            chosen[name] = "on"
        elif value is False:
            chosen.pop(name, None)
        else:
            chosen[name] = _text(value)
    return chosen


def plain_text(veiled: Veiled | None) -> str:
    """Return a sealed text as the initial value of a form that edits it."""
    return str(door.plain(veiled, PlainUse.FORM)) if veiled is not None else ""


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(sorted(str(one) for one in value))
    return "" if value is None or value is False else str(value)


def _shown(bound_field: Any, value: object) -> str:
    """Return the words of a choice, or the text itself."""
    words = {str(code): str(word) for code, word in getattr(bound_field, "choices", ())}
    codes = value if isinstance(value, list | tuple) else [value]
    return ", ".join(words.get(_text(code), _text(code)) for code in codes)
