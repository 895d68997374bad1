"""Pages: register a person, change what is known, find a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.data import Actor, Locked
from amparo.access.pages import may_use, page
from amparo.access.queries import list_units
from amparo.cases import actions, queries
from amparo.cases.data import AlreadyRegistered, Candidate, NameEntry
from amparo.cases.forms.files import SearchForm
from amparo.cases.forms.person import NameForms, RegisterForm, as_typed, one_more_name, posted_names
from amparo.cases.views.editing import Place, show_conflicts
from amparo.cases.views.frame import FilePage, actor_of, file_page, now_of
from amparo.cases.views.person import compare

FIRST_NAMES = 2


def _own_units(actor: Actor) -> list[tuple[UUID, str]]:
    return [(unit.id, unit.name) for unit in list_units(actor.agency_id) if unit.id in actor.unit_ids]


@page("cases.register_person")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form; on submission look for duplicates first, and register when none is the person."""
    actor = actor_of(request)
    if not actor.is_unlocked:
        raise Locked
    units = _own_units(actor)
    if request.method != "POST":
        names = NameForms(prefix="names")
        names.extra = FIRST_NAMES
        return _show_register(request, RegisterForm(units=units), names)
    if "more_names" in request.POST:
        form = RegisterForm(units=units, initial=as_typed(request.POST))
        return _show_register(request, form, one_more_name(request.POST))
    form, names = RegisterForm(request.POST, units=units), posted_names(request.POST)
    entries = names.entries()
    if not form.is_valid() or not entries:
        return _show_register(request, form, names)
    person_id = form.person_id()
    if queries.get_refs(actor, [person_id]):
        return _answer_sent_before(request, form, entries, person_id)
    candidates = queries.find_duplicates(actor, entries, now=now_of(request))
    if candidates and not _is_looked_at(form, candidates, set(request.POST.getlist("seen"))):
        return _show_register(request, form, names, candidates=candidates)
    try:
        _register(request, form, entries, person_id, dismissed=len(candidates))
    except AlreadyRegistered:
        if not queries.get_refs(actor, [person_id]):
            raise
        return _answer_sent_before(request, form, entries, person_id)
    return _receipt(actor, person_id)


def _is_looked_at(form: RegisterForm, candidates: list[Candidate], seen: set[str]) -> bool:
    """Say whether the worker looked at all these people; who was asked before is told at the box."""
    is_ticked = form.cleaned_data["is_other_person"]
    if is_ticked and {one.person.code for one in candidates} <= seen:
        return True
    if is_ticked and seen:
        form.add_error("is_other_person", _("Somebody else was found meanwhile. Look at the list again."))
    elif seen:
        form.add_error("is_other_person", _("Look at these people, then say here that it is none of them."))
    return False


def _receipt(actor: Actor, person_id: UUID) -> HttpResponse:
    return redirect("cases_registered", queries.get_refs(actor, [person_id])[person_id].code)


def _answer_sent_before(
    request: HttpRequest, form: RegisterForm, names: list[NameEntry], person_id: UUID
) -> HttpResponse:
    """Lead to the receipt, or show what was changed since the form registered the person, to be saved."""
    actor = actor_of(request)
    at = FilePage(request, queries.get_refs(actor, [person_id])[person_id])
    saved, conflicts = compare(at, form.entry(names, at.now.date()))
    stays_at = queries.get_file_unit_id(actor, person_id)
    if stays_at == form.unit_id() and not conflicts:
        return _receipt(actor, person_id)
    lede = _("This form registered the person before. What you changed afterwards is not saved.")
    if stays_at != form.unit_id():
        lede += " " + _("The file stays in the unit that was chosen first.")
    place = Place(_("Register a person"), "cases_file", _("Save"), lede=lede, save_at="cases_edit")
    assert isinstance(form.data, QueryDict)
    return show_conflicts(at, place, conflicts, form.data, saved.version)


def _register(
    request: HttpRequest, form: RegisterForm, names: list[NameEntry], person_id: UUID, *, dismissed: int
) -> None:
    actor, now = actor_of(request), now_of(request)
    entry = form.entry(names, now.date())
    actions.register_person(
        actor,
        now=now,
        unit_id=form.unit_id(),
        names=entry.names,
        birth=entry.birth,
        age_status=entry.age_status,
        may_be_child=entry.may_be_child,
        sex_gender=entry.sex_gender,
        languages=entry.languages,
        needs_interpreter=entry.needs_interpreter,
        nationalities=entry.nationalities,
        nationality_standing=entry.nationality_standing,
        statelessness_risks=entry.statelessness_risks,
        safe_contact=entry.safe_contact,
        duplicates_dismissed=dismissed,
        person_id=person_id,
    )


def _show_register(
    request: HttpRequest,
    form: RegisterForm,
    names: Any,
    *,
    candidates: list[Candidate] | None = None,
) -> HttpResponse:
    is_adding = "more_names" in request.POST
    context = {"form": form, "names": names, "candidates": candidates or [], "is_adding": is_adding}
    status = 200 if request.method == "GET" or is_adding else 422
    return render(request, "cases/register.html", context, status=status)


@page("cases.read_file")
def registered(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt: what happened, who can see it, what comes next."""
    at = file_page(request, code)
    unit = dict(_own_units(at.actor)).get(queries.get_file_unit_id(at.actor, at.person.id), "")
    return at.show("registered.html", {"unit": unit}, tab="cases_file")


@page("cases.search")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find by name (unlocked) or by case code (always)."""
    form = SearchForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/search.html", {"form": form, "candidates": None})
    actor, text = actor_of(request), form.cleaned_data["text"]
    person = queries.find_by_typed_code(actor, text)
    if person is not None:
        return redirect("cases_file", person.code)
    if not actor.is_unlocked:
        return render(request, "cases/search.html", {"form": form, "candidates": None, "is_locked": True})
    candidates = queries.search_people(actor, text, now=now_of(request))
    may_register = may_use(actor, "cases.register_person")
    context = {"form": form, "candidates": candidates, "may_register": may_register}
    context["damaged"] = queries.list_damaged(actor)
    return render(request, "cases/search.html", context)
