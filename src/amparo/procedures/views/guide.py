"""The list of procedures, the guide page and findings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.access.data import Stale
from amparo.access.pages import page
from amparo.core.refusal import Refusal
from amparo.core.truth import Truth
from amparo.procedures import actions, queries
from amparo.procedures.data.refusals import AlreadyRecorded
from amparo.procedures.data.shapes import GuidePage
from amparo.procedures.forms import FindingForm, OpenForm
from amparo.procedures.pages import FilePage, country_of, file_page, language_of, put_refusal
from amparo.procedures.queries.citations import list_citable

TAB = "procedures_of_file"


@page("procedures.read")
def of_file(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures of a file; each may be opened at any time, beside the others."""
    at = file_page(request, code, tab=TAB)
    opened = queries.list_procedures(at.actor, at.person.id, language_of())
    offered = queries.list_offered(
        country_of(at.actor), at.now.date(), child=queries.child_on(at.person.id, at.now)
    )
    is_sent = request.method == "POST"
    form = OpenForm(request.POST if is_sent else None, definitions=[one.id for one in offered])
    if form.is_valid():
        definition = form.cleaned_data["definition"]
        procedure_id = actions.open_procedure(
            at.actor, now=at.now, person_id=at.person.id, definition=definition, country=country_of(at.actor)
        )
        return redirect("procedures_guide", code, procedure_id)
    running = {one.definition for one in opened if one.is_open}
    context = {
        "form": form,
        "procedures": opened,
        "compares_routes": queries.is_on_several_routes(opened, at.now.date()),
        "offered": [
            {"id": one.id, "title": one.title[language_of()], "about": one.about[language_of()]}
            for one in offered
            if one.id not in running
        ],
    }
    return at.show("procedures/list.html", context, status=400 if is_sent else 200)


@page("procedures.read")
def guide(request: HttpRequest, code: str, procedure_id: UUID, element: str = "") -> HttpResponse:
    """The guide with one element open; a finding is recorded on the same page."""
    at = file_page(request, code, tab=TAB)
    shown = queries.get_guide_page(
        at.actor, at.person.id, procedure_id, element, language=language_of(), now=at.now
    )
    form = _finding_form(at, shown, request.POST)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _record(at, shown, form)
        except AlreadyRecorded:
            messages.info(
                request, _("This form was sent before: your finding stands as you first recorded it.")
            )
            return redirect("procedures_element", code, procedure_id, shown.element.id)
        except Stale:
            return _show_both(at, procedure_id, shown.element.id)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Your finding was recorded. Earlier ones stay readable."))
            return redirect("procedures_element", code, procedure_id, shown.element.id)
    context = {"page": shown, "form": form, "guide_url": request.path}
    return at.show("procedures/guide.html", context, header=shown.header, status=_status(form))


@page("procedures.read")
def side_by_side(request: HttpRequest, code: str) -> HttpResponse:
    """Asylum, Cartagena and complementary protection for one person, beside each other."""
    at = file_page(request, code, tab=TAB)
    sides = queries.list_sides(
        at.actor, at.person.id, country=country_of(at.actor), language=language_of(), now=at.now
    )
    return at.show("procedures/side_by_side.html", {"sides": sides})


def _show_both(at: FilePage, procedure_id: UUID, element: str) -> HttpResponse:
    """Show what was recorded meanwhile beside what was typed, which can be recorded on top of it."""
    shown = queries.get_guide_page(
        at.actor, at.person.id, procedure_id, element, language=language_of(), now=at.now
    )
    typed = at.request.POST.copy()
    typed["number"] = str(len(shown.element.findings))
    form = _finding_form(at, shown, typed)
    context = {"page": shown, "form": form, "guide_url": at.request.path, "is_stale": True}
    return at.show("procedures/guide.html", context, header=shown.header, status=409)


def _status(form: FindingForm | None) -> int:
    return 400 if form is not None and form.is_bound else 200


def _finding_form(at: FilePage, shown: GuidePage, posted: QueryDict) -> FindingForm | None:
    """Return the form; while law is looked for it is not sent, and keeps what was typed."""
    if not shown.element.is_answerable or not shown.procedure.is_open:
        return None
    is_looking, element = "find_law" in posted, shown.element
    citable = list_citable(
        posted.get("law", "") if is_looking else "",
        language_of(),
        ticked=posted.getlist("citations"),
        suggested=[*(one.id for one in element.sources), *(one.id for one in element.decisions)],
    )
    others = [one for one in shown.element.findings if one.stands and one.by != at.actor.ref]
    return FindingForm(
        posted if at.request.method == "POST" and not is_looking else None,
        element=shown.element,
        prompts=shown.prompts,
        others=others,
        citable=citable,
        standard=shown.standard,
        language=language_of(),
        typed=_typed(posted) if is_looking else None,
    )


def _typed(posted: QueryDict) -> dict[str, object]:
    several = {"evidence", "indicators", "replaces", "citations"}
    return {name: values if name in several else values[-1] for name, values in posted.lists()}


def _record(at: FilePage, shown: GuidePage, form: FindingForm) -> None:
    typed = form.cleaned_data
    actions.record_finding(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        procedure_id=shown.procedure.id,
        element=shown.element.id,
        truth=Truth(typed["truth"]),
        reasons=typed["reasons"],
        standard=typed["standard"],
        evidence=typed.get("evidence", []),
        indicators=typed.get("indicators", []),
        confidence=typed["confidence"],
        confidence_note=typed["confidence_note"],
        until_date=typed.get("until_date"),
        replaces=[UUID(one) for one in typed.get("replaces", [])],
        citations=typed.get("citations", []),
        finding_id=typed["form_id"],
        number=typed["number"] or 0,
    )
