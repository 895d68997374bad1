"""Signing in, which also unlocks; unlocking; changing the passphrase."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from amparo.access.unlocking import give_cookie, unlock
from amparo.vault.data import WrongPassphrase


def passphrase_field(label: Any, autocomplete: str = "current-password") -> forms.CharField:
    """Return a field for a passphrase: never stripped, never shown again."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
    return forms.CharField(label=label, strip=False, max_length=500, widget=widget)


MIN_PASSPHRASE_LENGTH = 15


def find_fault_in(passphrase: str) -> Any:
    """Return what makes a new passphrase too weak, or ``None``. Length, not character classes."""
    if len(passphrase) < MIN_PASSPHRASE_LENGTH or len(set(passphrase)) < 6:
        return _("Use at least 15 characters: four or five words that nobody would put together.")
    return None


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and passphrase: signs in, and unlocks in the same step where the passphrase does.

    After an administrator reset the sign-in half, the new one signs in and opens nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["login"] = forms.CharField(label=_("User name"), max_length=60, widget=name)
        self.fields["password"] = passphrase_field(_("Passphrase"))
        self.order_fields(["login", "password"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponseBase:
        """Answer as allauth does, with the unlock cookie beside the session's when the keys opened."""
        response: HttpResponseBase = super().login(request, redirect_url=redirect_url)
        assert self.user is not None
        try:
            secret = unlock(self.user.pk, self.cleaned_data["password"], request.now)  # type: ignore[attr-defined]
        except WrongPassphrase:
            return response
        give_cookie(response, secret)
        return response


class UnlockForm(forms.Form):
    """The passphrase of somebody who is signed in."""

    passphrase = passphrase_field(_("Passphrase"))


class PassphraseForm(forms.Form):
    """The present passphrase, and twice the new one."""

    present = passphrase_field(_("Present passphrase"))
    new = passphrase_field(_("New passphrase"), "new-password")
    again = passphrase_field(_("New passphrase again"), "new-password")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", _("The two new passphrases differ."))
        if values.get("new") and (fault := find_fault_in(values["new"])):
            self.add_error("new", fault)
        return values
