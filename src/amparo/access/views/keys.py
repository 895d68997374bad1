"""Passing a unit's key on to a colleague whose post waits for it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access import actions
from amparo.access.data import Actor, Locked
from amparo.access.pages import page
from amparo.access.queries import list_keys_to_pass_on
from amparo.core.refusal import Unknown


@page("access.share_unit_key")
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the colleagues of the actor's units who wait for a key."""
    return render(request, "access/unit_keys.html", {"lines": list_keys_to_pass_on(_actor(request))})


@require_http_methods(["GET", "POST"])
@page("access.share_unit_key")
def pass_on(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Say what the key opens, and pass it on when the supervisor confirms."""
    actor = _actor(request)
    line = next((line for line in list_keys_to_pass_on(actor) if line.id == post_id), None)
    if line is None:
        raise Unknown
    if not actor.is_unlocked:
        raise Locked
    if request.method != "POST":
        return render(request, "access/pass_key_on.html", {"line": line})
    now = request.now  # type: ignore[attr-defined]
    actions.share_unit_key(actor, now=now, unit_id=line.unit_id, staff_id=line.staff_id)
    return redirect("access_key_passed_on")


@page("access.share_unit_key")
def passed_on(request: HttpRequest) -> HttpResponse:
    """The receipt of a key that was passed on."""
    receipt = {
        "title": _("The key was passed on"),
        "happened": _("Your colleague can now open names in the unit's files, after unlocking."),
        "seen_by": [_("The ledger records who passed the key to whom. Sealed files do not open with it.")],
        "next_steps": [
            {"label": _("Keys that others wait for"), "url": reverse("access_unit_keys")},
            {"label": _("Go to your worklist"), "url": "/"},
        ],
    }
    return render(request, "site/receipt.html", {"receipt": receipt})


def _actor(request: HttpRequest) -> Actor:
    actor = request.actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return actor
