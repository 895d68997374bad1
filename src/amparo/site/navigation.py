"""The main navigation: the pages that every signed-in person has at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.access.pages import may_use

ENTRIES: tuple[tuple[str, Promise], ...] = (
    ("cases_worklist", _("What needs me")),
    ("cases_search", _("Find a person")),
    ("cases_register", _("Register a person")),
    ("referrals_inbox", _("Referrals")),
    ("panels_bodies", _("Panels")),
    ("library_search", _("Law")),
    ("access_openings", _("Who opened what")),
    ("access_administration", _("Administration")),
)
LAW: tuple[tuple[str, Promise], ...] = (
    ("library_search", _("Law library")),
    ("doctrine_index", _("Guides and packs")),
    ("asylum_register", _("Advisory opinions")),
    ("advocacy_index", _("Law and change")),
)
"""The pages under "Law": what it says, how it is applied, what was advised, what it lacks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    url: str
    label: Promise
    is_current: bool


def navigation(request: HttpRequest) -> dict[str, list[Entry]]:
    """Context processor: ``navigation`` for signed-in pages, ``law_tabs`` for those under "Law". No query."""
    if getattr(request, "actor", None) is None:
        return {}
    law = _entries(request, LAW)
    is_law = any(entry.is_current for entry in law)
    main = [
        replace(entry, is_current=True) if is_law and entry.url == law[0].url else entry
        for entry in _entries(request, ENTRIES)
    ]
    return {"navigation": main, "law_tabs": law if is_law else []}


def _entries(request: HttpRequest, names: tuple[tuple[str, Promise], ...]) -> list[Entry]:
    return [entry for name, label in names if (entry := _entry(request, name, label)) is not None]


def _entry(request: HttpRequest, name: str, label: Promise) -> Entry | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    if not may_use(request.actor, getattr(resolve(url).func, "right", "")):  # type: ignore[attr-defined]
        return None
    is_current = request.path == url or (url != "/" and request.path.startswith(url))
    return Entry(url, label, is_current)
