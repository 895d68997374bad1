"""The page that changes what is known of a person, with both values when somebody else did too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amparo.access.data import Locked, Stale
from amparo.access.pages import page
from amparo.cases import actions, queries
from amparo.cases.data import (
    BIRTH_FIELD,
    CONTACT_FIELD,
    NAMES_FIELD,
    Birth,
    NameEntry,
    Precision,
    SafeContact,
)
from amparo.cases.forms.person import (
    NameForms,
    PersonEntry,
    PersonForm,
    as_typed,
    initial_person,
    one_more_name,
    posted_names,
    typed_person,
)
from amparo.cases.views import editing
from amparo.cases.views.conflicts import Conflict, find_conflicts, resolve
from amparo.cases.views.editing import Place, Saved
from amparo.cases.views.frame import FilePage, file_page, staff_names
from amparo.core.policy import Purpose
from amparo.vault import door
from amparo.vault.data import Compartment, Opened
from amparo.vault.door import PlainUse

PLACE = Place(_("Change what is known of the person"), "cases_file", _("Save"))


@page("cases.edit_person")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is known in a form; keep what was typed; never overwrite silently."""
    at = file_page(request, code)
    if not at.actor.is_unlocked:
        raise Locked
    saved, names = _read(at)
    if request.method != "POST":
        return _show(at, PersonForm(initial=saved.values), _name_forms(names), saved.version)
    posted = resolve(request.POST, saved.values, list(PersonForm.base_fields))
    if request.POST.get("keep-names") == "theirs":
        posted = _with_names(posted, names)
    version = editing.typed_version(request.POST)
    if "more_names" in request.POST:
        return _show(at, PersonForm(initial=as_typed(posted)), one_more_name(posted), version)
    form, typed_names = PersonForm(posted), posted_names(posted)
    entries = typed_names.entries()
    if not form.is_valid() or not entries:
        return _show(at, form, typed_names, version, status=editing.UNPROCESSABLE)
    entry = form.entry(entries, at.now.date())
    try:
        _save(at, entry, version)
    except Stale:
        return _show_conflict(at, form, entry)
    return redirect("cases_file", code)


def _read(at: FilePage) -> tuple[Saved, list[NameEntry]]:
    """Return what is saved now. Opening it is recorded."""
    facts = queries.get_person_row(at.actor, at.person.id)
    parts = {Compartment.ID, Compartment.CONTACT}
    opened = door.open(at.actor, at.person.id, parts, Purpose.CASE_WORK, now=at.now)
    birth = _plain(opened, Compartment.ID, BIRTH_FIELD)
    contact = _plain(opened, Compartment.CONTACT, CONTACT_FIELD)
    values = initial_person(
        facts,
        Birth.from_json(birth) if birth else Birth(Precision.UNKNOWN),
        SafeContact.from_json(contact) if contact else SafeContact(),
        at.now.date(),
    )
    names = [NameEntry.from_json(entry) for entry in _plain(opened, Compartment.ID, NAMES_FIELD) or ()]
    return Saved(values, facts["version"], facts["updated_by"], facts["updated_at"]), names


def _plain(opened: Opened, part: Compartment, field: str) -> Any:
    value = opened.get(part, field)
    return door.plain(value, PlainUse.FORM) if value is not None else None


def _save(at: FilePage, entry: PersonEntry, version: int) -> None:
    actions.edit_person(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        version=version,
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
    )


def _show(at: FilePage, form: PersonForm, names: Any, version: int, status: int = 200) -> HttpResponse:
    context = {"form": form, "names": names, "version": version, "place": PLACE}
    context["is_adding"] = "more_names" in at.request.POST
    return at.show("edit_person.html", context, tab=PLACE.tab, status=status)


def compare(at: FilePage, typed: PersonEntry) -> tuple[Saved, list[Conflict]]:
    """Return what is saved now, and where what was typed says something else. Opening it is recorded."""
    saved, names = _read(at)
    who = staff_names([saved.changed_by]).get(saved.changed_by, "")
    form = PersonForm(initial=typed_person(typed, at.now.date()))
    conflicts = find_conflicts(form, saved.values, changed_by=who, changed_at=saved.changed_at)
    if list(typed.names) != names:
        mine, theirs = ("; ".join(name.full for name in each) for each in (typed.names, names))
        conflicts.insert(0, Conflict("names", str(_("Names")), mine, theirs, who, saved.changed_at))
    return saved, conflicts


def _show_conflict(at: FilePage, form: PersonForm, typed: PersonEntry) -> HttpResponse:
    saved, conflicts = compare(at, typed)
    if not conflicts:
        return redirect("cases_file", at.person.code)
    assert isinstance(form.data, QueryDict)
    return editing.show_conflicts(at, PLACE, conflicts, form.data, saved.version)


def _name_forms(names: list[NameEntry]) -> Any:
    """Return forms with the names as they are, and one that is empty."""
    forms = NameForms(prefix="names", initial=[{**name.to_json(), "kind": name.kind} for name in names])
    forms.extra = 1
    return forms


def _with_names(posted: QueryDict, names: list[NameEntry]) -> QueryDict:
    """Put the saved names in the place of the typed ones."""
    chosen = posted.copy()
    for key in [key for key in chosen if key.startswith("names-")]:
        del chosen[key]
    chosen["names-TOTAL_FORMS"], chosen["names-INITIAL_FORMS"] = str(len(names)), "0"
    for number, name in enumerate(names):
        for field, value in name.to_json().items():
            chosen[f"names-{number}-{field}"] = str(value)
    return chosen
