"""Blank sheets of guides as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amparo.access.pages import page
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import language_of, now_of, pdf_answer
from amparo.procedures.queries.blank_sheet import get_blank_sheet


@page("library.read")
def sheet(request: HttpRequest, guide_id: str) -> HttpResponse:
    """A guide to print and fill in by hand, as in force in the country that the address names."""
    now = now_of(request)
    country = request.GET.get("country", "").upper()
    content = get_blank_sheet(guide_id, country, language=language_of(), today=now.date())
    return pdf_answer(make_pdf("sheet", content, now=now), f"{guide_id}-sheet.pdf")
