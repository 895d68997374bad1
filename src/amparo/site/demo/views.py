"""The page that shows the passphrases of the demonstration; it does not exist anywhere else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from amparo.site.demo.build import marker_exists
from amparo.site.demo.places import list_players


@require_GET
def demonstration(request: HttpRequest) -> HttpResponse:
    """Show who can sign in and with which passphrase. 404 unless this is a demonstration."""
    if not marker_exists():
        raise Http404
    return render(request, "site/demonstration.html", {"players": list_players()})


demonstration.right = "public"  # type: ignore[attr-defined]
