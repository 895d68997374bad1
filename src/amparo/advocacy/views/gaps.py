"""The gap analysis: matrix, country, and one row of one country."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.access.pages import may_use, page
from amparo.advocacy import actions, queries
from amparo.advocacy.data import REGION, Cell, Reading
from amparo.advocacy.forms import ReadingForm, WordingForm
from amparo.core.refusal import Refusal
from amparo.procedures.pages import actor_of, language_of, now_of, put_refusal

REGION_PLACE = "REGION"
"""How the region is written in an address."""


def country_of(place: str) -> str:
    return REGION if place == REGION_PLACE else place


def place_of(country: str) -> str:
    return country or REGION_PLACE


@page("advocacy.read")
def index(request: HttpRequest) -> HttpResponse:
    """Where each country stands, what is under way, and what is owed."""
    initiatives = queries.list_initiatives()
    places = queries.list_places(language_of(), now_of(request).date())
    context = {
        "places": [(place_of(one.code), one) for one in places],
        "open": [one for one in initiatives if one.is_open],
        "commitments": queries.list_open_commitments(),
        "now": now_of(request),
        "may_edit": may_use(actor_of(request), "advocacy.edit_initiative"),
    }
    return render(request, "advocacy/index.html", context)


@page("advocacy.read")
def matrix(request: HttpRequest) -> HttpResponse:
    """The checklist by country."""
    language, today = language_of(), now_of(request).date()
    places = queries.list_places(language, today)
    known = {place_of(one.code): one for one in places}
    chosen = [code for code in request.GET.getlist("country") if code in known] or list(known)
    rows = queries.list_rows(language, today, [country_of(code) for code in chosen])
    context = {
        "rows": rows,
        "columns": [(code, known[code]) for code in chosen],
        "places": [(code, one, code in chosen) for code, one in known.items()],
    }
    return render(request, "advocacy/matrix.html", context)


@page("advocacy.read")
def country(request: HttpRequest, place: str) -> HttpResponse:
    """One country: its gaps with the way to adoption, and what nobody has read."""
    language, code, today = language_of(), country_of(place), now_of(request).date()
    gaps, best = queries.list_gaps(code, language, today), queries.list_best(code, language, today)
    unread = [gap for gap in gaps if not gap.is_read]
    context = {
        "place": place,
        "name": queries.place_name(code, language),
        "gaps": [(gap, next(iter(best[gap.row.id]), None)) for gap in gaps if gap.is_read],
        "unread": unread,
        "is_all_unread": len(unread) == len(best),
        "initiatives": queries.list_initiatives(code),
        "standards": queries.cite([key for gap in gaps for key in gap.row.standards], language),
        "may_edit": may_use(actor_of(request), "advocacy.assess"),
    }
    return render(request, "advocacy/country.html", context)


@page("advocacy.read")
def cell(request: HttpRequest, place: str, row_id: str) -> HttpResponse:
    """One row of one country: the standard, what its law says, the best of the region, a draft."""
    language, code, today = language_of(), country_of(place), now_of(request).date()
    row = queries.get_row(row_id, code, language, today)
    best = queries.list_best(code, language, today)[row_id]
    here = row.cells[0]
    keys = [*row.standards, *_keys(here), *(key for one in best for key in (one.instrument, *one.citations))]
    context = {
        "place": place,
        "name": queries.place_name(code, language),
        "row": row,
        "cell": here,
        "best": [(queries.place_name(one.country, language), one) for one in best],
        "cited": queries.cite(keys, language),
        "wording": queries.get_wording(row_id, code),
        "initiatives": [one for one in queries.list_initiatives(code) if row_id in one.rows],
        "may_edit": may_use(actor_of(request), "advocacy.assess"),
    }
    return render(request, "advocacy/cell.html", context)


def _keys(cell: Cell) -> list[str]:
    return [key for one in cell.readings for key in (one.instrument, *one.citations)]


@page("advocacy.assess")
def read(request: HttpRequest, place: str, row_id: str) -> HttpResponse:
    """Record what an instrument says on a row."""
    language, code, today = language_of(), country_of(place), now_of(request).date()
    row = queries.get_row(row_id, code, language, today)
    asked = request.GET.get("instrument", "")
    initial = _initial(queries.find_reading(code, asked, row_id, language), asked)
    form = ReadingForm(request.POST or None, country=code, language=language, initial=initial)
    if form.is_bound and form.is_valid() and not form.asks_again(actor_of(request), now=now_of(request)):
        typed = form.cleaned_data
        shown = queries.find_reading(code, typed["instrument"], row_id, language)
        try:
            actions.record_reading(
                actor_of(request),
                now=now_of(request),
                country=code,
                instrument=typed["instrument"],
                row=row_id,
                value=form.value_of(),
                citations=form.keys(),
                text=typed["text"],
                version=shown.version if shown else 0,
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(
                request, _("Saved. Everybody sees it in the matrix, with your name and today's date.")
            )
            return redirect("advocacy_cell", place, row_id)
    context = {"form": form, "row": row, "place": place, "name": queries.place_name(code, language)}
    return render(request, "advocacy/read.html", context, status=400 if form.is_bound else 200)


def _initial(shown: Reading | None, instrument: str) -> dict[str, str]:
    if shown is None:
        return {"instrument": instrument, "value": "not_assessed"}
    return {
        "instrument": instrument,
        "value": str(shown.value),
        "citations": "\n".join(shown.citations),
        "text": shown.note,
    }


@page("advocacy.assess")
def wording(request: HttpRequest, place: str, row_id: str) -> HttpResponse:
    """Edit the model wording of a row for a country."""
    language, code, today = language_of(), country_of(place), now_of(request).date()
    row = queries.get_row(row_id, code, language, today)
    shown = queries.get_wording(row_id, code)
    initial = {"es": shown.es, "en": shown.en, "version": shown.version}
    form = WordingForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid() and not form.asks_again(actor_of(request), now=now_of(request)):
        try:
            actions.edit_wording(
                actor_of(request), now=now_of(request), country=code, row=row_id, **form.cleaned_data
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("The draft was saved; earlier ones stay."))
            return redirect("advocacy_cell", place, row_id)
    context = {
        "form": form,
        "row": row,
        "place": place,
        "shown": shown,
        "name": queries.place_name(code, language),
    }
    return render(request, "advocacy/wording.html", context, status=400 if form.is_bound else 200)
