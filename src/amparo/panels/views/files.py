"""The side of the file: what panels did and do with it, and one case at one meeting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.core.refusal import Unknown
from amparo.panels import actions
from amparo.panels.forms import PutForm
from amparo.panels.queries.bodies import list_coming
from amparo.panels.queries.items import (
    get_item_of_file,
    list_items,
    list_recusable,
    open_waiting_words,
    what_to_do,
)
from amparo.panels.queries.minutes import get_extract
from amparo.panels.queries.procedures import is_decidable
from amparo.panels.views.frame import TAB, Step, run_step
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import file_page, language_of, pdf_answer
from amparo.procedures.queries.rows import list_procedures


@page("panels.read_items")
def of_file(request: HttpRequest, code: str) -> HttpResponse:
    """The meetings at which this person's procedures are, were or will be decided."""
    at = file_page(request, code, tab=TAB)
    procedures = list_procedures(at.actor, at.person.id, language_of())
    offered = [one for one in procedures if one.is_open and is_decidable(one.definition, one.country)]
    items = list_items(at.actor, at.person.id, language=language_of())
    return at.show("panels/of_file.html", {"items": items, "offered": offered})


@page("panels.put_on_agenda")
def put(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """Put a procedure on the agenda of a meeting to come."""
    at = file_page(request, code, tab=TAB)
    procedures = list_procedures(at.actor, at.person.id, language_of())
    wanted = next((one for one in procedures if one.id == procedure_id), None)
    if wanted is None:
        raise Unknown
    coming = list_coming(wanted.definition, now=at.now)
    form = PutForm(
        request.POST or None,
        meetings=[
            (str(one.id), f"{one.body_name}, {date_format(localtime(one.held_at), 'DATETIME_FORMAT')}")
            for one in coming
        ],
    )

    def act() -> None:
        actions.put_on_agenda(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            procedure_id=procedure_id,
            meeting_id=UUID(form.cleaned_data["meeting"]),
        )

    step = Step(
        title=_("Put on the agenda: %(title)s") % {"title": wanted.title},
        lede=_(
            "Members of other units receive a sealed extract for this meeting, where the person consented "
            "to the inter-agency assessment. They never see the file."
        ),
        button=_("Put on the agenda and share"),
        back_url=reverse("panels_of_file", args=[code]),
        done=_("It is on the agenda. The page of the case says with whom it was shared, and with whom not."),
        form=form,
        act=act,
    )
    return run_step(request, step, file=at, more={"is_empty": not coming})


@page("panels.read_items")
def item(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """One case at one meeting: where it stands, what comes next, with whom it is shared."""
    at = file_page(request, code, tab=TAB)
    shown = get_item_of_file(at.actor, at.person.id, item_id, language=language_of(), now=at.now)
    context = {
        "item": shown,
        "next": what_to_do(shown, now=at.now),
        "as_member": False,
        "may_recuse": shown.decision is None and bool(list_recusable(at.actor, shown)),
    }
    return at.show("panels/file_item.html", context)


@page("panels.read_items")
def extract(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """What the minutes say of this case, as PDF, for whoever works on the file."""
    at = file_page(request, code, tab=TAB)
    content = get_extract(at.actor, at.person.id, item_id, language=language_of(), now=at.now)
    return pdf_answer(make_pdf("minutes", content, now=at.now), f"{content['file_name']}-{code}.pdf")


@page("panels.put_on_agenda")
def share(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Share the case as it stands now, also with seats for which a consent came later."""
    at = file_page(request, code, tab=TAB)
    if request.method == "POST":
        count = actions.share_again(at.actor, now=at.now, person_id=at.person.id, item_id=item_id)
        messages.success(request, _("Shared as it stands with %(count)d seats.") % {"count": count})
    return redirect("panels_file_item", code, item_id)


@page("panels.compare")
def take_in(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Take the words of other agencies into the file and share them with the panel."""
    at = file_page(request, code, tab=TAB)
    if request.method == "POST":
        words = open_waiting_words(at.actor, at.person.id, item_id, now=at.now)
        actions.take_in(at.actor, now=at.now, person_id=at.person.id, item_id=item_id, words=words)
        messages.success(request, _("The views are in the file, and the panel has them."))
    return redirect("panels_file_item", code, item_id)


@page("panels.approve")
def approve(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Approve what others wrote and signed."""
    at = file_page(request, code, tab=TAB)
    if request.method == "POST":
        actions.approve_decision(at.actor, now=at.now, person_id=at.person.id, item_id=item_id)
        messages.success(request, _("You approved the decision."))
    return redirect("panels_file_item", code, item_id)
