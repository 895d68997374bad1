"""Pages of the site: language, health, still here, and the error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from amparo.access.pages import page
from amparo.site.queries import list_ailments

PUBLIC = "public"


@csrf_exempt  # changes nothing but the language, and lets public pages do without a cookie
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back to the page."""
    return set_language(request)


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, ledger and keys answer, else 503.

    Of the vault's seal key it says when it cannot be read, so that whoever watches puts the copy back;
    of everything else a stranger learns no detail.
    """
    ailments = list_ailments()
    if not ailments:
        return JsonResponse({"status": "ok"})
    said = {"status": "ailing", **({"seal_key": "unreadable"} if "seal_key" in ailments else {})}
    return JsonResponse(said, status=503)


@page("site.still_here")
def still_here(request: HttpRequest) -> HttpResponse:
    """Note that the person is still working, so that names stay unlocked."""
    return HttpResponse(status=204)


choose_language.right = PUBLIC  # type: ignore[attr-defined]
health.right = PUBLIC  # type: ignore[attr-defined]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The uniform 404: the same bytes for what does not exist and for what may not be known."""
    return render(request, "site/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "site/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "site/csrf.html", status=403)
