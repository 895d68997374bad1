"""Routes of the solutions room."""

from __future__ import annotations

from django.urls import path

from amparo.solutions import views

FILE = "files/<str:code>/return/"
ONE = f"{FILE}<uuid:plan_id>/"

urlpatterns = [
    path(FILE, views.of_file, name="solutions_return"),
    path(f"{FILE}incident/", views.incident, name="solutions_incident"),
    path(f"{FILE}incident/<uuid:incident_id>/", views.acknowledge, name="solutions_acknowledge"),
    path(f"{ONE}edit/", views.edit, name="solutions_edit"),
    path(f"{ONE}plan/", views.plan, name="solutions_plan"),
    path(f"{ONE}depart/", views.depart, name="solutions_depart"),
    path(f"{ONE}cancel/", views.cancel, name="solutions_cancel"),
    path(f"{ONE}sign/", views.sign, name="solutions_sign"),
    path(f"{ONE}issue/", views.issue, name="solutions_issue"),
    path(f"{ONE}certificate.pdf", views.certificate, name="solutions_certificate"),
]
