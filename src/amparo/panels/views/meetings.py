"""Meetings: the agenda, and what the secretariat records. Cases show to those who sit on them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.core.refusal import Unknown
from amparo.panels import actions
from amparo.panels.data.shapes import MeetingPage
from amparo.panels.meeting_forms import AttendanceForm, ConveneForm, OutcomeForm, TopicForm
from amparo.panels.queries.bodies import get_body_page
from amparo.panels.queries.meetings import get_meeting_page, get_topic
from amparo.panels.queries.minutes import get_minutes
from amparo.panels.views.frame import Step, run_step
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import actor_of, language_of, now_of, pdf_answer


@page("panels.bodies")
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting with its agenda, as far as the reader may see it."""
    shown = _read(request, meeting_id)
    context = {"page": shown, "has_begun": shown.meeting.held_at <= now_of(request)}
    return render(request, "panels/meeting.html", context)


@page("panels.bodies")
def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as PDF, by codes, with the cases that the reader may see. No name is in its own."""
    actor, now = actor_of(request), now_of(request)
    content = get_minutes(actor, meeting_id, language=language_of(), now=now)
    return pdf_answer(make_pdf("minutes", content, now=now), f"{content['file_name']}.pdf")


def _read(request: HttpRequest, meeting_id: UUID) -> MeetingPage:
    return get_meeting_page(actor_of(request), meeting_id, language=language_of(), now=now_of(request))


def _read_as_secretary(request: HttpRequest, meeting_id: UUID) -> MeetingPage:
    """Return the meeting to its secretariat alone. Raises Unknown."""
    shown = _read(request, meeting_id)
    if not shown.may_keep:
        raise Unknown
    return shown


@page("panels.convene")
def convene(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Give notice of a meeting to every seat."""
    actor, now = actor_of(request), now_of(request)
    shown = get_body_page(actor, body_id)
    if not shown.may_convene:
        raise Unknown
    form = ConveneForm(request.POST or None)

    def act() -> None:
        actions.convene(actor, now=now, body_id=body_id, held_at=form.held_at, new_id=form.makes)

    step = Step(
        title=_("Convene: %(body)s") % {"body": shown.body.name},
        lede=_("Every seat finds the meeting in its worklist. Cases are put on the agenda from their files."),
        button=_("Give notice"),
        back_url=reverse("panels_body", args=[body_id]),
        done=_("Notice was given."),
        form=form,
        act=act,
    )
    return run_step(request, step)


@page("panels.convene")
def attendance(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Record who was there."""
    actor, now, shown = actor_of(request), now_of(request), _read_as_secretary(request, meeting_id)
    form = AttendanceForm(
        request.POST or None,
        seats=[(str(one.seat.id), f"{one.seat.name}, {one.seat.agency_name}") for one in shown.seats],
        present=[str(one.seat.id) for one in shown.seats if one.is_present],
        version=shown.meeting.version,
    )

    def act() -> None:
        actions.record_attendance(
            actor,
            now=now,
            meeting_id=meeting_id,
            version=form.cleaned_data["version"],
            present=[UUID(seat_id) for seat_id in form.cleaned_data["present"]],
        )

    lede = _("The quorum of each case is counted from this. A correction is another record.")
    return run_step(request, _step(meeting_id, _("Attendance"), lede, form, act))


@page("panels.convene")
def topic(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put a general point on the agenda."""
    actor, now = actor_of(request), now_of(request)
    _read_as_secretary(request, meeting_id)
    form = TopicForm(request.POST or None)

    def act() -> None:
        title = form.cleaned_data["title"]
        actions.add_topic(actor, now=now, meeting_id=meeting_id, title=title, new_id=form.makes)

    lede = _("For what is about nobody in particular.")
    return run_step(request, _step(meeting_id, _("Add a general point"), lede, form, act))


@page("panels.convene")
def outcome(request: HttpRequest, meeting_id: UUID, topic_id: UUID) -> HttpResponse:
    """Record what came of a general point."""
    actor, now = actor_of(request), now_of(request)
    _read_as_secretary(request, meeting_id)
    point = get_topic(actor, meeting_id, topic_id)
    form = OutcomeForm(request.POST or None, initial={"outcome": point.outcome})

    def act() -> None:
        actions.record_outcome(
            actor,
            now=now,
            meeting_id=meeting_id,
            topic_id=topic_id,
            outcome=form.cleaned_data["outcome"],
        )

    return run_step(request, _step(meeting_id, point.title, _("It stands in the minutes."), form, act))


@page("panels.convene")
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call a meeting off."""
    if request.method == "POST":
        shown = _read_as_secretary(request, meeting_id)
        actions.cancel_meeting(
            actor_of(request), now=now_of(request), meeting_id=meeting_id, version=shown.meeting.version
        )
        messages.success(request, _("The meeting was called off."))
    return redirect("panels_meeting", meeting_id)


def _step(meeting_id: UUID, title: str, lede: str, form: Form, act: Callable[[], object]) -> Step:
    return Step(
        title=title,
        lede=lede,
        button=_("Save"),
        back_url=reverse("panels_meeting", args=[meeting_id]),
        done=_("Recorded."),
        form=form,
        act=act,
    )
