"""The tabs of a file. A room that has a page for a file registers its tab when it is ready."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, order=True)
class Tab:
    """``url_name`` takes the case code as its only argument. Lower ``order`` stands further left."""

    order: int
    url_name: str
    label: str | Promise


_tabs: dict[str, Tab] = {}


def register(order: int, label: str | Promise, url_name: str) -> None:
    """Add a tab, or replace the one with the same route."""
    _tabs[url_name] = Tab(order, url_name, label)


def list_tabs() -> list[Tab]:
    """Return the tabs from left to right."""
    return sorted(_tabs.values(), key=lambda tab: (tab.order, tab.url_name))
