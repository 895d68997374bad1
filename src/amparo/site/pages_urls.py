"""Routes of the site: home, language, health, demonstration."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
