"""Unlock, lock, sign out."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amparo.access import unlocking
from amparo.access.actions import change_passphrase
from amparo.access.forms.sign_in import PassphraseForm, UnlockForm
from amparo.access.pages import page, public_page
from amparo.vault.data import WrongPassphrase


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
@page("access.own_account")
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase, open the keys, and go back to where the person was."""
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        unlocking.count_attempt(request)
        try:
            secret = unlocking.unlock(
                request.actor.staff_id,  # type: ignore[attr-defined]
                form.cleaned_data["passphrase"],
                request.now,  # type: ignore[attr-defined]
            )
        except WrongPassphrase as refusal:
            form.add_error("passphrase", refusal.reason)
        else:
            response = HttpResponseRedirect(_next(request))
            unlocking.give_cookie(response, secret)
            return response
    context = {"form": form, "next": _next(request)}
    return render(request, "access/unlock.html", context, status=200 if not form.errors else 422)


@require_POST
@page("access.own_account")
def lock(request: HttpRequest) -> HttpResponse:
    """Hide now: destroy the held keys and show the page that holds no name."""
    response = HttpResponseRedirect("/")
    unlocking.lock(request, response)
    return response


@public_page
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session and destroy the held keys."""
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        unlocking.lock(request, response)
    return response


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else "/"


@sensitive_post_parameters("present", "new", "again")
@require_http_methods(["GET", "POST"])
@page("access.own_account")
def passphrase(request: HttpRequest) -> HttpResponse:
    """Change one's passphrase: both halves, what signs in and what unlocks."""
    form = PassphraseForm(request.POST or None)
    if form.is_valid():
        unlocking.count_attempt(request)
        try:
            change_passphrase(
                request.actor,  # type: ignore[attr-defined]
                now=request.now,  # type: ignore[attr-defined]
                present=form.cleaned_data["present"],
                new=form.cleaned_data["new"],
            )
        except WrongPassphrase as refusal:
            form.add_error("present", refusal.reason)
        else:
            request.user.refresh_from_db()  # type: ignore[union-attr]
            update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
            return redirect("mfa_index")
    return render(request, "access/passphrase.html", {"form": form}, status=422 if form.errors else 200)
