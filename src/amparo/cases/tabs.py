"""The tabs of a file. A room that has a page for a file registers its tab when it is ready."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, order=True)
class Tab:
    """``url_name`` takes the case code as its only argument. Lower ``order`` stands further left.

    ``right`` is that of the page: whoever does not hold it on the file is not shown the tab.
    """

    order: int
    url_name: str
    label: str | Promise
    right: str


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab as a link in the frame of one file."""

    url: str
    label: str | Promise
    is_current: bool


_tabs: dict[str, Tab] = {}


def register(order: int, label: str | Promise, url_name: str, right: str) -> None:
    """Add a tab, or replace the one with the same route."""
    _tabs[url_name] = Tab(order, url_name, label, right)


def list_tabs() -> list[Tab]:
    """Return the tabs from left to right."""
    return sorted(_tabs.values(), key=lambda tab: (tab.order, tab.url_name))


def list_links(code: str, current: str, rights: Collection[str]) -> list[TabLink]:
    """Return the tabs of a file that the holder of these rights may open, from left to right.

    A tab whose room has no page here is left out.
    """
    links = []
    for tab in list_tabs():
        if tab.right not in rights:
            continue
        try:
            url = reverse(tab.url_name, args=[code])
        except NoReverseMatch:
            continue
        links.append(TabLink(url, tab.label, tab.url_name == current))
    return links
