"""What the pages about one person share here and in the rooms above: who asks, when, about whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.access.data import Actor
from amparo.cases import tabs
from amparo.cases.data import FileHeader, PersonRef
from amparo.cases.queries import find_by_code, get_file_header
from amparo.core.policy import Purpose
from amparo.core.refusal import Refusal
from amparo.procedures.data.words import language_of as language_of


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


def country_of(actor: Actor) -> str:
    """Return the country whose law applies, alpha-3, or "" for the international texts.

    It is that of the installation, whoever works there: a consulate's law never governs a file here.
    An installation of several countries names none (``AMPARO_HOST_STATE`` empty); there it is the
    country of the actor's agency.
    """
    return str(settings.AMPARO_HOST_STATE) or actor.agency_state


@dataclass(frozen=True, slots=True)
class FilePage:
    """A request about one visible person."""

    request: HttpRequest
    actor: Actor
    now: datetime
    person: PersonRef
    tab: str

    def show(
        self,
        template: str,
        context: Mapping[str, Any],
        *,
        header: FileHeader | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Render a page of the file, with the header that never lies (``None``: to be read) and the tabs."""
        header = header or self._header()
        frame = {
            "header": header,
            "tabs": tabs.list_links(self.person.code, self.tab, header.rights),
            "code": self.person.code,
        }
        return render(self.request, template, {**frame, **context}, status=status)

    def _header(self) -> FileHeader:
        return get_file_header(self.actor, self.person.id, purpose=Purpose.CASE_WORK, now=self.now)


def file_page(request: HttpRequest, code: str, *, tab: str) -> FilePage:
    """Return the frame of a page about the person with that code. Raises Unknown."""
    actor = actor_of(request)
    return FilePage(request, actor, now_of(request), find_by_code(actor, code), tab)


def put_refusal(form: Form, refusal: Refusal) -> None:
    """Show a refusal on the field that it names as its place, else above the form; what was typed stays."""
    place = str(refusal.details.get("place", ""))
    said = f"{refusal.what_happened} {refusal.reason} {refusal.what_next}"
    form.add_error(place if place in form.fields else None, said)


def pdf_answer(content: bytes, file_name: str) -> HttpResponse:
    """Answer with a PDF. The file name holds the case code, never a name."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file_name}"'
    return answer
