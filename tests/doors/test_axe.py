"""axe-core finds nothing on any page, in both languages, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.journey

NOT_PAGES = {
    "site_language": "answers to POST only",
    "site_health": "JSON for machines",
    "site_still_here": "answers without a page",
}
"""Routes that show no page of their own, each with the reason."""

VISITORS: dict[str, str] = {}
"""Who visits a route, by its name or by the prefix of its room; Amina where nothing is said."""

SIGNED_OUT = {"account_login", "account_signup", "account_reset_password"}


def walk(resolver: URLResolver, arguments: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the parameter names of every route."""
    for entry in resolver.url_patterns:
        names = (*arguments, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from walk(entry, names)
        elif isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern), names


ROUTES = sorted(set(walk(get_resolver())))


def visitor(name: str) -> str:
    if name in SIGNED_OUT:
        return ""
    return VISITORS.get(name, VISITORS.get(name.split("_")[0], "amina"))


def address(name: str, parameters: tuple[str, ...], made: dict[str, Any]) -> str:
    unknown = [parameter for parameter in parameters if parameter not in made]
    assert unknown == [], f"{name}: tests/journeys/prepare.py makes no {unknown}"
    return reverse(name, kwargs={parameter: made[parameter] for parameter in parameters})


@pytest.mark.parametrize(("name", "parameters"), [route for route in ROUTES if route[0] not in NOT_PAGES])
def test_a_page_has_no_violation(
    name: str, parameters: tuple[str, ...], made: dict[str, Any], open_page: Callable[..., Any]
) -> None:
    from tools.browser import DESK, PHONE, list_violations, overflows

    path, who = address(name, parameters, made), visitor(name)
    page = open_page(who, DESK, for_axe=True)
    faults = []
    for language in ("es", "en"):
        speak(page, language)
        for screen in (DESK, PHONE):
            page.set_viewport_size({"width": screen.width, "height": screen.height})
            answer = page.goto(path)
            assert answer.status < 400, f"{path} answered {answer.status} to {who or 'a stranger'}"
            assert page.locator("html").get_attribute("lang") == language
            place = f"{language} {screen.width}"
            faults += [f"{place} {fault}" for fault in list_violations(page)]
            faults += [f"{place} scrolls sideways"] if overflows(page) else []
    assert faults == []


def speak(page: Any, language: str) -> None:
    """Choose the language with the button that every page has."""
    page.goto("/nothing/")
    button = page.locator(f"button[name=language][value={language}]")
    if button.count():
        button.click()


def test_an_undeclared_parameter_fails_the_walk() -> None:
    with pytest.raises(AssertionError, match="makes no"):
        address("cases_secret", ("secret_id",), {"code": "AM-7KQ3-9XTR"})
