"""Routes of the panels room."""

from __future__ import annotations

from django.urls import path

from amparo.panels.views import bodies, files, meetings, members, steps

BODY = "panels/bodies/<uuid:body_id>/"
MEETING = "panels/meetings/<uuid:meeting_id>/"
CASE = "panels/cases/<uuid:item_id>/"
FILE = "files/<str:code>/panels/"
ITEM = f"{FILE}<uuid:item_id>/"

urlpatterns = [
    path("panels/", bodies.bodies, name="panels_bodies"),
    path("panels/new/", bodies.found, name="panels_found"),
    path(BODY, bodies.body, name="panels_body"),
    path(f"{BODY}seats/new/", bodies.give_seat, name="panels_give_seat"),
    path("panels/seats/<uuid:seat_id>/end/", bodies.end_seat, name="panels_end_seat"),
    path(f"{BODY}convene/", meetings.convene, name="panels_convene"),
    path(MEETING, meetings.meeting, name="panels_meeting"),
    path(f"{MEETING}minutes.pdf", meetings.minutes, name="panels_minutes"),
    path(f"{MEETING}attendance/", meetings.attendance, name="panels_attendance"),
    path(f"{MEETING}cancel/", meetings.cancel, name="panels_cancel"),
    path(f"{MEETING}topics/new/", meetings.topic, name="panels_topic"),
    path(f"{MEETING}topics/<uuid:topic_id>/", meetings.outcome, name="panels_outcome"),
    path(CASE, members.item, name="panels_item"),
    path(f"{CASE}interest/", members.interest, name="panels_interest"),
    path(f"{CASE}recuse/", members.recuse, name="panels_recuse_seat"),
    path(f"{CASE}view/", members.view, name="panels_view"),
    path(f"{CASE}sign/", members.sign, name="panels_sign"),
    path(FILE, files.of_file, name="panels_of_file"),
    path(f"{FILE}new/<uuid:procedure_id>/", files.put, name="panels_put"),
    path(ITEM, files.item, name="panels_file_item"),
    path(f"{ITEM}minutes.pdf", files.extract, name="panels_extract"),
    path(f"{ITEM}share/", files.share, name="panels_share"),
    path(f"{ITEM}take-in/", files.take_in, name="panels_take_in"),
    path(f"{ITEM}approve/", files.approve, name="panels_approve"),
    path(f"{ITEM}recuse/", steps.recuse, name="panels_recuse"),
    path(f"{ITEM}wishes/", steps.wishes, name="panels_wishes"),
    path(f"{ITEM}options/", steps.option, name="panels_option"),
    path(f"{ITEM}decision/", steps.decision, name="panels_decision"),
    path(f"{ITEM}answer/", steps.answer, name="panels_answer"),
    path(f"{ITEM}task/", steps.task, name="panels_task"),
]
