"""Pages of family, closing and reopening."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amparo.access.pages import page
from amparo.cases import actions, queries
from amparo.cases.data import FileState
from amparo.cases.forms.files import AnswerForm, ClosureForm, RelationForm, ReopenForm
from amparo.cases.views import editing
from amparo.cases.views.editing import Place
from amparo.cases.views.frame import FilePage, file_page

TAB = "cases_file"
form_page = require_http_methods(["GET", "POST"])


@page("cases.relate")
@form_page
def add_relation(request: HttpRequest, code: str) -> HttpResponse:
    """Say how somebody is related to the person."""
    at = file_page(request, code)

    def make_form(data: Any, initial: Any) -> RelationForm:
        return RelationForm(
            data, initial=initial, find=lambda text: queries.find_by_typed_code(at.actor, text)
        )

    def save(typed: dict[str, Any]) -> None:
        actions.relate(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            kind=typed["kind"],
            other_id=typed["other_id"],
            name=typed["name"],
        )

    return editing.add(at, Place(_("Add a relation"), TAB, _("Add the relation")), make_form, save)


@page("cases.request_closure")
@form_page
def request_closure(request: HttpRequest, code: str) -> HttpResponse:
    at = file_page(request, code)

    def save(typed: dict[str, Any]) -> None:
        actions.request_closure(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            version=editing.typed_version(request.POST),
            reason=typed["reason"],
            text=typed["text"],
        )

    place = Place(
        _("Ask to close the file"),
        TAB,
        _("Ask the supervisor"),
        lede=_("A closure needs two people. The file can be reopened at any time."),
    )
    return _with_version(at, place, ClosureForm, save)


@page("cases.close_file")
@form_page
def answer_closure(request: HttpRequest, code: str) -> HttpResponse:
    """A supervisor approves the closure, or sends the file back to work."""
    at = file_page(request, code)
    header = at.header()
    form = AnswerForm(request.POST or None)
    if (
        request.method != "POST"
        or not form.is_valid()
        or header.file_state is not FileState.CLOSURE_REQUESTED
    ):
        return at.show("answer_closure.html", {"form": form}, tab=TAB, header=header)
    answer = actions.approve_closure if "approve" in request.POST else actions.refuse_closure
    answer(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        version=editing.typed_version(request.POST),
        text=form.cleaned_data["text"],
    )
    return redirect(TAB, code)


@page("cases.reopen_file")
@form_page
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    at = file_page(request, code)

    def save(typed: dict[str, Any]) -> None:
        actions.reopen_file(
            at.actor,
            now=at.now,
            person_id=at.person.id,
            version=editing.typed_version(request.POST),
            reason=typed["reason"],
            text=typed["text"],
        )

    return _with_version(at, Place(_("Reopen the file"), TAB, _("Reopen the file")), ReopenForm, save)


def _with_version(at: FilePage, place: Place, form_class: Any, save: Any) -> HttpResponse:
    """Add a page whose form names the version of the file that was read."""
    return editing.add(
        at,
        place,
        lambda data, initial: form_class(data, initial=initial),
        save,
        version=at.header().file_version
        if at.request.method != "POST"
        else editing.typed_version(at.request.POST),
    )
