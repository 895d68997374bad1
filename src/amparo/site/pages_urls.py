"""Routes of the site: language, health, and the sign that somebody is still working."""

from __future__ import annotations

from django.urls import path

from amparo.site import views
from amparo.site.demo.views import demonstration

urlpatterns = [
    path("demonstration/", demonstration, name="site_demonstration"),
    path("language/", views.choose_language, name="site_language"),
    path("health/", views.health, name="site_health"),
    path("still-here/", views.still_here, name="site_still_here"),
]
