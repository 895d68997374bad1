"""Routes of the advocacy room."""

from __future__ import annotations

from django.urls import path

from amparo.advocacy.views import exports, gaps, tracker

urlpatterns = [
    path("advocacy/", gaps.index, name="advocacy_index"),
    path("advocacy/matrix/", gaps.matrix, name="advocacy_matrix"),
    path("advocacy/gaps.xlsx", exports.workbook, name="advocacy_xlsx"),
    path("advocacy/gaps.html", exports.web_page, name="advocacy_html"),
    path("advocacy/countries/<str:place>/", gaps.country, name="advocacy_country"),
    path("advocacy/countries/<str:place>/gaps.pdf", exports.document, name="advocacy_pdf"),
    path("advocacy/countries/<str:place>/<str:row_id>/", gaps.cell, name="advocacy_cell"),
    path("advocacy/countries/<str:place>/<str:row_id>/read/", gaps.read, name="advocacy_read"),
    path("advocacy/countries/<str:place>/<str:row_id>/wording/", gaps.wording, name="advocacy_wording"),
    path("advocacy/initiatives/", tracker.initiatives, name="advocacy_initiatives"),
    path("advocacy/initiatives/new/", tracker.open_one, name="advocacy_new_initiative"),
    path("advocacy/initiatives/<uuid:initiative_id>/", tracker.initiative, name="advocacy_initiative"),
    path("advocacy/initiatives/<uuid:initiative_id>/edit/", tracker.edit, name="advocacy_edit_initiative"),
    path(
        "advocacy/initiatives/<uuid:initiative_id>/commitments/<uuid:commitment_id>/",
        tracker.close,
        name="advocacy_close_commitment",
    ),
]
