"""Home: what needs me."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.access.pages import may_use, page
from amparo.access.queries import list_own_waiting_units
from amparo.cases import queries
from amparo.cases.views.frame import actor_of, now_of


@page("cases.worklist")
def show(request: HttpRequest) -> HttpResponse:
    """One page of the worklist; ``after`` is the key of the last line of the page before."""
    after = request.GET.get("after", "")[:300]
    work = queries.get_worklist(actor_of(request), now=now_of(request), after=after)
    older = f"?{urlencode({'after': work.older})}" if work.older else ""
    context: dict[str, object] = {
        "work": work,
        "older_url": older,
        "newer_url": request.path if after else "",
    }
    if not actor_of(request).posts:
        context["waits_for"] = list_own_waiting_units(actor_of(request), now_of(request))
    context["may_register"] = may_use(actor_of(request), "cases.register_person")
    return render(request, "cases/worklist.html", context)
