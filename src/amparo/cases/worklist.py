"""Who fills the worklist. A room that has work for people registers a provider when it is ready.

A provider returns at most :data:`LIMIT` items for the actor, soonest first, in a bounded number of
queries whose cost does not grow with the number of people.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise

from amparo.access.data import Actor
from amparo.cases.data import WorkItem

LIMIT = 100
Provider = Callable[[Actor, datetime], list[WorkItem]]

_providers: list[Provider] = []
_kinds: dict[str, Promise] = {}
_links: dict[str, Promise] = {}


def register(provider: Provider) -> None:
    """Add a provider once."""
    if provider not in _providers:
        _providers.append(provider)


def name_kind(kind: str, label: Promise) -> None:
    """Give a kind of work items the words by which the worklist is filtered."""
    _kinds[kind] = label


def kind_label(kind: str) -> str:
    """Return the words of a kind; the kind itself where no room named it."""
    return str(_kinds.get(kind, kind))


def register_link(label: Promise, url_name: str) -> None:
    """Lead from the worklist to a page of an upper room; ``url_name`` takes no argument."""
    _links[url_name] = label


def list_links() -> list[tuple[str, str]]:
    """Return the links as (words, name of the route), in the order in which rooms gave them."""
    return [(str(label), url_name) for url_name, label in _links.items()]


def list_providers() -> list[Provider]:
    return list(_providers)
