"""Requests that two people sign: read what exactly is asked, confirm, carry out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.access import actions
from amparo.access.data import Actor
from amparo.access.forms.file_access import state_choices
from amparo.access.pages import page
from amparo.access.queries import get_request, list_requests


@page("access.countersign")
def requests(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second signature."""
    return render(request, "access/requests.html", {"lines": list_requests(_actor(request))})


@page("access.countersign")
def show(request: HttpRequest, countersign_id: UUID) -> HttpResponse:
    """Show one request in full: what both people sign, and once carried out, the receipt."""
    actor = _actor(request)
    detail = get_request(actor, countersign_id)
    context = {
        "detail": detail,
        "state": dict(state_choices([detail.state]))[detail.state] if detail.state else "",
        "is_own": detail.line.proposed_by_id == actor.staff_id,
        "now": request.now,  # type: ignore[attr-defined]
    }
    return render(request, "access/request.html", context)


@require_POST
@page("access.countersign")
def confirm(request: HttpRequest, countersign_id: UUID) -> HttpResponse:
    """Sign as the second person, and carry out what a page can carry out.

    Where that is refused the signature stands: either of the two may try again.
    """
    actor, now = _actor(request), request.now  # type: ignore[attr-defined]
    detail = get_request(actor, countersign_id)
    actions.confirm_request(actor, now=now, countersign_id=countersign_id)
    if detail.is_carried_out_here:
        actions.carry_out_request(actor, now=now, countersign_id=countersign_id)
    return redirect("access_request", countersign_id=countersign_id)


@require_POST
@page("access.countersign")
def carry_out(request: HttpRequest, countersign_id: UUID) -> HttpResponse:
    """Carry out a request that two people signed."""
    now = request.now  # type: ignore[attr-defined]
    actions.carry_out_request(_actor(request), now=now, countersign_id=countersign_id)
    return redirect("access_request", countersign_id=countersign_id)


def _actor(request: HttpRequest) -> Actor:
    actor = request.actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return actor
