"""What the pages of this room share: who asks, when, about whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from amparo.access.data import Actor, Stale
from amparo.cases import tabs
from amparo.cases.data import PersonRef
from amparo.cases.queries import find_by_code, get_file_header
from amparo.core.policy import Purpose

TAB = "referrals_of_file"


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor whom the page decorator put on the request."""
    actor = request.actor  # type: ignore[attr-defined]
    assert isinstance(actor, Actor)
    return actor


def now_of(request: HttpRequest) -> datetime:
    """Return the request's clock."""
    now = request.now  # type: ignore[attr-defined]
    assert isinstance(now, datetime)
    return now


def version_of(typed: QueryDict) -> int:
    """Return the version that the page showed; a page without one is out of date."""
    text = typed.get("version", "")
    if not text.isdecimal():
        raise Stale
    return int(text)


@dataclass(frozen=True, slots=True)
class FilePage:
    """A request about one visible person."""

    request: HttpRequest
    actor: Actor
    now: datetime
    person: PersonRef

    def show(self, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
        """Render a page of the file, with the header that never lies and the tabs."""
        header = get_file_header(self.actor, self.person.id, purpose=Purpose.CASE_WORK, now=self.now)
        frame = {
            "header": header,
            "tabs": tabs.list_links(self.person.code, TAB, header.rights),
            "code": self.person.code,
        }
        return render(self.request, f"referrals/{template}", {**frame, **context}, status=status)


def file_page(request: HttpRequest, code: str) -> FilePage:
    """Return the frame of a page about the person with that code. Raises Unknown."""
    actor = actor_of(request)
    return FilePage(request, actor, now_of(request), find_by_code(actor, code))
