"""The side of the members: the case as it was shared, and the three things that they do with it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.panels import actions
from amparo.panels.data import Conflict, Vote
from amparo.panels.data.refusals import DeclareFirst, NothingDecided, NotYoursToRecuse
from amparo.panels.data.shapes import ItemView
from amparo.panels.forms import InterestForm, RecuseForm, SignForm, ViewForm
from amparo.panels.queries.bodies import may_convene
from amparo.panels.queries.items import get_item_of_member, what_is_due
from amparo.panels.views.frame import Step, run_step
from amparo.procedures.pages import actor_of, language_of, now_of

SIT = "panels.sit"


@page(SIT)
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """A case of the agenda, as it was last shared with the member's unit."""
    shown = _read(request, item_id)
    due = what_is_due(actor_of(request), shown)
    context = {
        "item": shown,
        "due": due,
        "as_member": True,
        "form": InterestForm(),
        "may_recuse": may_convene(actor_of(request), shown.meeting.unit_id) and shown.decision is None,
    }
    return render(request, "panels/item.html", context)


def _read(request: HttpRequest, item_id: UUID) -> ItemView:
    return get_item_of_member(actor_of(request), item_id, language=language_of(), now=now_of(request))


def _read_declared(request: HttpRequest, item_id: UUID) -> ItemView:
    """Read a case for whoever declared that they have no conflict in it. Raises DeclareFirst."""
    shown = _read(request, item_id)
    if not shown.has_declared:
        raise DeclareFirst
    return shown


@page(SIT)
def interest(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Declare whether there is a conflict of interest."""
    actor, now, shown = actor_of(request), now_of(request), _read(request, item_id)
    form = InterestForm(request.POST or None)
    is_free = form.is_valid() and form.cleaned_data["conflict"] == "NONE"

    def act() -> None:
        conflict = "" if is_free else form.cleaned_data["conflict"]
        actions.declare_interest(actor, now=now, item_id=item_id, conflict=conflict)

    back = reverse("panels_item", args=[item_id])
    step = Step(
        title=_("Conflict of interest: %(code)s") % {"code": shown.code},
        lede=_("Declare it before you give a view or sign."),
        button=_("Declare"),
        back_url=back if is_free or not form.is_valid() else reverse("cases_worklist"),
        done=_("Declared.") if is_free else _("You do not sit on this case. Thank you for saying so."),
        form=form,
        act=act,
    )
    return run_step(request, step)


@page(SIT)
def recuse(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Set another member aside, as the secretariat of the body, from whichever unit it sits."""
    actor, now, shown = actor_of(request), now_of(request), _read_declared(request, item_id)
    if any(one.is_home for one in shown.seats if one.seat.staff_id == actor.staff_id):
        return redirect("panels_recuse", shown.code, item_id)
    offered = [one.seat for one in shown.seats if not one.sitter.is_recused]
    seats = [one for one in offered if one.staff_id != actor.staff_id]
    if not seats or not may_convene(actor, shown.meeting.unit_id):
        raise NotYoursToRecuse
    form = RecuseForm(
        request.POST or None, seats=[(str(one.id), f"{one.name}, {one.agency_name}") for one in seats]
    )

    def act() -> None:
        typed = form.cleaned_data
        seat_id, conflict = UUID(typed["seat"]), Conflict(typed["conflict"])
        actions.recuse_from_seat(
            actor, now=now, item_id=item_id, seat_id=seat_id, conflict=conflict, reason=typed["reason"]
        )

    step = Step(
        title=_("Somebody has a conflict of interest"),
        lede=_(
            "From now on they are not shown this case, do not count and do not sign. It cannot be taken back."
        ),
        button=_("Save"),
        back_url=reverse("panels_item", args=[item_id]),
        done=_("Recorded. The reason was sealed to the unit of the file."),
        form=form,
        act=act,
    )
    return run_step(request, step)


@page(SIT)
def view(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Give one's agency's view of each option."""
    actor, now, shown = actor_of(request), now_of(request), _read_declared(request, item_id)
    form = ViewForm(request.POST or None, options=[(one.code, one.label) for one in shown.options])

    def act() -> None:
        actions.give_view(
            actor, now=now, item_id=item_id, stances=form.stances, text=form.cleaned_data["text"]
        )

    lede = _("The unit of the file shares it with the other members. A later view takes its place.")
    step = Step(
        title=_("Your agency's view: %(code)s") % {"code": shown.code},
        lede=lede,
        button=_("Give this view"),
        back_url=reverse("panels_item", args=[item_id]),
        done=_("Your view was sealed to the unit of the file."),
        form=form,
        act=act,
    )
    return run_step(request, step)


@page(SIT)
def sign(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Sign the decision, or dissent."""
    actor, now, shown = actor_of(request), now_of(request), _read_declared(request, item_id)
    if shown.decision is None:
        raise NothingDecided
    form = SignForm(request.POST or None, initial={"digest": shown.decision.digest})

    def act() -> None:
        typed = form.cleaned_data
        actions.sign_decision(
            actor,
            now=now,
            item_id=item_id,
            digest=typed["digest"],
            vote=Vote(typed["vote"]),
            text=typed["text"],
        )

    step = Step(
        title=_("Sign the decision: %(code)s") % {"code": shown.code},
        lede=_("It is in force once a quorum signed it and more than half of them agree."),
        button=_("Sign"),
        back_url=reverse("panels_item", args=[item_id]),
        done=_("You signed exactly what this page showed."),
        form=form,
        act=act,
    )
    return run_step(request, step, more={"item": shown})
