"""The keyboard alone is enough, and names vanish when they must."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.journey

OpenPage = Callable[..., Any]


def press_until(page: Any, selector: str, limit: int = 40) -> None:
    """Press Tab until the element has the focus, as a person would."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached in {limit} steps")


def test_amina_signs_in_hides_names_and_unlocks_with_the_keyboard(
    open_page: OpenPage, made: dict[str, Any]
) -> None:
    page = open_page()
    page.goto("/sign-in/")
    press_until(page, "input[name=login]")
    page.keyboard.type("amina")
    press_until(page, "input[name=password]")
    page.keyboard.type(made["passphrases"]["amina"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert page.get_by_role("heading", level=1).inner_text() == "Lo que me espera"

    with page.expect_navigation():
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.get_by_text("Bloqueado", exact=True).first.wait_for()
    press_until(page, "a[href^='/unlock/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/unlock/**")
    press_until(page, "input[type=password]")
    page.keyboard.type(made["passphrases"]["amina"])
    page.keyboard.press("Enter")
    page.get_by_text("Desbloqueado", exact=True).wait_for()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_an_error_takes_the_focus_and_what_was_typed_stays(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill("amina")
    page.locator("input[name=password]").fill("no es esta")
    page.keyboard.press("Enter")
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    assert page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    assert page.locator("input[name=login]").input_value() == "amina"


def test_pages_work_without_scripts(browser: Any, installation: Any, made: dict[str, Any]) -> None:
    from tests.journeys.browser import sign_in

    context = browser.new_context(base_url=installation.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "bruno", made["passphrases"]["bruno"])
    assert page.get_by_role("heading", level=1).inner_text() == "Lo que me espera"
    page.locator("button[name=language][value=en]").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Hide now").click()
    page.get_by_text("Locked", exact=True).first.wait_for()
    context.close()


def test_no_page_asks_another_site_for_anything(open_page: OpenPage, installation: Any) -> None:
    page = open_page("amina")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/people/register/", "/people/search/"):
        page.goto(path)
    assert [url for url in asked if not url.startswith(installation.url)] == []


def test_arrow_keys_walk_the_elements_of_a_guide(open_page: OpenPage, made: dict[str, Any]) -> None:
    page = open_page("amina")
    page.goto(f"/files/{made['code']}/procedures/{made['procedure_id']}/{made['element']}/")
    focused = "document.activeElement"
    page.locator("[data-tree] [aria-current]").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"{focused}.tagName") == "SUMMARY"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"{focused}.parentElement.open") is False
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{focused}.parentElement.open") is True
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{focused}.tagName") == "A"
    assert page.evaluate("document.querySelectorAll('[data-tree] [tabindex=\"0\"]').length") == 1
    page.keyboard.press("n")
    assert page.evaluate(f"{focused}.closest('[data-open]') !== null")
    opened = page.evaluate(f"{focused}.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{opened}")
    assert page.get_by_text("Teclado", exact=True).is_visible()


def test_the_elements_are_plain_links_without_a_script(open_page: OpenPage, made: dict[str, Any]) -> None:
    page = open_page("amina", scripts=False)
    page.goto(f"/files/{made['code']}/procedures/{made['procedure_id']}/")
    assert page.locator("[data-tree-keys]").is_hidden()
    assert page.locator("[data-tree] [tabindex]").count() == 0
    page.locator("[data-tree] details[open] a").first.click()
    page.wait_for_url("**/procedures/**#element")
