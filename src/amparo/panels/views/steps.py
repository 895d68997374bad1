"""The steps of a case from the side of the file, one on each page and each in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.cases.data import TaskKind
from amparo.panels import actions
from amparo.panels.data import AnswerCode, Conflict, WishesHow
from amparo.panels.data.refusals import NothingDecided, NotYoursToRecuse
from amparo.panels.data.shapes import ItemView
from amparo.panels.forms import AnswerForm, DecisionForm, OptionForm, RecuseForm, TaskForm, WishesForm
from amparo.panels.queries.items import get_item_of_file, list_open_options, list_recusable
from amparo.panels.views.frame import TAB, Step, run_step
from amparo.procedures.pages import FilePage, file_page, language_of


@dataclass(frozen=True, slots=True)
class CasePage:
    """A request about one case of one meeting, from the side of the file."""

    at: FilePage
    item: ItemView

    @property
    def about(self) -> dict[str, Any]:
        """What every action of the case is told."""
        return {"now": self.at.now, "person_id": self.at.person.id, "item_id": self.item.id}

    def show(self, title: str, lede: str, form: Form, act: Callable[[], object]) -> HttpResponse:
        """Show the form of a step, with the case beside it."""
        step = Step(
            title=title,
            lede=lede,
            button=_("Save"),
            back_url=reverse("panels_file_item", args=[self.item.code, self.item.id]),
            done=_("Recorded."),
            form=form,
            act=act,
        )
        return run_step(self.at.request, step, file=self.at, more={"item": self.item})


def _case_page(request: HttpRequest, code: str, item_id: UUID) -> CasePage:
    at = file_page(request, code, tab=TAB)
    item = get_item_of_file(at.actor, at.person.id, item_id, language=language_of(), now=at.now)
    return CasePage(at, item)


def _decided_page(request: HttpRequest, code: str, item_id: UUID) -> CasePage:
    """Return a case whose decision is in force. Raises NothingDecided."""
    case = _case_page(request, code, item_id)
    if case.item.decision is None or not case.item.decision.is_in_force:
        raise NothingDecided
    return case


@page("panels.record_wishes")
def wishes(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Record what the person wants, before anything else."""
    case, form = _case_page(request, code, item_id), WishesForm(request.POST or None)

    def act() -> None:
        how = WishesHow(form.cleaned_data["how"])
        actions.record_wishes(case.at.actor, **case.about, how=how, text=form.cleaned_data["text"])

    lede = _("They come before every option, and the panel reads them first.")
    return case.show(_("The wishes of the person"), lede, form, act)


@page("panels.compare")
def option(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Put an option beside the others."""
    case = _case_page(request, code, item_id)
    form = OptionForm(request.POST or None, options=list_open_options(case.item, language_of()))

    def act() -> None:
        typed = form.cleaned_data
        actions.add_option(
            case.at.actor,
            **case.about,
            code=typed["code"],
            for_it=typed["for_it"],
            against_it=typed["against_it"],
        )

    lede = _("Several may run at once. Help never depends on testifying or on cooperating with anybody.")
    return case.show(_("Add an option"), lede, form, act)


@page("panels.record_decision")
def decision(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Write what the meeting decided."""
    case = _case_page(request, code, item_id)
    options = [(one.code, one.label) for one in case.item.options]
    form = DecisionForm(request.POST or None, options=options, gaps=case.item.gaps)

    def act() -> None:
        typed = form.cleaned_data
        actions.record_decision(
            case.at.actor,
            **case.about,
            options=typed["options"],
            reasons=typed["reasons"],
            conditions=typed["conditions"],
            review_date=typed["review_date"],
            why_without=typed.get("why_without", ""),
        )

    lede = _(
        "It is in force once members who make a quorum signed it. Dissent is written by whoever dissents."
    )
    return case.show(_("The decision of the panel"), lede, form, act)


@page("panels.record_answer")
def answer(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Record what the person said of the decision."""
    case, form = _decided_page(request, code, item_id), AnswerForm(request.POST or None)

    def act() -> None:
        said = AnswerCode(form.cleaned_data["answer"])
        text = form.cleaned_data["text"]
        actions.record_answer(case.at.actor, **case.about, answer=said, text=text, new_id=form.makes)

    lede = _("The person hears the decision and its reasons in a language they understand, then answers.")
    return case.show(_("The person's answer"), lede, form, act)


@page("panels.record_decision")
def task(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Plan a task that follows from the decision."""
    case, form = _decided_page(request, code, item_id), TaskForm(request.POST or None)

    def act() -> None:
        typed = form.cleaned_data
        actions.add_follow_up(
            case.at.actor,
            **case.about,
            kind=TaskKind(typed["kind"]),
            due_at=make_aware(datetime.combine(typed["due_date"], time(17))),
            text=typed["text"],
            new_id=form.makes,
        )

    lede = _("It stands in the file's plan and in the unit's worklist.")
    return case.show(_("A task that follows"), lede, form, act)


@page("panels.recuse")
def recuse(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Set a member aside, before a decision is written: for the secretariat of the body, or the member."""
    case = _case_page(request, code, item_id)
    seats = list_recusable(case.at.actor, case.item)
    if not seats:
        raise NotYoursToRecuse
    form = RecuseForm(
        request.POST or None, seats=[(str(one.id), f"{one.name}, {one.agency_name}") for one in seats]
    )

    def act() -> None:
        typed = form.cleaned_data
        actions.recuse(
            case.at.actor,
            **case.about,
            seat_id=UUID(typed["seat"]),
            conflict=Conflict(typed["conflict"]),
            reason=typed["reason"],
        )

    lede = _(
        "From now on they are not shown this case, do not count and do not sign. It cannot be taken back."
    )
    return case.show(_("Somebody has a conflict of interest"), lede, form, act)
