"""Middleware of the site: small functions, one concern each."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "browsing-topics",
        "interest-cohort",
    )
)

Answer = Callable[[HttpRequest], HttpResponse]


def clock(get_response: Answer) -> Answer:
    """Give every request one ``now`` (aware, UTC), the only clock that views hand on."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.now = datetime.now(UTC)  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def request_log(get_response: Answer) -> Answer:
    """Write one line for each request: method, route pattern, status, time. No address, no query."""
    log = structlog.get_logger("amparo.site")

    def answer(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        actor = getattr(request, "actor", None)
        log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
            actor=actor.ref if actor else "",
        )
        return response

    return answer


def language(get_response: Answer) -> Answer:
    """Speak the language of the cookie, else the installation's; never guess from the browser.

    A guess would make the same page differ between machines and let a browser override an office.
    """
    known = dict(settings.LANGUAGES)

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response

    return answer


def guard_headers(get_response: Answer) -> Answer:
    """Add the headers that Django has no setting for, and keep every page out of caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def say_what_a_button_does(get_response: Answer) -> Answer:
    """Give the bare 405 of a route that only takes what a button sends a page that says so.

    Who comes here followed a link, reloaded, or signed in again after the button: nothing was done.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        code = request.resolver_match.kwargs.get("code", "") if request.resolver_match else ""
        said = render(request, "site/405.html", {"code": code}, status=response.status_code)
        said["Allow"] = response["Allow"]
        return said

    return answer
