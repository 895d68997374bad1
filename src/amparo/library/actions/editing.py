"""Entries that staff add and edit."""

from __future__ import annotations

from datetime import datetime

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.core.traces import holds_code
from amparo.library.actions.cataloguing import change_entry, create_entries
from amparo.library.data import (
    AnyContent,
    FromDoctrine,
    HoldsCode,
    KeyTaken,
    NoSuchElement,
    NoSuchInstrument,
    Provision,
)
from amparo.library.models import Entry
from amparo.library.queries.elements import is_element


@action("library.add_entry")
def add_entry(actor: Actor, *, now: datetime, content: AnyContent) -> str:
    """Add an entry and return its key. Raises KeyTaken, NoSuchInstrument, NoSuchElement."""
    if Entry.objects.filter(key=content.key).exists():
        raise KeyTaken(key=content.key)
    require_links(content)
    create_entries(actor, [content], origin="staff", now=now)
    note(entry=content.key, version=1)
    return content.key


@action("library.edit_entry")
def edit_entry(actor: Actor, *, now: datetime, content: AnyContent, version: int) -> int:
    """Replace what an entry says, and return its new version; earlier ones stay readable.

    Raises Unknown, FromDoctrine, Stale, NoSuchInstrument, NoSuchElement.
    """
    row = Entry.objects.select_for_update().filter(key=content.key, shape=content.shape).first()
    if row is None:
        raise Unknown
    if row.origin == "doctrine":
        raise FromDoctrine
    if row.version != version:
        raise Stale
    require_links(content)
    change_entry(actor, row, content, now=now)
    note(entry=row.key, version=row.version)
    return row.version


def require_links(content: AnyContent) -> None:
    """Refuse an entry whose instrument or elements do not exist. At most one query."""
    if holds_code(content.model_dump_json()):
        raise HoldsCode
    for element in content.elements:
        if not is_element(element):
            raise NoSuchElement(element=element)
    if isinstance(content, Provision) and not _is_instrument(content.instrument):
        raise NoSuchInstrument(key=content.instrument)


def _is_instrument(key: str) -> bool:
    return Entry.objects.filter(key=key, shape="instrument").exists()
