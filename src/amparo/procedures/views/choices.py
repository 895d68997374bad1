"""Choosing from a code list of a procedure, with reasons."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.access.data import Stale
from amparo.access.pages import page
from amparo.core.refusal import Refusal
from amparo.procedures import actions, queries
from amparo.procedures.data.choices import AlreadyChosen, ChoicePage
from amparo.procedures.forms import ChoiceForm
from amparo.procedures.pages import FilePage, file_page, language_of, put_refusal

TAB = "procedures_of_file"


@page("procedures.record_choice")
def choice(request: HttpRequest, code: str, procedure_id: UUID, choice_id: str) -> HttpResponse:
    """Choose, or read what was chosen. What stood before stays on the page, below what stands."""
    at = file_page(request, code, tab=TAB)
    shown = _read(at, procedure_id, choice_id)
    form = _form(shown, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(at, shown, form, status=400 if form.is_bound else 200)
    try:
        _record(at, procedure_id, choice_id, form)
    except Stale:
        return _show_both(at, _read(at, procedure_id, choice_id))
    except AlreadyChosen:
        messages.info(request, _("This form was sent before: the choice stands as first recorded."))
    except Refusal as refusal:
        put_refusal(form, refusal)
        return _show(at, shown, form, status=refusal.status)
    else:
        messages.success(request, _("The choice was recorded. Earlier ones stay readable."))
    return redirect("procedures_guide", code, procedure_id)


def _read(at: FilePage, procedure_id: UUID, choice_id: str) -> ChoicePage:
    return queries.get_choice_page(
        at.actor, at.person.id, procedure_id, choice_id, language=language_of(), now=at.now
    )


def _form(shown: ChoicePage, typed: QueryDict | None) -> ChoiceForm:
    standing = shown.view.standing
    return ChoiceForm(
        typed,
        choice=shown.law,
        codes=standing.codes if standing else (),
        number=shown.view.number,
        language=language_of(),
    )


def _show_both(at: FilePage, shown: ChoicePage) -> HttpResponse:
    """Show what somebody else chose meanwhile above what was typed, which can be recorded on top of it."""
    typed = at.request.POST.copy()
    typed["number"] = str(shown.view.number)
    return _show(at, shown, _form(shown, typed), status=409, is_stale=True)


def _show(
    at: FilePage, shown: ChoicePage, form: ChoiceForm, *, status: int, is_stale: bool = False
) -> HttpResponse:
    context = {"page": shown, "form": form, "is_stale": is_stale}
    return at.show("procedures/choice.html", context, header=shown.header, status=status)


def _record(at: FilePage, procedure_id: UUID, choice_id: str, form: ChoiceForm) -> None:
    actions.record_choice(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        procedure_id=procedure_id,
        choice=choice_id,
        codes=form.codes,
        reasons=form.cleaned_data["reasons"],
        number=form.cleaned_data["number"],
        choice_id=form.cleaned_data["form_id"],
    )
