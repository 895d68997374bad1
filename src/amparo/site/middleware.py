"""Middleware of the site: small functions, one concern each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def clock(get_response: Answer) -> Answer:
    """Give every request one ``now`` (aware, UTC), the only clock that views hand on."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.now = datetime.now(UTC)  # type: ignore[attr-defined]
        return get_response(request)

    return answer
