"""The page of a return: its gate, its signatures, its certificate, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.access.data import Locked, Stale
from amparo.access.pages import page
from amparo.core.refusal import Refusal, Unknown
from amparo.procedures.actions import issue_certificate, sign_certificate
from amparo.procedures.data.gates import GateState
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import FilePage, country_of, file_page, language_of, pdf_answer, put_refusal
from amparo.procedures.queries import gate_state
from amparo.solutions import actions, queries
from amparo.solutions.certificate import certificate_content
from amparo.solutions.data import (
    NotAsShown,
    NotInThatState,
    OnAnotherDay,
    ReturnRefused,
    ReturnTerms,
    ReturnView,
)
from amparo.solutions.forms import DepartureForm, IncidentForm, ReturnForm, SignForm, VersionForm
from amparo.vault.data import NoKey

TAB = "solutions_return"


@page("solutions.read")
def of_file(request: HttpRequest, code: str) -> HttpResponse:
    """The return of a file as it stands, or the form that drafts one."""
    at = file_page(request, code, tab=TAB)
    plan = queries.find_return(at.actor, at.person.id)
    if plan is None or not plan.is_open:
        return _draft(at, plan)
    return _show(at, plan, _gate(at, plan))


def _draft(at: FilePage, last: ReturnView | None) -> HttpResponse:
    form = ReturnForm(at.request.POST if at.request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.draft_return(
                at.actor,
                now=at.now,
                person_id=at.person.id,
                terms=_terms(form),
                country=country_of(at.actor),
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("solutions_return", at.person.code)
    context = {"form": form, "last": last, "incidents": _incidents(at)}
    return at.show("solutions/draft.html", context, status=400 if form.is_bound else 200)


def _show(
    at: FilePage, plan: ReturnView, gate: GateState, *, status: int = 200, refusal: object = None
) -> HttpResponse:
    context = {
        "plan": plan,
        "gate": gate,
        "refusal": refusal,
        "has_signed": any(one.staff_id == at.actor.staff_id for one in gate.current_signatures),
        "incidents": _incidents(at),
    }
    template = "solutions/refused.html" if refusal else "solutions/return.html"
    return at.show(template, context, status=status)


def _incidents(at: FilePage) -> object:
    return queries.list_incidents(at.actor, at.person.id, now=at.now)


def _gate(at: FilePage, plan: ReturnView) -> GateState:
    return gate_state(at.actor, at.person.id, plan.procedure_id, language=language_of(), as_of=at.now)


def _terms(form: Form) -> ReturnTerms:
    typed = form.cleaned_data
    return ReturnTerms(typed["travel_date"], typed["destination"], typed["is_voluntary"])


@page("solutions.draft_return")
def edit(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """Change the date, the destination or whether it is voluntary; a certificate lapses."""
    at = file_page(request, code, tab=TAB)
    plan = queries.get_return(at.actor, at.person.id, plan_id)
    initial = {
        "travel_date": plan.travel_date.isoformat(),
        "destination": plan.destination,
        "is_voluntary": "yes" if plan.is_voluntary else "no",
        "version": plan.version,
    }
    form = ReturnForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.edit_return(
                at.actor,
                now=at.now,
                person_id=at.person.id,
                plan_id=plan_id,
                version=form.cleaned_data["version"] or 0,
                terms=_terms(form),
            )
        except Stale:
            return _show_both(at, plan_id)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("The return was changed. It needs a new certificate."))
            return redirect("solutions_return", code)
    context = {"form": form, "plan": plan}
    return at.show("solutions/edit.html", context, status=409 if form.is_bound else 200)


def _show_both(at: FilePage, plan_id: UUID) -> HttpResponse:
    """Show what somebody else saved beside what was typed; saving again chooses the latter."""
    theirs = queries.get_return(at.actor, at.person.id, plan_id)
    typed = at.request.POST.copy()
    typed["version"] = str(theirs.version)
    context = {"form": ReturnForm(typed), "plan": theirs, "theirs": theirs}
    return at.show("solutions/edit.html", context, status=409)


@page("solutions.plan_return")
@require_POST
def plan(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """Record the return as planned, or refuse and list every condition that is open."""
    return _act(request, code, plan_id, VersionForm, _plan)


def _plan(at: FilePage, shown: ReturnView, form: Form) -> str:
    actions.plan_return(
        at.actor, now=at.now, person_id=at.person.id, plan_id=shown.id, version=form.cleaned_data["version"]
    )
    return _("The return is planned. It is due on its day, while the certificate is in force.")


@page("solutions.record_departure")
@require_POST
def depart(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """Record the departure on its certified day; for another day, offer to report what happened."""
    return _act(request, code, plan_id, DepartureForm, _depart)


def _depart(at: FilePage, shown: ReturnView, form: Form) -> str:
    actions.record_departure(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        plan_id=shown.id,
        version=form.cleaned_data["version"],
        departed_date=form.cleaned_data["departed_date"],
    )
    return _("The departure was recorded.")


@page("solutions.cancel_return")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """Say what cancelling does, then cancel a return that has not happened."""
    if request.method == "GET":
        at = file_page(request, code, tab=TAB)
        shown = queries.get_return(at.actor, at.person.id, plan_id)
        return at.show("solutions/cancel.html", {"plan": shown}) if shown.is_open else redirect(TAB, code)
    return _act(request, code, plan_id, VersionForm, _cancel)


def _cancel(at: FilePage, shown: ReturnView, form: Form) -> str:
    actions.cancel_return(
        at.actor, now=at.now, person_id=at.person.id, plan_id=shown.id, version=form.cleaned_data["version"]
    )
    return _("The return was cancelled. Nothing that was recorded is lost.")


@page("procedures.sign")
@require_POST
def sign(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """Sign exactly the conditions that the page showed."""
    return _act(request, code, plan_id, SignForm, _sign)


def _sign(at: FilePage, shown: ReturnView, form: Form) -> str:
    sign_certificate(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        procedure_id=shown.procedure_id,
        digest=form.cleaned_data["digest"],
    )
    return _("You signed exactly what the page showed.")


@page("procedures.issue_certificate")
@require_POST
def issue(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """Issue the certificate when every condition holds and enough people signed."""
    return _act(request, code, plan_id, Form, _issue)


def _issue(at: FilePage, shown: ReturnView, form: Form) -> str:
    issue_certificate(at.actor, now=at.now, person_id=at.person.id, procedure_id=shown.procedure_id)
    return _("The certificate was issued. It lapses by itself, on new facts, or when the date changes.")


def _act(
    request: HttpRequest,
    code: str,
    plan_id: UUID,
    form_class: type[Form],
    act: Callable[[FilePage, ReturnView, Form], str],
) -> HttpResponse:
    """Do one thing to a return and go back to its page; a refusal is shown in the file.

    A refusal of the gate lists its conditions. One that asks for the keys goes on to the unlocking.
    """
    at = file_page(request, code, tab=TAB)
    shown = queries.get_return(at.actor, at.person.id, plan_id)
    form = form_class(request.POST)
    try:
        if not shown.is_open:
            raise NotInThatState
        if not form.is_valid():
            raise NotAsShown
        messages.success(request, act(at, shown, form))
    except (Locked, NoKey):
        raise
    except ReturnRefused as refusal:
        return _show(at, shown, _gate(at, shown), status=refusal.status, refusal=refusal)
    except OnAnotherDay as refusal:
        return _offer_incident(at, shown, form, refusal)
    except Refusal as refusal:
        return _stop(at, refusal)
    return redirect("solutions_return", code)


def _stop(at: FilePage, refusal: Refusal) -> HttpResponse:
    return at.show("solutions/stopped.html", {"refusal": refusal}, status=refusal.status)


def _offer_incident(at: FilePage, shown: ReturnView, form: Form, refusal: Refusal) -> HttpResponse:
    """Say why the departure is not the certified one, with the form that records what happened."""
    day = form.cleaned_data["departed_date"]
    happened = {"kind": "OTHER_DAY", "departed_date": day.isoformat(), "destination": shown.destination}
    context = {"refusal": refusal, "plan": shown, "day": day, "form": IncidentForm(initial=happened)}
    return at.show("solutions/other_day.html", context, status=refusal.status)


@page("solutions.report_incident")
def incident(request: HttpRequest, code: str) -> HttpResponse:
    """Report a departure without a valid certificate: what happened in the world."""
    at = file_page(request, code, tab=TAB)
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.report_incident(at.actor, now=at.now, person_id=at.person.id, **form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Reported. The supervisors of the unit see it in their worklist."))
            return redirect("solutions_return", code)
    return at.show("solutions/incident.html", {"form": form}, status=400 if form.is_bound else 200)


@page("solutions.acknowledge_incident")
@require_POST
def acknowledge(request: HttpRequest, code: str, incident_id: UUID) -> HttpResponse:
    """Take note of an incident as a supervisor."""
    at = file_page(request, code, tab=TAB)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _stop(at, NotAsShown())
    actions.acknowledge_incident(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        incident_id=incident_id,
        version=form.cleaned_data["version"],
    )
    return redirect("solutions_return", code)


@page("solutions.read")
def certificate(request: HttpRequest, code: str, plan_id: UUID) -> HttpResponse:
    """The certificate as PDF. A lapsed one says so across its head."""
    at = file_page(request, code, tab=TAB)
    shown = queries.get_return(at.actor, at.person.id, plan_id)
    gate = _gate(at, shown)
    if gate.certificate is None:
        raise Unknown
    content = certificate_content(code, shown, gate, language=language_of(), printed_by=at.actor.name)
    return pdf_answer(make_pdf("certificate", content, now=at.now), f"{code}-certificate.pdf")
