"""Who takes part: invitations on the side of the file, and the page of somebody who was invited."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.access.pages import page
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal
from amparo.procedures import actions
from amparo.procedures.data.shapes import FindingView
from amparo.procedures.forms import DigestForm, InviteForm
from amparo.procedures.pages import actor_of, file_page, language_of, now_of, put_refusal
from amparo.procedures.queries import gate_state
from amparo.procedures.queries.extracts import sealed_choices, sealed_citations
from amparo.procedures.queries.parts import (
    PartPage,
    get_part_page,
    list_invitable,
    list_participants,
    list_parts,
)
from amparo.vault.data import Compartment, NoKey, OpenedExtract
from amparo.vault.door import open_extract

TAB = "procedures_of_file"


@page("procedures.add_participant")
def participants(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """Who takes part in a procedure, and whom the person's consent allows to invite."""
    at = file_page(request, code, tab=TAB)
    gate = gate_state(at.actor, at.person.id, procedure_id, language=language_of(), as_of=at.now)
    colleagues = list_invitable(at.actor, at.person.id, now=at.now)
    form = InviteForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        unit_id, staff_id = form.cleaned_data["colleague"].split("/")
        try:
            actions.add_participant(
                at.actor,
                now=at.now,
                person_id=at.person.id,
                procedure_id=procedure_id,
                unit_id=UUID(unit_id),
                staff_id=UUID(staff_id),
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Invited. They see this procedure and its reasons, never the file."))
            return redirect("procedures_participants", code, procedure_id)
    context = {
        "procedure_id": procedure_id,
        "participants": list_participants(procedure_id),
        "digest": gate.digest,
        "form": form,
        "may_invite": bool(colleagues),
    }
    return at.show("procedures/participants.html", context, status=400 if form.is_bound else 200)


@page("procedures.add_participant")
def resend(request: HttpRequest, code: str, procedure_id: UUID, part_id: UUID) -> HttpResponse:
    """Seal the reasons as they stand now for a participant, or end their part."""
    at = file_page(request, code, tab=TAB)
    if request.method == "POST":
        change = actions.end_participation if "end" in request.POST else actions.send_reasons
        change(
            at.actor, now=at.now, person_id=at.person.id, procedure_id=procedure_id, participant_id=part_id
        )
        messages.success(request, _("Done."))
    return redirect("procedures_participants", code, procedure_id)


@page("procedures.parts")
def parts(request: HttpRequest) -> HttpResponse:
    """The procedures of other units in which the actor was asked to take part."""
    return render(request, "procedures/parts.html", {"parts": list_parts(actor_of(request))})


@page("procedures.take_part")
def part(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """What a participant is asked to sign, with the reasons that were sealed for their unit."""
    actor, now = actor_of(request), now_of(request)
    shown = get_part_page(actor, part_id, language=language_of(), now=now)
    form = DigestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_as_participant(
                actor, now=now, participant_id=part_id, digest=form.cleaned_data["digest"]
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("You signed exactly what this page shows."))
            return redirect("procedures_part", part_id)
    reasons = _reasons(request, shown)
    if reasons is not None:
        shown = replace(shown, findings=tuple(_with_sealed(one, reasons) for one in shown.findings))
    choices = sealed_choices(reasons, language_of()) if reasons else ()
    context = {"page": shown, "reasons": reasons, "choices": choices, "form": form}
    return render(request, "procedures/part.html", context, status=400 if form.is_bound else 200)


def _with_sealed(finding: FindingView, sealed: OpenedExtract) -> FindingView:
    """Put the sealed words and the sealed citations beside a finding; a later finding has neither."""
    words = sealed.get(Compartment.NARRATIVE, f"finding.{finding.said_id}")
    return replace(
        finding,
        reasons=words.part("reasons") if words else None,
        sealed_citations=sealed_citations(sealed, finding, language_of()),
    )


def _reasons(request: HttpRequest, shown: PartPage) -> OpenedExtract | None:
    """Open the sealed reasons, which the ledger records; ``None`` while locked or when they are gone."""
    actor = actor_of(request)
    if shown.part.extract_id is None or not actor.is_unlocked:
        return None
    try:
        return open_extract(actor, shown.part.extract_id, Purpose.PROTECTION_DECISION, now=now_of(request))
    except (NoKey, Refusal):
        return None
