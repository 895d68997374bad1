"""Signing a step, and the page that shows both when somebody else was faster."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.access.data import Stale
from amparo.access.pages import page
from amparo.core.refusal import Refusal, Unknown
from amparo.doctrine import registry
from amparo.procedures import actions, queries
from amparo.procedures.data.refusals import MoveUnknown
from amparo.procedures.data.shapes import GuidePage, MoveResult, MoveView
from amparo.procedures.forms import StepForm
from amparo.procedures.pages import FilePage, file_page, language_of, put_refusal

TAB = "procedures_of_file"


@page("procedures.read")
def step(request: HttpRequest, code: str, procedure_id: UUID, step_id: str) -> HttpResponse:
    """Sign a step: what it does, which clock it starts, and the reasons."""
    at = file_page(request, code, tab=TAB)
    shown = _read(at, procedure_id)
    form = StepForm(request.POST if request.method == "POST" else None, version=shown.procedure.version)
    if form.is_valid() and form.cleaned_data["version"] != shown.procedure.version:
        return _show_both(at, shown, step_id, form)
    move = _get_move(shown, step_id)
    form.require_reasons(move.needs_reasons)
    if form.is_valid():
        try:
            result = _sign(at, procedure_id, step_id, form)
        except Stale:
            return _show_both(at, _read(at, procedure_id), step_id, form)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _receipt(result))
            return redirect("procedures_guide", code, procedure_id)
    context = {"page": shown, "move": move, "form": form}
    return at.show("procedures/step.html", context, header=shown.header, status=400 if form.is_bound else 200)


def _read(at: FilePage, procedure_id: UUID) -> GuidePage:
    return queries.get_guide_page(
        at.actor, at.person.id, procedure_id, "", language=language_of(), now=at.now
    )


def _sign(at: FilePage, procedure_id: UUID, step_id: str, form: StepForm) -> MoveResult:
    return actions.move_stage(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        procedure_id=procedure_id,
        step_id=step_id,
        version=form.cleaned_data["version"],
        reasons=form.cleaned_data["reasons"],
    )


def _show_both(at: FilePage, shown: GuidePage, step_id: str, form: StepForm) -> HttpResponse:
    """Show what the person wanted beside what happened. What they typed stays; nothing was signed.

    Where the step is still offered, signing again is on what stands now.
    """
    offered = _find_move(shown, step_id)
    typed = at.request.POST.copy()
    typed["version"] = str(shown.procedure.version)
    context = {
        "page": shown,
        "move": offered,
        "wanted": offered.label if offered else _label_of(shown, step_id),
        "reasons": form.cleaned_data["reasons"],
        "form": StepForm(typed, version=shown.procedure.version) if offered else None,
    }
    return at.show("procedures/step_conflict.html", context, header=shown.header, status=409)


def _label_of(shown: GuidePage, step_id: str) -> str:
    definition = registry.get_procedure_edition(shown.procedure.definition, shown.procedure.edition)
    for transition in definition.transitions:
        if transition.id == step_id:
            return transition.label[language_of()]
    raise Unknown


def _find_move(shown: GuidePage, step_id: str) -> MoveView | None:
    return next((move for move in shown.moves if move.id == step_id), None)


def _get_move(shown: GuidePage, step_id: str) -> MoveView:
    """Return a step that is offered now. Raises MoveUnknown for another of the law, Unknown for none."""
    move = _find_move(shown, step_id)
    if move is not None:
        return move
    _label_of(shown, step_id)
    raise MoveUnknown


def _receipt(result: MoveResult) -> str:
    if result.is_done:
        return _("The step was signed and taken. The history below says when and by whom.")
    count = result.still_needed
    return _("Your signature was recorded. Signatures still needed: %(count)d.") % {"count": count}
