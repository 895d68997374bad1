"""Routes of the procedures room."""

from __future__ import annotations

from django.urls import path

from amparo.procedures.views import (
    choices,
    comparison,
    contact,
    guide,
    memorandum,
    overview,
    participants,
    period,
    sheets,
    steps,
)

FILE = "files/<str:code>/procedures/"
ONE = f"{FILE}<uuid:procedure_id>/"

urlpatterns = [
    path("procedures/", overview.every, name="procedures_every"),
    path(FILE, guide.of_file, name="procedures_of_file"),
    path(f"{FILE}side-by-side/", guide.side_by_side, name="procedures_side_by_side"),
    path(ONE, guide.guide, name="procedures_guide"),
    path(f"{ONE}memorandum.pdf", memorandum.memorandum, name="procedures_memorandum"),
    path(f"{ONE}steps/<str:step_id>/", steps.step, name="procedures_step"),
    path(f"{ONE}choices/<str:choice_id>/", choices.choice, name="procedures_choice"),
    path(f"{ONE}foreign-contact/", contact.contact, name="procedures_contact"),
    path(f"{ONE}period/extend/", period.extend, name="procedures_extend"),
    path(f"{ONE}period/waive/", period.waive, name="procedures_waive"),
    path(f"{ONE}participants/", participants.participants, name="procedures_participants"),
    path(f"{ONE}participants/<uuid:part_id>/", participants.resend, name="procedures_resend"),
    path(f"{ONE}versions/", comparison.comparison, name="procedures_comparison"),
    path(f"{ONE}<str:element>/", guide.guide, name="procedures_element"),
    path("doctrine/guides/<str:guide_id>/sheet.pdf", sheets.sheet, name="procedures_sheet"),
    path("taking-part/", participants.parts, name="procedures_parts"),
    path("taking-part/<uuid:part_id>/", participants.part, name="procedures_part"),
]
