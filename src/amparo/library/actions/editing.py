"""Entries that staff add and edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from amparo.access.data import Actor, Stale
from amparo.access.gate import action, note
from amparo.core.refusal import Unknown
from amparo.core.traces import holds_code
from amparo.library.actions.cataloguing import change_entry, create_entries
from amparo.library.data import (
    AnyContent,
    Decision,
    FromDoctrine,
    HoldsCode,
    KeyTaken,
    NoSuchCited,
    NoSuchElement,
    NoSuchInstrument,
    NotYetDecided,
    Provision,
)
from amparo.library.models import Entry
from amparo.library.queries.elements import is_element


@action("library.add_entry")
def add_entry(actor: Actor, *, now: datetime, content: AnyContent) -> str:
    """Add an entry and return its key. Raises KeyTaken and what :func:`require_sound` raises."""
    if Entry.objects.filter(key=content.key).exists():
        raise KeyTaken(key=content.key)
    require_sound([content], now=now)
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
    require_sound([content], now=now)
    change_entry(actor, row, content, now=now)
    note(entry=row.key, version=row.version)
    return row.version


def require_sound(contents: Sequence[AnyContent], *, now: datetime) -> None:
    """Refuse entries that name what does not exist, here or among each other, or are dated ahead. One query.

    Raises HoldsCode, NoSuchElement, NoSuchInstrument, NoSuchCited, NotYetDecided.
    """
    named = {key for content in contents for key in _named(content)}
    held = dict(Entry.objects.filter(key__in=named).values_list("key", "shape"))
    held |= {content.key: content.shape for content in contents}
    for content in contents:
        if holds_code(content.model_dump_json()):
            raise HoldsCode
        _require_known(content, held)
        if isinstance(content, Decision) and content.date > now.date().isoformat():
            raise NotYetDecided(key=content.key, date=content.date)


def _named(content: AnyContent) -> Sequence[str]:
    if isinstance(content, Decision):
        return content.cites
    return (content.instrument,) if isinstance(content, Provision) else ()


def _require_known(content: AnyContent, held: Mapping[str, str]) -> None:
    for element in content.elements:
        if not is_element(element):
            raise NoSuchElement(element=element)
    if isinstance(content, Provision) and held.get(content.instrument) != "instrument":
        raise NoSuchInstrument(key=content.instrument)
    for cited in content.cites if isinstance(content, Decision) else ():
        if cited not in held:
            raise NoSuchCited(key=content.key, cited=cited)
