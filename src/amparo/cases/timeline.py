"""Who fills a person's timeline. A room that records events registers a provider when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils.functional import Promise

from amparo.access.data import Actor
from amparo.cases import words
from amparo.cases.data import TimelineItem

Provider = Callable[[Actor, UUID], list[TimelineItem]]

_providers: list[Provider] = []
_kinds: dict[str, Promise] = {}


def register(provider: Provider) -> None:
    """Add a provider once."""
    if provider not in _providers:
        _providers.append(provider)


def name_kind(kind: str, label: Promise) -> None:
    """Give a kind of event of an upper room the words that stand before it."""
    _kinds[kind] = label


def kind_label(kind: str) -> str:
    """Return the words of a kind; the kind itself where no room named it."""
    return str(_kinds[kind]) if kind in _kinds else words.say("event", kind)


def list_providers() -> list[Provider]:
    return list(_providers)
