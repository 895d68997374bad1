"""Entries that staff add and edit."""

from __future__ import annotations

from datetime import datetime

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.access.public_texts import NOTES, require_nobody
from amparo.core.refusal import Unknown
from amparo.library.actions.cataloguing import change_entry, create_entries
from amparo.library.actions.soundness import require_sound
from amparo.library.data import AlreadyWithdrawn, AnyContent, FromDoctrine, KeyTaken, NotYourEntry
from amparo.library.models import Entry
from amparo.library.words import WHY


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

    Raises Unknown, FromDoctrine, AlreadyWithdrawn, Stale and what :func:`require_sound` raises.
    """
    row = _lock(content.key, version)
    if row.shape != content.shape:
        raise Unknown
    require_sound(actor, [content], now=now)
    change_entry(actor, row, content, now=now)
    note(entry=row.key, version=row.version)
    return row.version


@action("library.withdraw_entry")
def withdraw_entry(actor: Actor, *, now: datetime, key: str, version: int, why: str) -> None:
    """Take an entry of one's own agency back, saying why. It stays where it is, marked, with its versions.

    Raises Unknown, FromDoctrine, AlreadyWithdrawn, Stale, NotYourEntry, TellsWhoItIs and NamesSomebody.
    """
    row = _lock(key, version)
    if row.agency_id is None or row.agency_id != actor.agency_id:
        raise NotYourEntry
    require_nobody(actor, {"why": why}, NOTES, now=now, labels={"why": WHY})
    row.withdrawn_at, row.withdrawn_by_name, row.withdrawn_why = now, actor.name, why
    row.save()
    note(entry=key, version=row.version)


def _lock(key: str, version: int) -> Entry:
    row = Entry.objects.select_for_update().filter(key=key).first()
    if not isinstance(row, Entry):
        raise Unknown
    if row.origin == "doctrine":
        raise FromDoctrine
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn(key=key)
    if row.version != version:
        raise Stale
    return row
