"""Pages of the three histories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amparo.access.data import Stale
from amparo.access.pages import page
from amparo.cases import actions, queries
from amparo.cases.data import Axis
from amparo.cases.forms.work import StatusForm
from amparo.cases.views import editing
from amparo.cases.views.editing import Place, Saved
from amparo.cases.views.frame import file_page, staff_names
from amparo.core.refusal import Unknown

TAB = "cases_file"
form_page = require_http_methods(["GET", "POST"])


@page("cases.read_file")
def histories(request: HttpRequest, code: str) -> HttpResponse:
    """The three histories in full, each beside the others and derived from none."""
    at = file_page(request, code)
    found = queries.list_statuses(at.actor, at.person.id)
    recorded_by = [status.recorded_by for history in found.values() for status in history]
    context = {"histories": [(axis, found[axis]) for axis in Axis], "who": staff_names(recorded_by)}
    return at.show("histories.html", context, tab=TAB)


@page("cases.record_status")
@form_page
def record(request: HttpRequest, code: str, axis: str) -> HttpResponse:
    if axis not in set(Axis):
        raise Http404
    at = file_page(request, code)

    def save(typed: dict[str, Any]) -> None:
        actions.record_status(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            axis=Axis(axis),
            code=typed["code"],
            from_date=typed["from_date"],
            until_date=typed["until_date"],
            basis=typed["basis"],
        )

    return editing.add(
        at,
        _place(_("Record a status"), axis),
        lambda data, initial: StatusForm(data, initial=initial, axis=axis),
        save,
        {"from_date": localdate(at.now)},
    )


@page("cases.record_status")
@form_page
def correct(request: HttpRequest, code: str, interval_id: UUID) -> HttpResponse:
    """Correct a status; the wrong one stays on record, void."""
    at = file_page(request, code)
    first = queries.find_replacement(at.actor, at.person.id, interval_id)
    if first is None:
        raise Unknown

    def read() -> Saved:
        status = queries.find_replacement(at.actor, at.person.id, interval_id)
        if status is None or status.recorded_at is None:
            raise Unknown
        values = {
            "code": status.code,
            "from_date": status.from_date,
            "until_date": status.until_date,
            "basis": status.basis,
        }
        return Saved(values, status.version, status.recorded_by, status.recorded_at)

    def save(typed: dict[str, Any], version: int) -> None:
        standing = queries.find_replacement(at.actor, at.person.id, interval_id)
        if standing is None or standing.id is None or standing.version != version:
            raise Stale
        actions.correct_status(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            interval_id=standing.id,
            code=typed["code"],
            from_date=typed["from_date"],
            until_date=typed["until_date"],
            basis=typed["basis"],
        )

    return editing.change(
        at,
        _place(_("Correct a status"), first.axis),
        lambda data, initial: StatusForm(data, initial=initial, axis=first.axis),
        read,
        save,
    )


def _place(title: Any, axis: str) -> Place:
    lede = {
        Axis.MANDATE: _(
            "Mandate category: which responsibility applies now. It says nothing about trafficking."
        ),
        Axis.TRAFFICKING: _("Trafficking: it says nothing about asylum, and no asylum decision changes it."),
        Axis.STATELESSNESS: _("Nationality: whether a State considers the person its national."),
    }[Axis(axis)]
    return Place(title, TAB, _("Save"), back="cases_histories", lede=lede)
