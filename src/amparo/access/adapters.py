"""How django-allauth behaves here: no sign-up, no mail, sign-ins recorded, second factors sealed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from amparo.access.models import Staff
from amparo.ledger.record import record
from amparo.vault.actions.server_secrets import open_text, seal_text

_FACTOR = "second-factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; nothing is ever sent by mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: mail reveals that somebody works here."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on top of pages: ours say it in place."""

    def login(self, request: HttpRequest, user: Staff) -> None:
        """Sign in under a new session, and record it."""
        super().login(request, user)
        record(f"staff:{user.pk}", "access.signed_in", now=request.now)  # type: ignore[attr-defined]

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record(f"staff:{request.user.pk}", "access.signed_out", now=request.now)  # type: ignore[attr-defined]
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the failure, never what was typed: people type passphrases into the wrong field."""
        super().authentication_failed(request, **credentials)
        record("visitor", "access.sign_in_failed", now=request.now)  # type: ignore[attr-defined]

    def respond_user_inactive(self, request: HttpRequest, user: Staff) -> HttpResponse:
        """Never reached: an inactive account is answered like a wrong passphrase."""
        raise AssertionError("an inactive account does not authenticate")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets lie sealed."""

    def get_totp_issuer(self) -> str:
        return "Amparo"

    def encrypt(self, text: str) -> str:
        return seal_text(text, _FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return open_text(encrypted_text, _FACTOR)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing."""
