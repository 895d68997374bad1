"""Locked and unlocked: the ``__Host-`` cookie, the bundle behind it, and the keys of a request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponseBase

from amparo.access.data import TooManyAttempts
from amparo.access.forgetting import tell_lock
from amparo.access.models import Staff
from amparo.vault import actions as vault_actions
from amparo.vault.data import OpenKeys

UNLOCK_COOKIE = "__Host-amparo-unlock"
UNLOCK_FIELD = "amparo-passphrase"
"""The field with which a form that met locked mode sends the passphrase along."""


def keys_of(request: HttpRequest, staff_id: UUID, now: datetime) -> OpenKeys | None:
    """Return the opened keys that this request's cookie stands for, or ``None`` when locked."""
    secret = request.COOKIES.get(UNLOCK_COOKIE, "")
    return vault_actions.resume_bundle(secret, staff_id, now) if secret else None


def unlock(staff_id: UUID, passphrase: str, now: datetime) -> str:
    """Open the keys with the passphrase, hold them, and return the cookie's secret.

    Raises :class:`amparo.vault.data.WrongPassphrase`.
    """
    return vault_actions.hold_bundle(vault_actions.unlock(staff_id, passphrase, now), now)


def unlock_in_passing(request: HttpRequest, passphrase: str) -> str:
    """Unlock while another form is being sent, and return the secret for the answer's cookie.

    Raises :class:`amparo.vault.data.WrongPassphrase`, or :class:`TooManyAttempts`.
    """
    staff = request.user
    now: datetime = request.now  # type: ignore[attr-defined]
    if not isinstance(staff.pk, UUID):
        return ""
    count_attempt(request)
    secret = unlock(staff.pk, passphrase, now)
    request.COOKIES[UNLOCK_COOKIE] = secret
    return secret


def count_attempt(request: HttpRequest) -> None:
    """Count one attempt to unlock; refuse after ten within ten minutes for the same person."""
    if not ratelimit.consume(request, action="unlock", user=request.user):
        raise TooManyAttempts


def give_cookie(response: HttpResponseBase, secret: str) -> None:
    """Set the cookie: this host only, never to scripts, never from another site, gone with the browser."""
    response.set_cookie(UNLOCK_COOKIE, secret, secure=True, httponly=True, samesite="Strict", path="/")


def lock(request: HttpRequest, response: HttpResponseBase) -> None:
    """Destroy the held keys of this request and take the cookie back."""
    secret = request.COOKIES.get(UNLOCK_COOKIE, "")
    if secret:
        vault_actions.drop_bundle(secret)
    if isinstance(request.user, Staff):
        tell_lock(request.user.id)
    response.delete_cookie(UNLOCK_COOKIE, path="/", samesite="Strict")
    response.cookies[UNLOCK_COOKIE]["secure"] = True
