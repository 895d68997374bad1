"""The receiver's pages: inbox, extract, answer. Never the file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.pages import page
from amparo.referrals import actions, queries
from amparo.referrals.data import Outcome
from amparo.referrals.forms import DoneForm, RejectForm
from amparo.referrals.views.frame import actor_of, now_of, version_of


@page("referrals.inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """What reached the actor's desk: open ones first, soonest due first."""
    now = now_of(request)
    lines = queries.list_inbox(actor_of(request), now=now)
    return render(request, "referrals/inbox.html", {"lines": lines, "now": now})


@page("referrals.directory")
def directory(request: HttpRequest) -> HttpResponse:
    """Which unit offers which service."""
    return render(request, "referrals/directory.html", {"offers": queries.list_offers()})


@page("referrals.receive")
@require_http_methods(["GET", "POST"])
def received(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral with its extract; the opening is recorded before anything is shown."""
    actor, now = actor_of(request), now_of(request)
    line = queries.get_received_referral(actor, referral_id, now=now)
    reject = RejectForm(request.POST if "reject" in request.POST else None)
    done = DoneForm(request.POST if "done" in request.POST else None)
    if request.method == "POST":
        said = _answer(request, referral_id, reject, done)
        if said:
            messages.success(request, said)
            return redirect("referrals_received", referral_id)
    content = queries.open_extract(actor, line, now=now) if line.is_readable and actor.is_unlocked else None
    context = {"line": line, "content": content, "reject": reject, "done": done, "now": now}
    return render(request, "referrals/received.html", context)


def _answer(request: HttpRequest, referral_id: UUID, reject: RejectForm, done: DoneForm) -> str:
    """Do what the button says and return what to tell, or "" when the form has errors."""
    actor, now = actor_of(request), now_of(request)
    if "stopped" in request.POST:
        actions.confirm_stopped(actor, now=now, referral_id=referral_id)
        return _("Recorded: you stopped, and hold no copy. The sender sees it.")
    version = version_of(request.POST)
    if "accept" in request.POST:
        actions.accept_referral(actor, now=now, referral_id=referral_id, version=version)
        return _("You accepted. The sender's worklist says so.")
    if "reject" in request.POST and reject.is_valid():
        typed = reject.cleaned_data
        actions.reject_referral(
            actor,
            now=now,
            referral_id=referral_id,
            version=version,
            reason=typed["reason"],
            text=typed["text"],
        )
        return _("You did not accept. The sender was told why, and the extract was destroyed.")
    if "done" in request.POST and done.is_valid():
        typed = done.cleaned_data
        outcome = Outcome(typed["outcome"])
        actions.report_done(
            actor, now=now, referral_id=referral_id, version=version, outcome=outcome, text=typed["text"]
        )
        return _("Closed. The sender was told how it ended, and the extract was destroyed.")
    return ""
