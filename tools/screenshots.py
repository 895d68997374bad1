"""Make the pictures of the README again: ``docs/screenshots/NN-name.png``, in the demonstration.

Each step of the walk is a line of ``WALK``: who, where, the name of the picture. A place may be an
address or a function that acts on the page first.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.browser import DESK, PHONE, Screen, chromium, open_context
from tools.installation import AMPARO, Installation, run, served

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PEOPLE = 60
PASSPHRASE = "{} cruza el puente al alba"  # noqa: S105 (the demonstration publishes it)


@dataclass(frozen=True)
class Step:
    """One picture: its name, who looks, at what, on which screen."""

    name: str
    who: str
    place: str | Callable[[Page], None]
    screen: Screen = DESK
    language: str = "es"


def first_file(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href^='/files/']").first.click()


def tab(label: str) -> Callable[[Page], None]:
    """Return the act of opening one tab of the first file on the worklist."""

    def act(page: Page) -> None:
        first_file(page)
        page.locator(".am-tabs").get_by_role("link", name=label, exact=True).click()

    return act


WALK = (
    Step("01-sign-in", "", "/sign-in/"),
    Step("02-worklist", "amina", "/"),
    Step("03-register", "amina", "/people/register/"),
    Step("04-file", "amina", first_file),
    Step("04-file-phone", "amina", first_file, PHONE),
    Step("05-plan", "amina", tab("Necesidades y plan")),
    Step("06-procedures", "amina", tab("Procedimientos")),
    Step("07-referrals", "amina", tab("Remisiones")),
    Step("08-inbox", "chidi", "/referrals/"),
    Step("09-return", "bruno", tab("Retorno")),
    Step("10-access", "amina", tab("Acceso")),
    Step("11-worklist-english", "amina", "/", language="en"),
)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="amparo-pictures-") as folder:
        home = Path(folder)
        run(home, AMPARO, "demo", "--no-serve", "--people", str(PEOPLE))
        with served(home) as installation, chromium() as browser:
            for step in WALK:
                take(browser, installation, step)
                print(f"docs/screenshots/{step.name}.png")


def take(browser: Browser, installation: Installation, step: Step) -> None:
    context = open_context(browser, installation.url, step.screen, language=step.language)
    page = context.new_page()
    if step.who:
        sign_in(page, step.who)
    if callable(step.place):
        step.place(page)
    else:
        page.goto(step.place)
    page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{step.name}.png", full_page=True)
    context.close()


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSPHRASE.format(username))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    main()
