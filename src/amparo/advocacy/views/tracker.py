"""Initiatives on their way to adoption, and what offices undertook."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.access.pages import may_use, page
from amparo.advocacy import actions, queries
from amparo.advocacy.forms import CommitmentForm, EventForm, InitiativeForm, VersionForm
from amparo.advocacy.views.gaps import country_of, place_of
from amparo.core.refusal import Refusal
from amparo.procedures.pages import actor_of, language_of, now_of, put_refusal


@page("advocacy.read")
def initiatives(request: HttpRequest) -> HttpResponse:
    """Every initiative, open ones first."""
    lines = sorted(queries.list_initiatives(), key=lambda line: not line.is_open)
    language = language_of()
    unread = queries.count_unread(lines, language, now_of(request).date())
    context = {
        "lines": [(queries.place_name(line.country, language), line, unread[line.id]) for line in lines],
        "may_edit": may_use(actor_of(request), "advocacy.edit_initiative"),
    }
    return render(request, "advocacy/initiatives.html", context)


@page("advocacy.edit_initiative")
def open_one(request: HttpRequest) -> HttpResponse:
    """Open an initiative; a country and its gaps may come with the address."""
    initial = {
        "country": country_of(request.GET.get("country", "")),
        "rows": request.GET.getlist("row"),
        "stage": "IDEA",
    }
    form = InitiativeForm(request.POST or None, language=language_of(), is_new=True, initial=initial)
    if form.is_bound and form.is_valid() and not form.asks_again(actor_of(request), now=now_of(request)):
        try:
            made = actions.open_initiative(actor_of(request), now=now_of(request), terms=form.terms())
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(
                request, _("Opened. It stands beside the rows of the checklist that it would meet.")
            )
            return redirect("advocacy_initiative", made)
    return render(request, "advocacy/edit.html", {"form": form}, status=400 if form.is_bound else 200)


@page("advocacy.edit_initiative")
def edit(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Change an initiative; a new stage enters its history."""
    line = queries.get_initiative(initiative_id)
    names = ("kind", "country", "title", "stage", "rows", "text", "version")
    initial = {name: getattr(line, name) for name in names}
    form = InitiativeForm(request.POST or None, language=language_of(), initial=initial)
    if form.is_bound and form.is_valid() and not form.asks_again(actor_of(request), now=now_of(request)):
        try:
            actions.edit_initiative(
                actor_of(request),
                now=now_of(request),
                initiative_id=initiative_id,
                version=form.cleaned_data["version"] or 0,
                terms=form.terms(),
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("advocacy_initiative", initiative_id)
    context = {"form": form, "line": line}
    return render(request, "advocacy/edit.html", context, status=400 if form.is_bound else 200)


@page("advocacy.read")
def initiative(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """One initiative: what it would close, what happened, what is owed."""
    line = queries.get_initiative(initiative_id)
    event = EventForm(request.POST if "event" in request.POST else None)
    commitment = CommitmentForm(request.POST if "commitment" in request.POST else None)
    if request.method == "POST" and _add(request, initiative_id, event, commitment):
        return redirect("advocacy_initiative", initiative_id)
    language, today = language_of(), now_of(request).date()
    rows = [row for row in queries.list_rows(language, today, [line.country]) if row.id in line.rows]
    context = {
        "line": line,
        "place": place_of(line.country),
        "name": queries.place_name(line.country, language),
        "rows": rows,
        "has_unread": any(not row.cells[0].is_read for row in rows),
        "events": queries.list_events(initiative_id),
        "commitments": queries.list_commitments(initiative_id),
        "event": event,
        "commitment": commitment,
        "may_edit": may_use(actor_of(request), "advocacy.edit_initiative"),
        "today": today,
    }
    is_wrong = event.is_bound or commitment.is_bound
    return render(request, "advocacy/initiative.html", context, status=400 if is_wrong else 200)


def _add(request: HttpRequest, initiative_id: UUID, event: EventForm, commitment: CommitmentForm) -> bool:
    """Add what the form says; false when it has errors."""
    actor, now = actor_of(request), now_of(request)
    sent = event if event.is_bound else commitment
    if not sent.is_bound or not sent.is_valid() or sent.asks_again(actor, now=now):
        return False
    try:
        if event.is_bound:
            actions.add_event(actor, now=now, initiative_id=initiative_id, **event.cleaned_data)
        else:
            actions.add_commitment(actor, now=now, initiative_id=initiative_id, **commitment.cleaned_data)
    except Refusal as refusal:
        put_refusal(sent, refusal)
        return False
    return True


@page("advocacy.edit_initiative")
def close(request: HttpRequest, initiative_id: UUID, commitment_id: UUID) -> HttpResponse:
    """Record that a commitment was kept."""
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        actions.close_commitment(
            actor_of(request),
            now=now_of(request),
            initiative_id=initiative_id,
            commitment_id=commitment_id,
            version=form.cleaned_data["version"],
        )
        messages.success(request, _("Kept: it leaves the worklist and stays in the history."))
    return redirect("advocacy_initiative", initiative_id)
