"""Routes of the statistics room."""

from __future__ import annotations

from django.urls import path

from amparo.statistics import views

urlpatterns = [
    path("imports/", views.upload, name="statistics_imports"),
    path("imports/<uuid:run_id>/", views.run, name="statistics_run"),
    path("imports/<uuid:run_id>/report.json", views.report, name="statistics_report"),
]
