"""The URL root: one include for each room that has pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("amparo.access.urls")),
    path("", include("amparo.cases.urls")),
    path("", include("amparo.library.urls")),
    path("", include("amparo.procedures.urls")),
    path("", include("amparo.panels.urls")),
    path("", include("amparo.referrals.urls")),
    path("", include("amparo.asylum.urls")),
    path("", include("amparo.solutions.urls")),
    path("", include("amparo.statistics.urls")),
    path("", include("amparo.advocacy.urls")),
    path("", include("amparo.site.pages_urls")),
]

handler400 = "amparo.site.views.bad_request"
handler403 = "amparo.site.views.forbidden"
handler404 = "amparo.site.views.not_found"
handler500 = "amparo.site.views.server_error"
