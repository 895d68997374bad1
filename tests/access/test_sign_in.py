"""Sign-in, unlocking, locking, and what an outsider can learn from them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from amparo.access.actions import reset_password
from amparo.access.unlocking import UNLOCK_COOKIE
from amparo.ledger.models import Entry
from tests.people import BORN_AT, Cast, Member


@pytest.fixture(autouse=True)
def _no_earlier_attempts(db: None) -> None:
    cache.clear()


def _sign_in(client: Client, username: str, passphrase: str) -> Any:
    return client.post("/sign-in/", {"login": username, "password": passphrase})


def test_one_step_signs_in_and_unlocks(client: Client, cast: Cast) -> None:
    response = _sign_in(client, "amina", cast.amina.passphrase)
    assert response.status_code == 302
    cookie = response.cookies[UNLOCK_COOKIE]
    marks = {name: cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain", "max-age")}
    assert marks == {
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
        "path": "/",
        "domain": "",
        "max-age": "",
    }
    assert client.get("/unlock/").wsgi_request.actor.is_unlocked


def test_signing_in_changes_the_session_key(client: Client, cast: Cast) -> None:
    client.get("/sign-in/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    _sign_in(client, "amina", cast.amina.passphrase)
    assert client.session.session_key != before


def test_an_unknown_name_and_a_wrong_passphrase_are_answered_alike(client: Client, cast: Cast) -> None:
    answers = [_sign_in(client, name, "no es la frase correcta") for name in ("amina", "nadie")]
    pages = {re.sub(rb'value="(amina|nadie|[A-Za-z0-9]{64})"', b"", answer.content) for answer in answers}
    assert {answer.status_code for answer in answers} == {200}
    assert len(pages) == 1


def test_what_was_typed_never_reaches_the_ledger(client: Client, cast: Cast) -> None:
    _sign_in(client, "mi frase secreta", "otra cosa")
    entry = Entry.objects.get(verb="access.sign_in_failed")
    assert "secreta" not in f"{entry.actor_ref}{entry.subject}{entry.details}"


def test_the_sixth_wrong_passphrase_is_not_even_tried(client: Client, cast: Cast) -> None:
    for _attempt in range(5):
        _sign_in(client, "amina", "no es la frase correcta")
    assert _sign_in(client, "amina", cast.amina.passphrase).status_code in {200, 429}
    assert "_auth_user_id" not in client.session


def test_hide_now_destroys_the_held_keys(client: Client, cast: Cast) -> None:
    _sign_in(client, "amina", cast.amina.passphrase)
    stolen = client.cookies[UNLOCK_COOKIE].value
    assert client.get("/lock/").status_code == 405
    client.post("/lock/")
    client.cookies[UNLOCK_COOKIE] = stolen
    assert not client.get("/unlock/").wsgi_request.actor.is_unlocked


def test_signing_out_destroys_the_held_keys(client: Client, cast: Cast) -> None:
    _sign_in(client, "amina", cast.amina.passphrase)
    stolen = client.cookies[UNLOCK_COOKIE].value
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session
    cast.amina.client(client, is_unlocked=False)
    client.cookies[UNLOCK_COOKIE] = stolen
    assert not client.get("/unlock/").wsgi_request.actor.is_unlocked


def test_a_held_bundle_serves_nobody_else(client: Client, cast: Cast) -> None:
    _sign_in(client, "amina", cast.amina.passphrase)
    stolen = client.cookies[UNLOCK_COOKIE].value
    other = cast.dora.client(Client(), is_unlocked=False)
    other.cookies[UNLOCK_COOKIE] = stolen
    assert not other.get("/unlock/").wsgi_request.actor.is_unlocked


def test_a_reset_by_the_administrator_signs_in_and_never_unlocks(client: Client, cast: Cast) -> None:
    new = "tres faroles junto al muelle"
    reset_password(cast.eve.actor, now=BORN_AT, staff_id=cast.amina.id, passphrase=new)
    response = _sign_in(client, "amina", new)
    assert response.status_code == 302
    assert UNLOCK_COOKIE not in response.cookies
    assert _unlock(client, new).status_code == 422
    assert _unlock(client, cast.amina.passphrase).status_code == 302


def _unlock(client: Client, passphrase: str) -> Any:
    return client.post("/unlock/", {"passphrase": passphrase, "next": "/"})


def test_unlocking_leads_only_to_our_own_pages(client: Client, cast: Cast) -> None:
    cast.amina.client(client, is_unlocked=False)
    passphrase = cast.amina.passphrase
    for aim in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        response = client.post("/unlock/", {"passphrase": passphrase, "next": aim})
        assert response["Location"] == "/"


def test_a_changed_passphrase_signs_in_and_unlocks(client: Client, cast: Cast) -> None:
    cast.amina.client(client)
    new = "siete garzas sobre el estero"
    form = {"present": cast.amina.passphrase, "new": new, "again": new}
    assert client.post("/account/passphrase/", form).status_code == 302
    fresh = Client()
    assert UNLOCK_COOKIE in _sign_in(fresh, "amina", new).cookies


@pytest.mark.parametrize("weak", ["corta", "aaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused(client: Client, cast: Cast, weak: str) -> None:
    cast.amina.client(client)
    form = {"present": cast.amina.passphrase, "new": weak, "again": weak}
    assert client.post("/account/passphrase/", form).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/",
        "/unlock/",
        "/sign-out/",
        "/account/passphrase/",
        "/account/factors/",
        "/account/confirm/",
    ],
)
def test_every_page_of_the_account_is_drawn(client: Client, cast: Cast, path: str) -> None:
    if path != "/sign-in/":
        cast.amina.client(client)
    assert client.get(path).status_code in {200, 302}


@pytest.mark.parametrize("path", ["/sign-in/signup/", "/signup/", "/sign-in/password/reset/"])
def test_there_is_no_sign_up_and_no_reset_by_mail(client: Client, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_of_staff_lead_a_stranger_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/unlock/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def _confirmed(client: Client, member: Member) -> Client:
    _sign_in(client, member.username, member.passphrase)
    client.post("/account/confirm/", {"password": member.passphrase})
    return client


def test_a_suspended_request_leaves_no_cookie_in_the_database(client: Client, cast: Cast) -> None:
    _sign_in(client, "amina", cast.amina.passphrase)
    assert client.post("/account/factors/app/", {"code": "123456"}).status_code == 302
    assert client.cookies[UNLOCK_COOKIE].value not in str(dict(client.session))


def test_an_app_can_be_set_up_and_then_is_asked_for(client: Client, cast: Cast) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    _confirmed(client, cast.amina)
    page = client.get("/account/factors/app/")
    assert b"<svg" in page.content
    secret = page.context["form"].secret

    def code() -> str:
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    assert client.post("/account/factors/app/", {"code": code()}).status_code == 302
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert client.get("/account/factors/").status_code == 200
    assert client.get("/account/factors/codes/").status_code == 200
    assert client.get("/account/factors/keys/").status_code == 200
    fresh = Client()
    assert _sign_in(fresh, "amina", cast.amina.passphrase)["Location"].startswith("/sign-in/second-factor/")
    assert "_auth_user_id" not in fresh.session
    assert fresh.get("/sign-in/second-factor/").status_code == 200
