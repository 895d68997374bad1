"""Routes of the procedures room."""

from __future__ import annotations

from django.urls import path

from amparo.procedures.views import guide, memorandum, panel, period, steps

FILE = "files/<str:code>/procedures/"
ONE = f"{FILE}<uuid:procedure_id>/"

urlpatterns = [
    path(FILE, guide.of_file, name="procedures_of_file"),
    path(ONE, guide.guide, name="procedures_guide"),
    path(f"{ONE}memorandum.pdf", memorandum.memorandum, name="procedures_memorandum"),
    path(f"{ONE}steps/<str:step_id>/", steps.step, name="procedures_step"),
    path(f"{ONE}period/extend/", period.extend, name="procedures_extend"),
    path(f"{ONE}period/waive/", period.waive, name="procedures_waive"),
    path(f"{ONE}panel/", panel.panel, name="procedures_panel"),
    path(f"{ONE}panel/<uuid:part_id>/", panel.resend, name="procedures_resend"),
    path(f"{ONE}<str:element>/", guide.guide, name="procedures_element"),
    path("panels/", panel.parts, name="procedures_parts"),
    path("panels/<uuid:part_id>/", panel.part, name="procedures_part"),
]
