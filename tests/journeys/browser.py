"""Fixtures of the journeys: one installation with the cast and a file, one browser, pages in it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.installation import AMPARO, Installation, run, served

OpenPage = Callable[..., Any]


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A migrated home with the cast of ``tests.people``; what was made, by name (see ``prepare``)."""
    home = tmp_path_factory.mktemp("home")
    run(home, AMPARO, "migrate")
    made = run(home, sys.executable, "-m", "tests.journeys.prepare", PYTHONPATH="src:.")
    return home, json.loads(made.strip().splitlines()[-1])


@pytest.fixture(scope="session")
def installation(prepared_home: tuple[Path, dict[str, Any]]) -> Iterator[Installation]:
    """The prepared home, served by the real command on a free port."""
    with served(prepared_home[0]) as running:
        yield running


@pytest.fixture(scope="session")
def made(prepared_home: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    """What the installation holds: passphrases by user name, codes and ids by kind."""
    return prepared_home[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from tools.browser import chromium

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def profiles() -> dict[str, Any]:
    """Cookies of those who signed in already, so that each test need not wait for the key derivation."""
    return {}


@pytest.fixture
def open_page(
    browser: Any, installation: Installation, made: dict[str, Any], profiles: dict[str, Any]
) -> Iterator[OpenPage]:
    """Open a page in a fresh profile: ``open_page(who="amina", screen=PHONE, language="en")``.

    With ``who`` the person is signed in and unlocked. An error in a script of the page fails the test.
    """
    from tools.browser import DESK, open_context

    contexts: list[Any] = []
    faults: list[str] = []

    def open_one(who: str = "", screen: Any = DESK, **options: Any) -> Any:
        context = open_context(browser, installation.url, screen, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if who in profiles:
            context.add_cookies(profiles[who])
        elif who:
            sign_in(page, who, made["passphrases"][who])
            profiles[who] = [cookie for cookie in context.cookies() if "language" not in cookie["name"]]
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def sign_in(page: Any, username: str, passphrase: str) -> None:
    """Sign in and unlock in one step, on the page in either language."""
    page.goto("/sign-in/")
    page.locator("main input:not([type=hidden]):not([type=password])").first.fill(username)
    page.locator("main input[type=password]").fill(passphrase)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
