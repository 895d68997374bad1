"""The main navigation: the pages that every signed-in person has at hand."""

from __future__ import annotations

from dataclasses import dataclass

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
    ("asylum_register", _("Opinions")),
    ("library_search", _("Law library")),
    ("access_openings", _("Who opened what")),
    ("access_administration", _("Administration")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    url: str
    label: Promise
    is_current: bool


def navigation(request: HttpRequest) -> dict[str, list[Entry]]:
    """Context processor: ``navigation`` for signed-in pages, none elsewhere. No query."""
    if getattr(request, "actor", None) is None:
        return {}
    return {"navigation": [entry for name, label in ENTRIES if (entry := _entry(request, name, label))]}


def _entry(request: HttpRequest, name: str, label: Promise) -> Entry | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    if not may_use(request.actor, getattr(resolve(url).func, "right", "")):  # type: ignore[attr-defined]
        return None
    is_current = request.path == url or (url != "/" and request.path.startswith(url))
    return Entry(url, label, is_current)
