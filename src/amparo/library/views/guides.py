"""Pages of the law as data: guides, procedures, and countries with what differs there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.access.pages import page
from amparo.library import guides
from amparo.library.views.reading import language_of
from amparo.library.views.staff import actor_of


@page("library.read")
def index(request: HttpRequest) -> HttpResponse:
    """Every guide, procedure and country pack, with versions and what nobody has verified."""
    _actor, now = actor_of(request)
    return render(request, "library/guides.html", {"page": guides.get_index(language_of(), now.date())})


@page("library.read")
def country(request: HttpRequest, place: str) -> HttpResponse:
    """One country: who decides, its rules, and how its texts differ from the international ones."""
    _actor, now = actor_of(request)
    shown = guides.get_country(place.upper(), language_of(), now.date())
    return render(request, "library/country.html", {"page": shown})


@page("library.read")
def guide(request: HttpRequest, guide_id: str) -> HttpResponse:
    """One guide to read: its elements as a tree, what each asks and where that stands."""
    _actor, now = actor_of(request)
    place = request.GET.get("country", "").upper()
    shown = guides.get_guide(guide_id, place, language_of(), now.date())
    context = {"page": shown, "is_all_open": request.GET.get("open") == "all"}
    return render(request, "library/guide.html", context)
