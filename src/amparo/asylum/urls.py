"""Routes of the asylum room."""

from __future__ import annotations

from django.urls import path

from amparo.asylum import views

urlpatterns = [
    path("opinions/", views.register, name="asylum_register"),
    path("opinions/register/<str:number>/", views.registered, name="asylum_registered"),
    path("opinions/register/<str:number>/opinion.pdf", views.document, name="asylum_opinion_pdf"),
    path("opinions/requests/", views.requests, name="asylum_requests"),
    path("opinions/requests/ask/", views.ask, name="asylum_ask"),
    path("opinions/requests/<uuid:request_id>/", views.request_page, name="asylum_request"),
    path("opinions/requests/<uuid:request_id>/answer/", views.answer, name="asylum_answer"),
]
