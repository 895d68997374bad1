"""The pages that change the recovery and reflection period: extend it, or record a waiver."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.access.data import Stale
from amparo.access.pages import page
from amparo.core.refusal import Refusal
from amparo.procedures import actions, queries
from amparo.procedures.data.shapes import GuidePage
from amparo.procedures.forms import ExtendForm, WaiveForm
from amparo.procedures.pages import FilePage, file_page, language_of, put_refusal

TAB = "procedures_of_file"


@page("procedures.extend_period")
def extend(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """Extend the period that runs, with the reason."""
    at = file_page(request, code, tab=TAB)
    shown = _page(at, procedure_id)
    data = request.POST if request.method == "POST" else None
    form = ExtendForm(data, version=shown.procedure.version, language=language_of())
    if form.is_valid():
        about: dict[str, Any] = {"now": at.now, "person_id": at.person.id, "procedure_id": procedure_id}
        try:
            actions.extend_period(at.actor, **about, **form.cleaned_data)
        except Stale:
            shown, typed = _reread(at, procedure_id)
            form = ExtendForm(typed, version=shown.procedure.version, language=language_of())
            return _show(at, shown, form, "procedures/extend.html", is_stale=True)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("The period was extended. The history says until when, and why."))
            return redirect("procedures_guide", code, procedure_id)
    return _show(at, shown, form, "procedures/extend.html")


@page("procedures.waive_period")
def waive(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """Record that an informed adult gave up the rest of the period."""
    at = file_page(request, code, tab=TAB)
    shown = _page(at, procedure_id)
    data = request.POST if request.method == "POST" else None
    form = WaiveForm(data, version=shown.procedure.version)
    if form.is_valid():
        about: dict[str, Any] = {"now": at.now, "person_id": at.person.id, "procedure_id": procedure_id}
        try:
            actions.waive_period(at.actor, **about, **form.cleaned_data)
        except Stale:
            shown, typed = _reread(at, procedure_id)
            form = WaiveForm(typed, version=shown.procedure.version)
            return _show(at, shown, form, "procedures/waive.html", is_stale=True)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("The waiver was recorded. Only the period ends; help goes on."))
            return redirect("procedures_guide", code, procedure_id)
    return _show(at, shown, form, "procedures/waive.html")


def _page(at: FilePage, procedure_id: UUID) -> GuidePage:
    return queries.get_guide_page(
        at.actor, at.person.id, procedure_id, "", language=language_of(), now=at.now
    )


def _reread(at: FilePage, procedure_id: UUID) -> tuple[GuidePage, QueryDict]:
    """Return what stands now, and what was typed as an answer to it."""
    shown, typed = _page(at, procedure_id), at.request.POST.copy()
    typed["version"] = str(shown.procedure.version)
    return shown, typed


def _show(
    at: FilePage, shown: GuidePage, form: ExtendForm | WaiveForm, template: str, *, is_stale: bool = False
) -> HttpResponse:
    context = {"page": shown, "form": form, "is_stale": is_stale}
    status = 409 if is_stale else 400 if form.is_bound else 200
    return at.show(template, context, header=shown.header, status=status)
