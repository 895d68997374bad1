"""The pages about access to one file: choose, read what will happen, confirm, receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.data import AccessLine, Actor, FileFacts
from amparo.access.file_acts import FileAct
from amparo.access.forms.file_access import told
from amparo.access.pages import page
from amparo.access.queries import get_file_facts, who_has_access
from amparo.access.words import RELATIONS
from amparo.core.policy import Relation
from amparo.core.refusal import Unknown

CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class FilePage:
    """Who asks, when, about which file."""

    actor: Actor
    now: datetime
    facts: FileFacts


@dataclass(frozen=True, slots=True)
class ActPage:
    """What one act shows and does. ``make_form`` returns ``None`` where nothing can be chosen."""

    act: FileAct
    consequences: Sequence[Promise]
    nothing: Promise
    make_form: Callable[[FilePage, QueryDict | None], Form | None]
    carry_out: Callable[[FilePage, dict[str, Any]], object]
    done: Promise
    next_step: Promise | None = None


def view_of(act_page: ActPage) -> Callable[..., HttpResponseBase]:
    """Return the view of one act, behind its right."""

    @require_http_methods(["GET", "POST"])
    @page(act_page.act.right)
    def view(request: HttpRequest, code: str) -> HttpResponse:
        at = _file_page(request, code)
        form = act_page.make_form(at, request.POST if request.method == "POST" else None)
        if form is None or not form.is_valid():
            status = 422 if form is not None and form.errors else 200
            return _show(request, "access/file_act.html", act_page, at, {"form": form}, status=status)
        if CONFIRMED not in request.POST:
            asked = {"told": told(form), "kept": _kept(request.POST)}
            return _show(request, "access/file_act_check.html", act_page, at, asked)
        act_page.carry_out(at, form.cleaned_data)
        return _answer(request, act_page, at)

    return view


def receipt_of(act_page: ActPage) -> Callable[..., HttpResponseBase]:
    """Return the view of the receipt: what happened, who can see the file now, what comes next."""

    @page("access.see_grants")
    def view(request: HttpRequest, code: str) -> HttpResponse:
        at = _file_page(request, code)
        seen_by = [_said(line) for line in who_has_access(at.actor, at.facts.person_id)]
        return _receipt(request, act_page, code, [line for line in seen_by if line])

    return view


def _answer(request: HttpRequest, act_page: ActPage, at: FilePage) -> HttpResponse:
    """Lead to the receipt; who has just excluded themselves reads it here, for the last time."""
    try:
        get_file_facts(at.actor, at.facts.code)
    except Unknown:
        return _receipt(request, act_page, "", [_("Your colleagues who keep the file, and no longer you.")])
    return redirect(f"{act_page.act.url_name}_done", at.facts.code)


def _receipt(request: HttpRequest, act_page: ActPage, code: str, seen_by: list[str]) -> HttpResponse:
    steps = [{"label": act_page.next_step, "url": ""}] if act_page.next_step else []
    if code:
        steps.append({"label": _("Access to the file"), "url": f"/files/{code}/access/"})
    steps.append({"label": _("Go to your worklist"), "url": "/"})
    receipt = {
        "title": act_page.done,
        "happened": _("The ledger records it."),
        "seen_by": seen_by,
        "next_steps": steps,
    }
    return render(request, "site/receipt.html", {"receipt": receipt})


def _said(line: AccessLine) -> str:
    if line.relation == Relation.EXCLUDED:
        return ""
    return f"{line.name} ({line.agency_name}): {RELATIONS[line.relation]}"


def _file_page(request: HttpRequest, code: str) -> FilePage:
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return FilePage(actor, now, get_file_facts(actor, code))


def _show(
    request: HttpRequest,
    template: str,
    act_page: ActPage,
    at: FilePage,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    frame = {
        "act": act_page,
        "code": at.facts.code,
        "is_sealed": at.facts.is_sealed,
        "back": f"/files/{at.facts.code}/access/",
        "again": reverse(act_page.act.url_name, args=[at.facts.code]),
    }
    return render(request, template, {**frame, **context}, status=status)


def _kept(posted: QueryDict) -> list[tuple[str, str]]:
    """Return what was chosen, to be sent again with the confirmation."""
    return [
        (name, value) for name, values in posted.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
