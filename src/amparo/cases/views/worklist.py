"""Home: what needs me."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amparo.access.pages import may_use, page
from amparo.access.queries import list_own_waiting_units
from amparo.cases import queries
from amparo.cases.data import WorkGroup
from amparo.cases.views.frame import actor_of, now_of
from amparo.cases.worklist import list_links

MOST_PAGES = 1000


@page("cases.worklist")
def show(request: HttpRequest) -> HttpResponse:
    """One page of the worklist. The address holds a page number and what is filtered by, never a code."""
    group, kind = _group(request.GET.get("group", "")), request.GET.get("kind", "")[:40]
    actor, number = actor_of(request), _number(request.GET.get("page", ""))
    work = queries.get_worklist(actor, now=now_of(request), page=number, group=group, kind=kind)
    context = {
        "work": work,
        "groups": [(one, count, _link(group=one, kind=kind)) for one, count in work.group_counts],
        "kinds": [
            (one, words, count, _link(group=group, kind=one)) for one, words, count in work.kind_counts
        ],
        "group": group,
        "kind": kind,
        "every_group": _link(kind=kind),
        "every_kind": _link(group=group),
        "newer_url": _link(group=group, kind=kind, page=work.number - 1) if work.number > 1 else "",
        "older_url": _link(group=group, kind=kind, page=work.number + 1) if work.has_more else "",
        "links": [(words, reverse(name)) for words, name in list_links()],
        "waits_for": [] if actor.posts else list_own_waiting_units(actor, now_of(request)),
        "may_register": may_use(actor, "cases.register_person"),
    }
    return render(request, "cases/worklist.html", context)


def _group(text: str) -> str:
    return text if text in set(WorkGroup) else ""


def _number(text: str) -> int:
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _link(*, group: str = "", kind: str = "", page: int = 1) -> str:
    asked = {"group": group, "kind": kind, "page": page if page > 1 else ""}
    chosen = {name: value for name, value in asked.items() if value}
    return f"/?{urlencode(chosen)}" if chosen else "/"
