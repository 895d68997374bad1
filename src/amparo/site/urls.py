"""The URL root: one include for each room that has pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("allauth.urls")),
    path("", include("amparo.access.urls")),
    path("", include("amparo.cases.urls")),
    path("", include("amparo.procedures.urls")),
    path("", include("amparo.referrals.urls")),
    path("", include("amparo.solutions.urls")),
    path("", include("amparo.site.pages_urls")),
]
