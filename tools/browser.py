"""The system's Chromium through Playwright, kept off the network, and axe-core in its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RUN_AXE = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
    fault => ({rule: fault.id, help: fault.help, nodes: fault.nodes.map(node => node.html).slice(0, 3)})))"""

OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True)
class Screen:
    """A size of window, in CSS pixels."""

    width: int
    height: int


DESK = Screen(1366, 900)
PHONE = Screen(320, 720)


def find_browser() -> str:
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("Chromium is missing. Run: sudo apt-get install chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_context(
    browser: Browser,
    url: str,
    screen: Screen = DESK,
    *,
    language: str = "es",
    for_axe: bool = False,
    scripts: bool = True,
) -> BrowserContext:
    """Open a fresh profile. Only for axe is the page's own policy set aside, to let its script in."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": screen.width, "height": screen.height},
        bypass_csp=for_axe,
        java_script_enabled=scripts,
        locale=language,
    )
    context.set_default_timeout(15_000)
    if language != "es":
        host = urlsplit(url).hostname or ""
        cookie = {"name": "__Host-language", "value": language, "domain": host, "path": "/", "secure": True}
        context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def list_faults(page: Page) -> list[str]:
    """Return one line for each rule of axe-core that the page breaks, and for scrolling sideways.

    The page is looked at on a desk and on a phone, without loading it again.
    """
    page.add_script_tag(path=AXE)
    faults = []
    for screen in (DESK, PHONE):
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        found = page.evaluate(RUN_AXE)
        faults += [f"{screen.width} {fault['rule']}: {fault['help']} {fault['nodes']}" for fault in found]
        if page.evaluate(OVERFLOWS):
            faults.append(f"{screen.width} scrolls sideways")
    return faults
