"""Breaking the glass, and notices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from amparo.access import actions
from amparo.access.actions.emergencies import EmergencyReason
from amparo.access.forms.office import EmergencyForm
from amparo.access.pages import page
from amparo.access.queries import list_notices, list_own_units
from amparo.core.refusal import Unknown


@page("access.break_glass")
def break_glass(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the reason, open for an hour, and say who was told."""
    units = list_own_units(request.actor, "access.break_glass")  # type: ignore[attr-defined]
    form = EmergencyForm(request.POST or None, units=[(unit.id, unit.name) for unit in units])
    if form.is_valid():
        try:
            _break(request, {"unit": units[0].id, **form.cleaned_data})
        except Unknown:
            form.add_error("code", _("No file with this code can be opened in this way."))
        else:
            return render(request, "access/glass_broken.html", {"code": form.cleaned_data["code"]})
    return render(request, "access/break_glass.html", {"form": form}, status=422 if form.errors else 200)


def _break(request: HttpRequest, values: dict[str, Any]) -> UUID:
    return actions.break_glass(
        request.actor,  # type: ignore[attr-defined]
        now=request.now,  # type: ignore[attr-defined]
        unit_id=values["unit"],
        code=values["code"],
        reason_code=EmergencyReason(values["reason_code"]),
        reason=values["reason"],
    )


@page("access.own_account")
def notices(request: HttpRequest) -> HttpResponse:
    """Show one's unseen notices; a button marks them as seen."""
    if request.method == "POST":
        actions.see_notices(request.actor, now=request.now)  # type: ignore[attr-defined]
        return redirect("access_notices")
    return render(request, "access/notices.html", {"lines": list_notices(request.actor)})  # type: ignore[attr-defined]
