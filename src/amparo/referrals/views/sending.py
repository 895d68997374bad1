"""The sender's pages, under the file: refer, preview, receipt, follow up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.pages import page
from amparo.access.queries import list_guardians
from amparo.core.refusal import Refusal, Unknown
from amparo.referrals import actions, queries
from amparo.referrals.forms import OverrideForm, ReferralForm
from amparo.referrals.queries import preview
from amparo.referrals.refusals import AlreadySent, NoConsent
from amparo.referrals.views.frame import FilePage, file_page, version_of
from amparo.vault.queries import require_identity

form_page = require_http_methods(["GET", "POST"])


@page("referrals.read")
def of_file(request: HttpRequest, code: str) -> HttpResponse:
    """The referrals of a file, latest first."""
    at = file_page(request, code)
    lines = queries.list_referrals(at.actor, at.person.id)
    return at.show("of_file.html", {"lines": lines, "now": at.now})


@page("referrals.send")
@form_page
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, preview exactly what will be shared, send. What was typed stays through every step."""
    at = file_page(request, code)
    require_identity(at.person.id)
    form = _referral_form(request, at)
    if request.method != "POST" or "back" in request.POST or not form.is_valid():
        return at.show("new.html", {"form": form})
    try:
        if "send" in request.POST:
            return redirect("referrals_receipt", code, _once(at, form, partial(_send, at, form)))
        shown = preview(at.actor, at.person.id, form.to_request(), now=at.now)
    except NoConsent as refusal:
        return at.show("no_consent.html", {"form": form, "refusal": refusal}, status=refusal.status)
    return at.show("preview.html", {"form": form, "preview": shown})


def _send(at: FilePage, form: ReferralForm, referral_id: UUID) -> UUID:
    return actions.send_referral(
        at.actor, now=at.now, person_id=at.person.id, request=form.to_request(), referral_id=referral_id
    )


def _once(at: FilePage, form: ReferralForm, make: Callable[[UUID], UUID]) -> UUID:
    """Make what the form holds, unless the same form did already; return the referral's id.

    Said to whoever sent it again, since what they changed meanwhile was not sent.
    """
    referral_id: UUID = form.cleaned_data["form_id"]
    try:
        return make(referral_id)
    except AlreadySent:
        if not queries.was_sent(at.actor, at.person.id, referral_id):
            raise
        messages.info(
            at.request, _("This form was sent before: there is one referral, as it was first sent.")
        )
        return referral_id


@page("referrals.send")
@form_page
def override(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a referral without consent: reasons first, then a second person signs."""
    at = file_page(request, code)
    form = _referral_form(request, at)
    if request.method != "POST" or not form.is_valid():
        return at.show("new.html", {"form": form})
    why = OverrideForm(request.POST if "propose" in request.POST else None)
    if why.is_valid():
        try:
            referral_id = _once(at, form, partial(_propose, at, form, why))
        except Refusal as refusal:
            why.add_error(None, f"{refusal.what_happened} {refusal.reason} {refusal.what_next}")
        else:
            return redirect("referrals_receipt", code, referral_id)
    return at.show("override.html", {"form": form, "why": why})


def _propose(at: FilePage, form: ReferralForm, why: OverrideForm, referral_id: UUID) -> UUID:
    return actions.propose_override(
        at.actor,
        now=at.now,
        person_id=at.person.id,
        request=form.to_request(),
        justification=why.to_justification(),
        referral_id=referral_id,
    )


@page("referrals.read")
def receipt(request: HttpRequest, code: str, referral_id: UUID) -> HttpResponse:
    """What happened, who can see it, what comes next."""
    at = file_page(request, code)
    line = queries.get_sent_referral(at.actor, referral_id)
    if line.person_id != at.person.id:
        raise Unknown
    return at.show("receipt.html", {"line": line})


@page("referrals.read")
@form_page
def sent(request: HttpRequest, code: str, referral_id: UUID) -> HttpResponse:
    """One referral, as its sender follows it up; with ``withdraw``, what withdrawing it would do."""
    at = file_page(request, code)
    line = queries.get_sent_referral(at.actor, referral_id)
    if line.person_id != at.person.id:
        raise Unknown
    if request.method == "POST":
        return _follow_up(at, referral_id)
    if "withdraw" in request.GET and line.is_open:
        return at.show("withdraw.html", {"line": line})
    answer = queries.open_answer(at.actor, line, now=at.now) if "answer" in request.GET else None
    proposal = queries.open_proposal(at.actor, line, now=at.now) if "proposal" in request.GET else None
    context = {"line": line, "answer": answer, "proposal": proposal, "now": at.now}
    return at.show("sent.html", context)


def _follow_up(at: FilePage, referral_id: UUID) -> HttpResponse:
    """Do the one thing that a button of the page names."""
    actor, now, person_id, typed = at.actor, at.now, at.person.id, at.request.POST

    def with_version(change: Callable[..., None]) -> Callable[[], None]:
        return lambda: change(
            actor, now=now, person_id=person_id, referral_id=referral_id, version=version_of(typed)
        )

    def without(change: Callable[..., None]) -> Callable[[], None]:
        return lambda: change(actor, now=now, person_id=person_id, referral_id=referral_id)

    steps: dict[str, tuple[Callable[[], None], str]] = {
        "cancel": (
            with_version(actions.cancel_referral),
            _("The referral was withdrawn. The extract can no longer be read."),
        ),
        "sign": (
            with_version(actions.sign_override),
            _("You signed. The minimum was sealed for the receiver."),
        ),
        "refuse": (with_version(actions.refuse_override), _("You refused. Nothing was shared.")),
        "confirm": (without(actions.confirm_with_person), _("Recorded: the person says so too.")),
        "seen": (without(actions.mark_seen), _("Taken off your worklist.")),
    }
    for name, (change, said) in steps.items():
        if name in typed:
            change()
            messages.success(at.request, said)
    return redirect("referrals_sent", at.person.code, referral_id)


def _referral_form(request: HttpRequest, at: FilePage) -> ReferralForm:
    own = request.actor.unit_ids  # type: ignore[attr-defined]
    offers = [offer for offer in queries.list_offers() if own != {offer.party.unit_id}]
    colleagues = queries.list_desk_staff({offer.party.unit_id for offer in offers})
    if request.method == "POST":
        return ReferralForm(request.POST, offers, colleagues)
    guardians = list_guardians(at.actor, at.person.id)
    return ReferralForm(None, offers, colleagues, list(guardians.values()))
