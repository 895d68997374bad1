"""Pages of the import: upload, preview with every problem, decide, import, report."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.data import Actor, Locked
from amparo.access.pages import page
from amparo.access.queries import list_units
from amparo.core.refusal import Refusal
from amparo.statistics import actions, imports, queries
from amparo.statistics.data import Effect, RowState
from amparo.statistics.forms import UploadForm
from amparo.statistics.htcds.sandbox import MAX_FILE_BYTES
from amparo.statistics.report import STATE_LABELS, as_json, build_report, is_plain_date, say_line

SHOWN = 300
form_page = require_http_methods(["GET", "POST"])


def actor_of(request: HttpRequest) -> tuple[Actor, datetime]:
    """Return the actor and the clock that the page decorator put on the request."""
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    assert isinstance(now, datetime)
    return actor, now


@page("statistics.import_htcds")
@form_page
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a workbook; it is read and staged, and nothing is imported yet."""
    actor, now = actor_of(request)
    units = [
        (unit.id, f"{unit.agency_name}: {unit.name}") for unit in list_units() if unit.id in actor.unit_ids
    ]
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, request.FILES if is_sent else None, units)
    if is_sent and form.is_valid():
        if not actor.is_unlocked:
            raise Locked
        try:
            book = imports.read_workbook(form.cleaned_data["workbook"].read(MAX_FILE_BYTES + 1), now=now)
            run_id = imports.stage(actor, UUID(form.cleaned_data["unit"]), book, now=now)
        except Refusal as refusal:
            form.add_error("workbook", f"{refusal.what_happened} {refusal.reason} {refusal.what_next}")
        else:
            return redirect("statistics_run", run_id)
    names = dict(units)
    runs = [{"run": run, "unit": names.get(run.unit_id, "")} for run in queries.list_runs(actor)]
    status = 422 if form.errors else 200
    return render(request, "statistics/upload.html", {"form": form, "runs": runs}, status=status)


@page("statistics.import_htcds")
@form_page
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What was read of a workbook, row by row; decide about those that wait, and import."""
    actor, now = actor_of(request)
    unit_id = queries.get_run(actor, run_id).unit_id
    if request.method == "POST":
        numbers = [int(number) for number in request.POST.getlist("row") if number.isdecimal()]
        if "apply" in request.POST:
            summary = imports.apply(actor, run_id, now=now)
            messages.success(request, _("People registered: %(count)s.") % {"count": summary.imported_now})
        elif numbers:
            actions.decide_rows(
                actor,
                now=now,
                unit_id=unit_id,
                run_id=run_id,
                numbers=numbers,
                is_imported="import_held" in request.POST,
            )
            messages.success(request, _("Decided for %(count)s rows.") % {"count": len(numbers)})
        return redirect("statistics_run", run_id)
    lines = queries.list_rows(actor, run_id)
    summary = queries.summarise(actor, run_id)
    told = [problem for line in lines for problem in line.problems if not is_plain_date(problem)]
    graver = [problem for problem in told if problem.effect is not Effect.NOTE]
    context = {
        "run_id": run_id,
        "summary": summary,
        "states": [(STATE_LABELS[state], summary.by_state[str(state)]) for state in RowState],
        "columns": [say_line(problem) for problem in queries.list_column_problems(actor, run_id)],
        "problems": [say_line(problem) for problem in graver[:SHOWN]],
        "more": max(0, len(graver) - SHOWN),
        "notes": [say_line(problem) for problem in told if problem.effect is Effect.NOTE][:SHOWN],
        "held": [line for line in lines if line.state is RowState.HELD],
        "ready": summary.by_state[str(RowState.READY)],
    }
    return render(request, "statistics/run.html", context)


@page("statistics.import_htcds")
def report(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The report as JSON: rows, columns and codes, never what a cell said."""
    actor, _now = actor_of(request)
    content = build_report(
        columns=queries.list_column_problems(actor, run_id),
        lines=queries.list_rows(actor, run_id),
        empty_rows=queries.list_empty_rows(actor, run_id),
        is_dry=False,
    )
    response = HttpResponse(as_json(content), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="htcds-import.json"'
    return response
