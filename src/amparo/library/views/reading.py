"""The readable part: search and the page of an entry. It asks for no actor and knows of no case.

The staff face wraps both in its sign-in. What they show depends on the address, the language and the
library alone, so that the public face can show the same.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from amparo.library import queries
from amparo.library.data import Results
from amparo.library.forms.searching import SearchForm
from amparo.library.views.marks import draw_entry, draw_line, draw_version
from amparo.library.words import name_field


def language_of() -> str:
    """Return the reader's language, two letters."""
    return (get_language() or "es")[:2]


def show_search(request: HttpRequest, *, may_add: bool = False) -> HttpResponse:
    """Words, filters and a page of results."""
    language = language_of()
    form = SearchForm(request.GET, language)
    text, filters = form.to_question()
    results = queries.search(text, filters, language, page=_page_of(request))
    context = {
        "form": form,
        "results": results,
        "lines": [draw_line(hit, language) for hit in results.hits],
        "has_filters": bool(filters),
        "newer_url": _address(request, results.page - 1) if results.page > 1 else "",
        "older_url": _address(request, results.page + 1) if results.page < results.pages else "",
        "better_url": _better_address(request, results, text),
        "may_add": may_add,
    }
    return render(request, "library/search.html", context)


def show_entry(
    request: HttpRequest, key: str, *, may_edit: bool = False, withdraws_for: UUID | None = None
) -> HttpResponse:
    """One entry with what belongs to it. ``withdraws_for``: the agency for which the reader may withdraw."""
    language = language_of()
    shown = queries.get_entry_page(key, language)
    entry = shown.entry
    is_open = not entry.is_from_doctrine and entry.withdrawn_at is None
    context = {
        "page": draw_entry(shown, language),
        "may_edit": may_edit and is_open,
        "may_withdraw": is_open and entry.agency_id is not None and entry.agency_id == withdraws_for,
    }
    return render(request, "library/entry.html", context)


def show_versions(request: HttpRequest, key: str) -> HttpResponse:
    """Every version of an entry, latest first, with what it changed."""
    language = language_of()
    versions, entry = queries.list_versions(key), queries.find_entry(key)
    context = {
        "key": key,
        "is_from_doctrine": entry is not None and entry.is_from_doctrine,
        "versions": [
            (one, draw_version(key, one, language), [name_field(name) for name in one.changed])
            for one in versions
        ],
    }
    return render(request, "library/versions.html", context)


def _better_address(request: HttpRequest, results: Results, text: str) -> str:
    """Return the address of the search that finds something, with the filters unless they hide it; or ""."""
    if not results.did_you_mean and not results.is_filtered_out:
        return ""
    better = results.did_you_mean or text
    return f"?{urlencode({'q': better})}" if results.is_filtered_out else _address(request, 1, better)


def _page_of(request: HttpRequest) -> int:
    typed = request.GET.get("page", "1")
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 1


def _address(request: HttpRequest, page: int, text: str | None = None) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    if text is not None:
        asked["q"] = text
    return f"?{asked.urlencode()}"
