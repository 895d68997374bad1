"""The memorandum as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from amparo.access.pages import page
from amparo.cases.queries import find_by_code
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import actor_of, language_of, now_of, pdf_answer
from amparo.procedures.queries.memorandum import get_memorandum


@page("procedures.print_memorandum")
def memorandum(request: HttpRequest, code: str, procedure_id: UUID) -> HttpResponse:
    """Print what is documented, missing and contested. Its file name holds the code only."""
    actor, now = actor_of(request), now_of(request)
    person = find_by_code(actor, code)
    content = get_memorandum(actor, person.id, procedure_id, language=language_of(), now=now)
    return pdf_answer(make_pdf("memorandum", content, now=now), f"{code}-memorandum.pdf")
