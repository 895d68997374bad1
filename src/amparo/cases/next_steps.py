"""Who knows what comes next about one person. A room with such work registers a provider when ready.

A provider returns what is due first in its room about a person, or ``None``, in one query. It is registered
with the right that reading it takes, and asked only for actors who hold that right on the record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import WorkItem

Provider = Callable[[Actor, UUID, datetime], WorkItem | None]

_providers: dict[Provider, str] = {}


def register(right: str, provider: Provider) -> None:
    """Add a provider once, with the right that it takes."""
    _providers[provider] = right


def list_providers() -> list[tuple[str, Provider]]:
    return [(right, provider) for provider, right in _providers.items()]
