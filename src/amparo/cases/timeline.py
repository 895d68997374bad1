"""Who fills a person's timeline. A room that records events registers a provider when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import TimelineItem

Provider = Callable[[Actor, UUID], list[TimelineItem]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider once."""
    if provider not in _providers:
        _providers.append(provider)


def list_providers() -> list[Provider]:
    return list(_providers)
