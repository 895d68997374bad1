"""Entries that staff add and edit."""

from __future__ import annotations

from datetime import datetime

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.library.actions.cataloguing import change_entry, create_entries
from amparo.library.actions.soundness import require_sound
from amparo.library.data import AnyContent, FromDoctrine, KeyTaken
from amparo.library.models import Entry


@action("library.add_entry")
def add_entry(actor: Actor, *, now: datetime, content: AnyContent) -> str:
    """Add an entry and return its key. Raises KeyTaken and what :func:`require_sound` raises."""
    if Entry.objects.filter(key=content.key).exists():
        raise KeyTaken(key=content.key)
    require_sound(actor, [content], now=now)
    create_entries(actor, [content], origin="staff", now=now)
    note(entry=content.key, version=1)
    return content.key


@action("library.edit_entry")
def edit_entry(actor: Actor, *, now: datetime, content: AnyContent, version: int) -> int:
    """Replace what an entry says, and return its new version; earlier ones stay readable.

    Raises Unknown, FromDoctrine, Stale and what :func:`require_sound` raises.
    """
    row = Entry.objects.select_for_update().filter(key=content.key, shape=content.shape).first()
    if row is None:
        raise Unknown
    if row.origin == "doctrine":
        raise FromDoctrine
    if row.version != version:
        raise Stale
    require_sound(actor, [content], now=now)
    change_entry(actor, row, content, now=now)
    note(entry=row.key, version=row.version)
    return row.version
