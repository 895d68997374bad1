"""Bodies and seats: the list, one body, and the forms of whoever administers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.access.queries import list_units
from amparo.core.quorum import Standing
from amparo.panels import actions
from amparo.panels.data import BodyKind
from amparo.panels.forms import BodyForm, SeatForm
from amparo.panels.queries.bodies import get_body_page, list_bodies, list_holders, may_keep_bodies
from amparo.panels.queries.procedures import list_decidable, titles_of
from amparo.panels.views.frame import Step, run_step
from amparo.procedures.pages import actor_of, language_of, now_of


@page("panels.bodies")
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies that concern whoever asks: a seat, the secretariat, or a case on an agenda."""
    actor = actor_of(request)
    context = {"bodies": list_bodies(actor), "may_keep": may_keep_bodies(actor)}
    return render(request, "panels/bodies.html", context)


@page("panels.bodies")
def body(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """One body: who sits in it; its meetings for those inside it."""
    shown = get_body_page(actor_of(request), body_id)
    titles = titles_of(shown.body.procedures, language_of())
    context = {"page": shown, "titles": titles, "today": now_of(request).date()}
    return render(request, "panels/body.html", context)


@page("panels.keep_bodies")
def found(request: HttpRequest) -> HttpResponse:
    """Found a body."""
    actor, now = actor_of(request), now_of(request)
    form = BodyForm(
        request.POST or None,
        units=[(str(one.id), f"{one.name}, {one.agency_name}") for one in list_units()],
        procedures=list_decidable(language_of()),
    )

    def act() -> None:
        actions.found_body(
            actor,
            now=now,
            name=form.cleaned_data["name"],
            kind=BodyKind(form.cleaned_data["kind"]),
            unit_id=UUID(form.cleaned_data["unit"]),
            procedures=form.cleaned_data["procedures"],
        )

    step = Step(
        title=_("Found a body"),
        lede=_("A coalition, a team, a panel or a working group. A seat in it opens no file."),
        button=_("Found it"),
        back_url=reverse("panels_bodies"),
        done=_("The body was founded. Give its members their seats."),
        form=form,
        act=act,
    )
    return run_step(request, step)


@page("panels.keep_bodies")
def give_seat(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Give an agency a seat, held by a named person for a term."""
    actor, now = actor_of(request), now_of(request)
    shown = get_body_page(actor, body_id)
    form = SeatForm(request.POST or None, holders=list_holders())

    def act() -> None:
        unit_id, staff_id = form.cleaned_data["holder"].split("/")
        actions.give_seat(
            actor,
            now=now,
            body_id=body_id,
            unit_id=UUID(unit_id),
            staff_id=UUID(staff_id),
            standing=Standing(form.cleaned_data["standing"]),
            from_date=form.cleaned_data["from_date"],
            until_date=form.cleaned_data["until_date"],
        )

    step = Step(
        title=_("Give a seat: %(body)s") % {"body": shown.body.name},
        lede=_("Members decide. Advisers and observers speak; observers are shown no case."),
        button=_("Give the seat"),
        back_url=reverse("panels_body", args=[body_id]),
        done=_("The seat was given."),
        form=form,
        act=act,
    )
    return run_step(request, step)


@page("panels.keep_bodies")
def end_seat(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """End a seat's term today."""
    if request.method == "POST":
        body_id = actions.end_seat(actor_of(request), now=now_of(request), seat_id=seat_id)
        messages.success(request, _("The term ends today. What was said and signed stays."))
        return redirect("panels_body", body_id)
    return redirect("panels_bodies")
