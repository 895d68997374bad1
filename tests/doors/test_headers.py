"""Every answer carries the guards: policy, cookies, caches; and nothing is known from a 404."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from amparo.site.paths import keys_folder
from tests.people import Cast

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}
ADDRESSES = ["/", "/sign-in/", "/health/", "/nothing/", "/language/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_guards(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_https_asks_browsers_to_stay_with_https(client: Client) -> None:
    assert "Strict-Transport-Security" in client.get("/health/", secure=True).headers
    assert "Strict-Transport-Security" not in client.get("/health/").headers


@pytest.mark.parametrize("kind", ["SESSION", "CSRF", "LANGUAGE"])
def test_every_cookie_is_bound_to_this_host(kind: str) -> None:
    assert getattr(settings, f"{kind}_COOKIE_NAME").startswith("__Host-")
    assert getattr(settings, f"{kind}_COOKIE_SECURE")
    assert getattr(settings, f"{kind}_COOKIE_HTTPONLY")
    assert getattr(settings, f"{kind}_COOKIE_SAMESITE") in {"Lax", "Strict"}


def test_a_404_says_nothing_of_what_was_asked(client: Client) -> None:
    answers = [client.get(address) for address in ("/nothing/", "/files/AM-7KQ3-9XTX/absent/?q=1", "/x")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_404_is_read_in_the_chosen_language(client: Client) -> None:
    spanish = client.get("/nothing/", headers={"Accept-Language": "en"}).content.decode()
    client.post("/language/", {"language": "en"})
    english = client.get("/nothing/").content.decode()
    assert 'lang="es"' in spanish
    assert "Página no encontrada" in spanish
    assert 'lang="en"' in english
    assert "Page not found" in english


def test_the_language_choice_goes_back_to_the_page_and_never_elsewhere(client: Client) -> None:
    back = {"Referer": "http://testserver/health/"}
    elsewhere = {"Referer": "https://elsewhere.example/"}
    assert client.post("/language/", {"language": "en"}, headers=back)["Location"].endswith("/health/")
    assert client.post("/language/", {"language": "en"}, headers=elsewhere)["Location"] == "/"
    client.post("/language/", {"language": "xx"})
    assert client.get("/nothing/").headers["Content-Language"] == "en"


def test_health_says_no_more_than_well_or_not(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.json() == {"status": "ok"}


def test_health_answers_503_without_details_when_a_key_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amparo.site.views.list_ailments", lambda: ["keys"])
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "ailing"}


@pytest.mark.parametrize("damage", ["missing", "unreadable", "foreign"])
def test_health_says_when_the_seal_key_cannot_be_read_and_no_more(
    client: Client, cast: Cast, tmp_path: Path, damage: str
) -> None:
    [seal] = keys_folder().glob("seal-*.key")
    away = shutil.move(seal, tmp_path / seal.name)
    try:
        if damage == "unreadable":
            seal.mkdir()
        elif damage == "foreign":
            seal.write_text("zz", encoding="ascii")
        answer = client.get("/health/")
    finally:
        shutil.rmtree(seal) if seal.is_dir() else seal.unlink(missing_ok=True)
        shutil.move(away, seal)
    assert answer.status_code == 503
    assert answer.json() == {"status": "ailing", "seal_key": "unreadable"}
    assert client.get("/health/").json() == {"status": "ok"}


def test_a_forged_form_is_answered_with_a_page_that_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"login": "amina"})
    assert answer.status_code == 403
    assert "formulario" in answer.content.decode()


def test_too_many_fields_are_refused_with_a_page(client: Client) -> None:
    answer = client.post("/sign-in/", {f"f{n}": "" for n in range(600)})
    assert answer.status_code == 400
    assert "no se pudo leer" in answer.content.decode().lower()
