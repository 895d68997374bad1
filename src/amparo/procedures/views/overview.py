"""The procedures of all files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access.pages import page
from amparo.procedures import queries
from amparo.procedures.data.overview import Facet, Option
from amparo.procedures.pages import actor_of, language_of, now_of

LABELS = {
    Facet.DEFINITION: _("Procedure"),
    Facet.STAGE: _("Stage"),
    Facet.COUNTRY: _("Country edition"),
    Facet.TURN: _("Whose turn"),
    Facet.CLOCK: _("Period ends"),
    Facet.STATE: _("Open or ended"),
}


@page("procedures.read")
def every(request: HttpRequest) -> HttpResponse:
    """One page of the list. The address holds a page number and what is filtered by, never a code."""
    chosen = _chosen(request)
    shown = queries.list_all_procedures(
        actor_of(request), chosen, page=_number(request), language=language_of(), now=now_of(request)
    )
    context = {
        "page": shown,
        "fields": [_field(facet, shown.options[facet], chosen.get(facet, "")) for facet in Facet],
        "has_filters": bool(chosen),
        "newer_url": _link(chosen, shown.number - 1) if shown.number > 1 else "",
        "older_url": _link(chosen, shown.number + 1) if shown.number < shown.pages else "",
    }
    return render(request, "procedures/every.html", context)


def _chosen(request: HttpRequest) -> dict[Facet, str]:
    """Return the filters in use. A stage of another procedure than the chosen one is no filter."""
    chosen = {facet: request.GET.get(facet, "")[:130] for facet in Facet}
    kind = chosen[Facet.DEFINITION]
    if kind and not chosen[Facet.STAGE].startswith(f"{kind}."):
        chosen[Facet.STAGE] = ""
    return {facet: value for facet, value in chosen.items() if value}


def _number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def _link(chosen: dict[Facet, str], number: int) -> str:
    asked: dict[str, object] = {str(facet): value for facet, value in chosen.items()}
    return f"{reverse('procedures_every')}?{urlencode({**asked, 'page': number})}"


def _field(facet: Facet, options: tuple[Option, ...], chosen: str) -> dict[str, Any]:
    """Return one select: its options in groups, the stages under their procedure."""
    groups: dict[str, list[Option]] = {}
    for option in options:
        groups.setdefault(option.group, []).append(option)
    return {"name": facet, "label": LABELS[facet], "groups": list(groups.items()), "chosen": chosen}
