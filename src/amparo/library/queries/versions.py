"""The versions of an entry, from the first to what it says now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amparo.core.refusal import Unknown
from amparo.library.data import CONTENT, EntryVersion
from amparo.library.models import EntryVersion as Row


def list_versions(key: str) -> list[EntryVersion]:
    """Return every version of an entry, latest first, each with the fields that it changed.

    Raises Unknown for a key without an entry. One query.
    """
    rows = list(Row.objects.filter(entry__key=key).order_by("number"))
    if not rows:
        raise Unknown
    before: dict[str, Any] = rows[0].content
    found = []
    for row in rows:
        changed = tuple(_differences(before, row.content))
        content = CONTENT.validate_python(row.content)
        found.append(EntryVersion(row.number, content, row.at, row.by_name, changed))
        before = row.content
    return found[::-1]


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    return (name for name in after if after.get(name) != before.get(name))
