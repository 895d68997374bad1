"""The gap analysis as a workbook, a web page and a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.access.pages import page
from amparo.advocacy import queries
from amparo.advocacy.documents import gap_report_content, make_workbook
from amparo.advocacy.views.gaps import country_of
from amparo.procedures.documents import make_pdf
from amparo.procedures.pages import actor_of, language_of, now_of, pdf_answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("advocacy.read")
def workbook(request: HttpRequest) -> HttpResponse:
    """The matrix and the readings behind it as XLSX."""
    answer = HttpResponse(make_workbook(language_of(), now_of(request)), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="gap-analysis.xlsx"'
    return answer


@page("advocacy.read")
def web_page(request: HttpRequest) -> HttpResponse:
    """The matrix as one file for a web site: no script, no link to this installation."""
    language, today = language_of(), now_of(request).date()
    context = {
        "rows": queries.list_rows(language, today),
        "places": queries.list_places(language, today),
        "now": now_of(request),
    }
    answer = render(request, "advocacy/export.html", context)
    answer["Content-Disposition"] = 'attachment; filename="gap-analysis.html"'
    return answer


@page("advocacy.read")
def document(request: HttpRequest, place: str) -> HttpResponse:
    """The gaps of one country as PDF, with standards, drafts and the list of what is unverified."""
    content = gap_report_content(
        country_of(place), language=language_of(), printed_by=actor_of(request).name, now=now_of(request)
    )
    return pdf_answer(make_pdf("gaps", content, now=now_of(request)), f"{place}-gaps.pdf")
