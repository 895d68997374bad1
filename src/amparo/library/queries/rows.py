"""Rows of entries as shapes."""

from __future__ import annotations

from collections.abc import Collection

from amparo.library.data import CONTENT, EntryView
from amparo.library.models import Entry


def view_of(row: Entry) -> EntryView:
    """Return a row as other rooms read it."""
    return EntryView(
        key=row.key,
        content=CONTENT.validate_python(row.content),
        version=row.version,
        is_from_doctrine=row.origin == "doctrine",
        changed_at=row.changed_at,
        changed_by_name=row.changed_by_name,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by_name=row.withdrawn_by_name,
        withdrawn_why=row.withdrawn_why,
        agency_id=row.agency_id,
    )


def views_by_key(keys: Collection[str]) -> dict[str, EntryView]:
    """Return the entries of these keys that exist. One query, none without keys."""
    if not keys:
        return {}
    return {row.key: view_of(row) for row in Entry.objects.filter(key__in=keys)}
