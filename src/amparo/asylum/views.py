"""The register of advisory opinions, and the two sides of a request."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.access.data import Actor, Locked
from amparo.access.pages import may_use, page
from amparo.access.queries import list_own_units
from amparo.asylum import actions, law, queries
from amparo.asylum.data import Draft, NotAnAsylumAuthority, OpinionLine
from amparo.asylum.document import opinion_content
from amparo.asylum.elements_form import field_of, typed_so_far
from amparo.asylum.forms import AnswerForm, DeclineForm, PublishForm, QuestionForm, RegisterForm, VersionForm
from amparo.cases.queries import find_by_code
from amparo.core.policy import AgencyKind
from amparo.core.refusal import Refusal, Unknown
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import actor_of, language_of, now_of, pdf_answer, put_refusal
from amparo.vault.data import NoKey


@page("asylum.read_register")
def register(request: HttpRequest) -> HttpResponse:
    """Search what advisory opinions said about the law."""
    form = RegisterForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    element = typed.get("element", "")
    context = {
        "form": RegisterForm(initial=typed),
        "found": queries.search_register(typed.get("q", ""), element),
        "element": next(iter(law.name_elements([element], language_of())), None) if element else None,
        "is_searching": any(typed.values()),
        "has_requests": may_use(actor_of(request), queries.ASK) or may_use(actor_of(request), queries.GIVE),
    }
    return render(request, "asylum/register.html", context)


@page("asylum.read_register")
def registered(request: HttpRequest, number: str) -> HttpResponse:
    """One opinion: what it says, and what it stands on; its agency may withdraw it."""
    actor = actor_of(request)
    opinion = queries.get_registered(number, actor.agency_id)
    unit_id = next((unit.id for unit in list_own_units(actor, queries.GIVE)), None)
    if request.method == "POST" and unit_id is not None:
        actions.withdraw_opinion(actor, now=now_of(request), unit_id=unit_id, number=number)
        messages.success(request, _("Withdrawn. The number stays; what it said was destroyed."))
        return redirect("asylum_registered", number)
    language = language_of()
    context = {
        "opinion": opinion,
        "elements": law.name_elements(opinion.elements, language),
        "sources": law.name_sources(opinion.sources, language),
        "decisions": law.name_decisions(opinion.decisions, language),
        "may_withdraw": opinion.is_own and unit_id is not None,
    }
    return render(request, "asylum/registered.html", context)


@page("asylum.read_register")
def document(request: HttpRequest, number: str) -> HttpResponse:
    """One opinion of the register as PDF."""
    opinion = queries.get_registered(number)
    if opinion.withdrawn_date is not None:
        raise Unknown
    content = opinion_content(opinion, language=language_of(), printed_by=actor_of(request).name)
    return pdf_answer(make_pdf("opinion", content, now=now_of(request)), f"{number}.pdf")


@page("asylum.read_requests")
def requests(request: HttpRequest) -> HttpResponse:
    """What the actor's units asked, and were asked."""
    actor = actor_of(request)
    context = {"lines": queries.list_requests(actor), "may_ask": _asking_unit(actor) is not None}
    return render(request, "asylum/requests.html", context)


@page("asylum.ask_opinion")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a UN office for an opinion on the law."""
    actor = actor_of(request)
    unit_id = _asking_unit(actor)
    if unit_id is None:
        raise NotAnAsylumAuthority
    form = QuestionForm(
        request.POST if _is_sent(request) else None,
        initial=typed_so_far(request.POST),
        language=language_of(),
    )
    if form.is_bound and form.is_valid() and not form.asks_again(actor, now=now_of(request)):
        try:
            asked_id = actions.ask_opinion(
                actor,
                now=now_of(request),
                unit_id=unit_id,
                question=form.question(_own_file(actor, form.cleaned_data["code"])),
            )
        except Unknown:
            form.add_error("code", _("You have no file with this code."))
        except (Locked, NoKey):
            raise
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Sent. The office finds it in its worklist and alone can open it."))
            return redirect("asylum_request", asked_id)
    return render(request, "asylum/ask.html", {"form": form}, status=400 if form.is_bound else 200)


def _is_sent(request: HttpRequest) -> bool:
    """Return whether a form was sent to be judged, and not only to show the boxes of other guides."""
    return request.method == "POST" and "show" not in request.POST


def _own_file(actor: Actor, code: str) -> UUID | None:
    return find_by_code(actor, code.strip().upper()).id if code.strip() else None


def _asking_unit(actor: Actor) -> UUID | None:
    units = list_own_units(actor, queries.ASK)
    return next((unit.id for unit in units if unit.agency_kind == AgencyKind.ASYLUM_AUTHORITY), None)


@page("asylum.read_requests")
def request_page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, for either side; opening its text is recorded first."""
    actor, now = actor_of(request), now_of(request)
    line = queries.get_request(actor, request_id)
    publish = PublishForm(
        request.POST if "publish" in request.POST else None, initial={"version": line.version}
    )
    if publish.is_bound:
        if publish.is_valid() and (number := _publish(request, line, publish)):
            return redirect("asylum_registered", number)
    elif request.method == "POST":
        _end(request, line)
        return redirect("asylum_request", request_id)
    draft = queries.get_draft(actor, line)
    context = {
        "publish": publish,
        "draft": draft,
        "draft_law": _law_of(draft) if draft else [],
        "line": line,
        "elements": law.name_elements(line.elements, language_of()),
        "summary": queries.open_summary(actor, line, now=now) if actor.is_unlocked else None,
        "advice": queries.open_advice(actor, line, now=now) if actor.is_unlocked else None,
        "form": VersionForm(initial={"version": line.version}),
    }
    return render(request, "asylum/request.html", context, status=400 if publish.is_bound else 200)


def _law_of(draft: Draft) -> list[law.Point]:
    """Return what a draft stands on: elements, sources and decisions, by name."""
    language = language_of()
    return [
        *law.name_elements(draft.elements, language),
        *law.name_sources(draft.sources, language),
        *law.name_decisions(draft.decisions, language),
    ]


def _publish(request: HttpRequest, line: OpinionLine, form: PublishForm) -> str:
    """Register the answer and return its number; "" where it was refused, with the refusal on the form."""
    version = form.cleaned_data["version"]
    try:
        registered_id = actions.publish_opinion(
            actor_of(request), now=now_of(request), request_id=line.id, version=version
        )
    except (Locked, NoKey):
        raise
    except Refusal as refusal:
        put_refusal(form, refusal)
        return ""
    messages.success(request, _("It is in the register. Nothing leads from there to this request."))
    return queries.find_number(registered_id)


def _end(request: HttpRequest, line: OpinionLine) -> None:
    """Withdraw a request that waits, or keep its answer out of the register."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        return
    version = form.cleaned_data["version"]
    if "keep_out" in request.POST:
        actions.keep_opinion_out(actor_of(request), now=now_of(request), request_id=line.id, version=version)
        messages.success(request, _("It stays out of the register. You keep the sealed answer."))
    else:
        actions.withdraw_request(actor_of(request), now=now_of(request), request_id=line.id, version=version)
        messages.success(request, _("Withdrawn. The office's copy of the text was destroyed."))


@page("asylum.give_opinion")
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Give the opinion, or say that none will be given."""
    actor, now = actor_of(request), now_of(request)
    line = queries.get_request(actor, request_id)
    if line.is_asker:
        raise Unknown
    is_declining = "decline" in request.POST
    form = _answer_form(request, line, is_sent=_is_sent(request) and not is_declining)
    decline = DeclineForm(request.POST if is_declining else None, initial={"version": line.version})
    sent: Form = decline if is_declining else form
    must_look = form.is_valid() and form.asks_again(actor, now=now)
    if sent.is_bound and sent.is_valid() and not must_look:
        try:
            return _answer(request, line, form, decline)
        except (Locked, NoKey):
            raise
        except Refusal as refusal:
            put_refusal(sent, refusal)
    context = {
        "line": line,
        "form": form,
        "decline": decline,
        "elements": law.name_elements(line.elements, language_of()),
        "summary": queries.open_summary(actor, line, now=now) if actor.is_unlocked else None,
    }
    return render(request, "asylum/answer.html", context, status=400 if sent.is_bound else 200)


def _answer_form(request: HttpRequest, line: OpinionLine, *, is_sent: bool) -> AnswerForm:
    asked = {field_of(guide): list(line.elements) for guide in law.guides_of(line.elements)}
    typed = typed_so_far(request.POST) if "show" in request.POST else asked
    return AnswerForm(
        request.POST if is_sent else None,
        language=language_of(),
        asked=line.elements,
        initial={**typed, "version": line.version},
    )


def _answer(request: HttpRequest, line: OpinionLine, form: AnswerForm, decline: DeclineForm) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    if decline.is_bound:
        typed = decline.cleaned_data
        actions.decline_opinion(
            actor, now=now, request_id=line.id, version=typed["version"], why=typed["why"]
        )
        messages.success(request, _("The authority was told. Your copy of the text was destroyed."))
        return redirect("asylum_request", line.id)
    version = form.cleaned_data["version"]
    actions.give_opinion(actor, now=now, request_id=line.id, version=version, answer=form.answer())
    messages.success(
        request,
        _("Given. It is registered once the authority has read it again and says that it points to nobody."),
    )
    return redirect("asylum_request", line.id)
