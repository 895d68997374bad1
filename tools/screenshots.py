"""Make the pictures of the README again, ``docs/screenshots/NN-name.<language>.png``.

A demonstration is built in a temporary home and the walk of ``tools.walk`` is done in it, in the order
of the README. Pictures have the size of a window, so that they stay small.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.browser import DESK, PHONE, Screen, chromium, open_context
from tools.installation import AMPARO, run, served
from tools.pictures import shrink
from tools.walk import FEARS, GROUNDS, GUARDIAN, NEWCOMER, PATIENCE, Deeds, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PEOPLE = 40


class Camera:
    """Players come in through it, and it takes pictures of their pages."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url

    def enter(self, username: str, language: str = "es", screen: Screen = DESK) -> Deeds:
        """Sign in as one of the cast; "" is a stranger."""
        context = open_context(self.browser, self.url, screen, language=language)
        context.set_default_timeout(PATIENCE)
        deeds = Deeds(context.new_page())
        if username:
            sign_in(deeds.page, username)
        return deeds

    def take(self, deeds: Deeds, name: str, at: str = "", language: str = "es") -> None:
        """Take a picture of the window, scrolled so that ``at`` is at its top."""
        if at:
            deeds.page.locator(at).first.evaluate("element => element.scrollIntoView()")
        else:
            deeds.page.evaluate("window.scrollTo(0, 0)")
        path = FOLDER / f"{name}.{language}.png"
        path.write_bytes(shrink(self.browser, deeds.page.screenshot()))
        print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1000} kB", flush=True)

    def visit(
        self, username: str, path: str, name: str, language: str = "es", screen: Screen = DESK, at: str = ""
    ) -> None:
        """Take one picture of one address."""
        deeds = self.enter(username, language, screen)
        deeds.page.goto(path)
        self.take(deeds, name, at, language)
        deeds.page.context.close()


def register(camera: Camera, amina: Deeds) -> str:
    camera.take(amina, "02-worklist")
    amina.type_newcomer(NEWCOMER)
    camera.take(amina, "03-register")
    amina.submit()
    camera.take(amina, "04-duplicate")
    code = amina.register_anyway()
    camera.take(amina, "05-registered", at=".am-tabs")
    amina.page.goto(f"/files/{code}/")
    camera.take(amina, "06-file")
    return code


def analyse(camera: Camera, amina: Deeds, code: str) -> str:
    """Take the pictures of both procedures; return the address of the analysis of asylum."""
    guide = amina.open_procedure(code, "victim-identification")
    for element, reasons in GROUNDS.items():
        amina.find(guide, element, reasons)
    amina.take_step(guide, "screen", "Entrevista en privado, con calma.")
    amina.take_step(guide, "find_reasonable_grounds", "Consta un acto y un fin de explotación.")
    camera.take(amina, "07-identification", at="h1")
    asylum = amina.open_procedure(code, "refugee-status")
    for element, reasons in FEARS.items():
        amina.find(asylum, element, reasons)
    camera.take(amina, "08-where-it-stands", at="h1")
    amina.page.goto(f"{asylum}refugee.persecution.retrafficking/")
    camera.take(amina, "09-element", at=".am-guide")
    return asylum


def refer(camera: Camera, amina: Deeds, code: str, today: date) -> None:
    amina.prepare_referral(code)
    camera.take(amina, "10-no-consent", at=".am-tabs")
    amina.record_consent(code, today)
    camera.enter("bruno").appoint_guardian(code, GUARDIAN, today + timedelta(days=180))
    amina.record_consent(code, today, beside=GUARDIAN)
    amina.prepare_referral(code)
    camera.take(amina, "11-preview", at=".am-tabs")
    amina.press("send")
    camera.take(amina, "12-referred", at=".am-tabs")
    chidi = camera.enter("chidi")
    chidi.page.goto("/referrals/")
    chidi.page.locator("main tbody a").last.click()
    chidi.page.wait_for_load_state()
    camera.take(chidi, "13-extract")


def refuse_return(camera: Camera, code: str, today: date) -> None:
    bruno = camera.enter("bruno")
    bruno.draft_return(code, "COL", today + timedelta(days=20))
    bruno.submit("form[action$='/plan/']")
    camera.take(bruno, "14-refused-return", at=".am-tabs")
    bruno.page.goto("/")
    bruno.page.locator("main a", has_text="Yolanda Escobar").first.click()
    bruno.page.wait_for_load_state()
    certified = bruno.page.url.split("/files/")[1].split("/")[0]
    bruno.page.goto(f"/files/{certified}/return/")
    camera.take(bruno, "15-certificate", at=".am-tabs")


def walk(camera: Camera) -> None:
    today = datetime.now(UTC).date()
    camera.visit("", "/sign-in/", "01-sign-in")
    amina = camera.enter("amina")
    code = register(camera, amina)
    asylum = analyse(camera, amina, code)
    refer(camera, amina, code, today)
    refuse_return(camera, code, today)
    camera.visit("dora", f"/files/{code}/", "16-not-found")
    camera.visit("ines", f"/oversight/openings/?code={code}", "17-who-opened")
    camera.visit("amina", "/", "02-worklist", "en")
    camera.visit("amina", asylum, "08-where-it-stands", "en", at="h1")
    camera.visit("amina", f"/files/{code}/", "06-file-phone", screen=PHONE)
    camera.visit("amina", "/", "02-worklist-phone", screen=PHONE)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="amparo-pictures-") as folder:
        run(Path(folder), AMPARO, "demo", "--no-serve", "--people", str(PEOPLE))
        with served(Path(folder)) as installation, chromium() as browser:
            walk(Camera(browser, installation.url))


if __name__ == "__main__":
    main()
