"""Pages of a file: overview, timeline, access."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from amparo.access.pages import page
from amparo.access.queries import list_file_acts, list_granted
from amparo.cases import queries
from amparo.cases.data import Axis
from amparo.cases.views.frame import file_page, staff_names
from amparo.core.policy import Purpose
from amparo.vault.data import Compartment


@page("cases.read_file")
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """The file at a glance: histories, open needs and tasks, family, identifying data."""
    at = file_page(request, code)
    opened = queries.open_parts(
        at.actor, at.person.id, {Compartment.ID, Compartment.CONTACT}, Purpose.CASE_WORK, now=at.now
    )
    header = queries.make_header(at.actor, at.person.id, opened, now=at.now)
    narrative = queries.open_narrative(at.actor, at.person.id, Purpose.CASE_WORK, now=at.now)
    histories = queries.list_statuses(at.actor, at.person.id)
    context: dict[str, Any] = {
        "histories": [(axis, histories[axis]) for axis in Axis],
        "needs": queries.list_needs(at.actor, at.person.id, narrative),
        "tasks": queries.list_tasks(at.actor, at.person.id, narrative),
        "relations": queries.list_relations(at.actor, at.person.id, opened),
        "family": queries.list_family(at.actor, at.person.id),
        "names": queries.names_of(opened),
        "events": queries.list_file_events(at.actor, at.person.id, narrative),
    }
    return at.show("file.html", context, tab="cases_file", header=header)


@page("cases.read_file")
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """What every room recorded about the person, latest first."""
    at = file_page(request, code)
    items = queries.list_timeline(at.actor, at.person.id)
    context = {"items": items, "who": staff_names(item.by for item in items)}
    return at.show("timeline.html", context, tab="cases_timeline")


@page("access.see_grants")
def access(request: HttpRequest, code: str) -> HttpResponse:
    """Who may read this file, and who opened it."""
    at = file_page(request, code)
    openings = queries.find_openings(at.actor, at.person, now=at.now)
    context = {
        "unit_readers": queries.list_unit_readers(at.actor, at.person.id),
        "granted": list_granted(at.person.id, now=at.now),
        "acts": list_file_acts(at.actor, at.person.id),
        "openings": openings,
        "who": staff_names(entry.actor_ref for entry in openings or ()),
    }
    return at.show("access.html", context, tab="cases_access")
