"""Oversight: who opened what, and the reviews of broken glass. People appear by case code only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access import actions
from amparo.access.actions.emergencies import ReviewOutcome
from amparo.access.forms.office import CodeForm, ReviewForm
from amparo.access.pages import page
from amparo.access.queries import list_emergencies, list_ledger_lines
from amparo.core.refusal import Unknown


@page("ledger.read")
def openings(request: HttpRequest) -> HttpResponse:
    """Show what the ledger says, of one case code when asked, the newest first. The read is recorded."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    only_openings = request.GET.get("all") != "1"
    try:
        lines, older = list_ledger_lines(
            request.actor.ref,  # type: ignore[attr-defined]
            code=code,
            only_openings=only_openings,
            after=request.GET.get("after", ""),
            now=request.now,  # type: ignore[attr-defined]
        )
    except ValueError:
        raise Unknown from None
    context = {"form": form, "code": code, "lines": lines, "older": older, "only_openings": only_openings}
    return render(request, "access/openings.html", context)


@page("access.review_emergency")
def emergencies(request: HttpRequest) -> HttpResponse:
    """Show every breaking of the glass, with what waits for review."""
    return render(request, "access/emergencies.html", {"lines": list_emergencies()})


@page("access.review_emergency")
def review(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """Record whether breaking the glass was justified."""
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        actions.review_emergency(
            request.actor,  # type: ignore[attr-defined]
            now=request.now,  # type: ignore[attr-defined]
            emergency_id=emergency_id,
            outcome=ReviewOutcome(form.cleaned_data["outcome"]),
        )
        return redirect("access_emergencies")
    context = {
        "form": form,
        "title": _("Review an emergency opening"),
        "intro": _("Ask the unit that holds the file for the reason: only they can open it."),
        "back": reverse("access_emergencies"),
    }
    return render(request, "access/form.html", context, status=422 if form.errors else 200)
