"""Template filters of the cases room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from amparo.cases import timeline, words
from amparo.cases.data import Axis, TimelineItem
from amparo.vault.data import Veiled

register = template.Library()


@register.filter
def say(code: object, list_name: str) -> str:
    """Return the word for a code: ``{{ need.code|say:"need" }}``; nothing for no code."""
    return words.say(list_name, str(code)) if code else ""


@register.filter
def as_day(text: object) -> date:
    """Return the date that an ISO text says, for the filter ``date``."""
    return date.fromisoformat(str(text))


@register.filter
def say_all(codes: list[str], list_name: str) -> str:
    """Return the words for several codes, with commas between them."""
    return ", ".join(words.say(list_name, code) for code in codes)


@register.filter
def part(value: Veiled | None, key: str) -> Veiled | None:
    """Return one entry of a veiled mapping, veiled; nothing when it is absent or empty."""
    return value.part(key) if isinstance(value, Veiled) else None


@register.filter
def named(refs: dict[Any, str], ref: object) -> str:
    """Return the name that a mapping has for a reference: ``{{ who|named:entry.actor_ref }}``."""
    return refs.get(ref, "")


EVENT_LISTS = {
    "file_event": "event",
    "status_mandate": Axis.MANDATE,
    "status_trafficking": Axis.TRAFFICKING,
    "status_statelessness": Axis.STATELESSNESS,
    "need": "need",
    "note": "note_kind",
    "task_done": "task_kind",
    "task_cancelled": "task_kind",
    "consent_given": "consent_purpose",
    "consent_refused": "consent_purpose",
    "consent_withdrawn": "consent_purpose",
}
"""Which list the code of an event of this room belongs to; other rooms give their labels in words."""


@register.filter
def timeline_kind(item: TimelineItem) -> str:
    """Return the words of what kind of event a timeline item is."""
    return timeline.kind_label(item.kind)


@register.filter
def timeline_label(item: TimelineItem) -> str:
    """Return the words of a timeline item."""
    list_name = EVENT_LISTS.get(item.kind)
    return words.say(list_name, item.label) if list_name else str(item.label)
