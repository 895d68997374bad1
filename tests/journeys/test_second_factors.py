"""Second factors in a real browser: a passkey on Chrome's virtual authenticator, and an app.

Passkeys need a host name, so these pages are at ``localhost``. Every page that exists only with a
factor is looked at with axe-core here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse

from tests.journeys.browser import sign_in
from tools.installation import Installation

pytestmark = pytest.mark.journey

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

WITH_A_KEY = (
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)
OF_A_KEY = ("mfa_edit_webauthn", "mfa_remove_webauthn")
WITH_AN_APP = ("mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_deactivate_totp")
LOOKED_AT = {*WITH_A_KEY, *OF_A_KEY, *WITH_AN_APP, "mfa_activate_totp", "mfa_authenticate"}
"""The pages that these journeys look at, by name of the route: the walk of axe-core leaves them out."""


@contextmanager
def page_at_localhost(browser: Any, installation: Installation, **options: Any) -> Iterator[Any]:
    from tools.browser import open_context

    url = installation.url.replace("127.0.0.1", "localhost")
    context = open_context(browser, url, **options)
    try:
        yield context.new_page()
    finally:
        context.close()


def plug_in(page: Any) -> Any:
    """Give the page's browser an authenticator that answers by itself; return the session that holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session


def look_at(page: Any, *names: str, **parameters: Any) -> None:
    """Open each page in both languages and expect nothing of axe-core."""
    from tools.browser import list_faults

    for name in names:
        path = reverse(name, kwargs=parameters or None)
        for language in ("es", "en"):
            page.context.add_cookies(
                [
                    {
                        "name": "__Host-language",
                        "value": language,
                        "domain": "localhost",
                        "path": "/",
                        "secure": True,
                    }
                ]
            )
            answer = page.goto(path)
            assert (answer.status, page.url.endswith(path)) == (200, True), f"{path}: {page.url}"
            assert page.locator("html").get_attribute("lang") == language
            assert list_faults(page) == [], path


def sign_in_and_confirm(page: Any, username: str, passphrase: str) -> None:
    """Sign in, and say again who it is: factors are shown and changed only then."""
    sign_in(page, username, passphrase)
    page.goto("/account/factors/app/")
    page.locator("main [name=password]").fill(passphrase)
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/account/factors/app/")


def code_of(secret: str) -> str:
    """Return the code that an authenticator app shows now."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def test_a_passkey_is_registered_and_signs_in_and_names_stay_locked(
    browser: Any, installation: Installation, made: dict[str, Any]
) -> None:
    with page_at_localhost(browser, installation, for_axe=True) as page:
        plug_in(page)
        sign_in_and_confirm(page, "mateo", made["passphrases"]["mateo"])
        page.goto("/account/factors/keys/add/")
        page.locator("[name=name]").fill("Llave de prueba")
        page.locator("[name=passwordless]").check()
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url(lambda url: "/keys/add/" not in url)
        page.goto("/account/factors/keys/")
        key = page.locator("main tbody a").first.get_attribute("href")
        look_at(page, *WITH_A_KEY)
        look_at(page, *OF_A_KEY, pk=int(key.strip("/").split("/")[-1]))

        page.locator("form[action='/sign-out/'] button").click()
        page.goto("/sign-in/")
        page.locator("#passkey_login").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        assert page.locator(".am-header__person").inner_text() == "Mateo Quirós"
        assert page.locator("a[href^='/unlock/']").count() == 1, "a passkey signs in and never unlocks"


def test_an_app_is_set_up_and_asked_for_when_signing_in(
    browser: Any, installation: Installation, made: dict[str, Any]
) -> None:
    with page_at_localhost(browser, installation, for_axe=True) as page:
        sign_in_and_confirm(page, "tomas", made["passphrases"]["tomas"])
        look_at(page, "mfa_activate_totp")
        secret = page.locator("main code").inner_text()
        page.locator("[name=code]").fill("000000")
        page.locator("main form [type=submit]").click()
        assert page.locator("[data-error-summary]").count() == 1
        page.locator("[name=code]").fill(code_of(page.locator("main code").inner_text() or secret))
        page.locator("main form [type=submit]").click()
        page.wait_for_url(lambda url: not url.endswith("/app/"))
        look_at(page, *WITH_AN_APP)

        page.locator("form[action='/sign-out/'] button").click()
        sign_in(page, "tomas", made["passphrases"]["tomas"])
        look_at(page, "mfa_authenticate")
        page.locator("[name=code]").first.fill(code_of(secret))
        page.locator("main form [type=submit]").first.click()
        page.wait_for_url(lambda url: "second-factor" not in url)
        assert page.locator(".am-header__person").inner_text() == "Tomás Brenes"
