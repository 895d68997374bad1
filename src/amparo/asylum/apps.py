"""Registers the asylum room with Django, and what it adds to the worklist."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Room(AppConfig):
    name = "amparo.asylum"
    label = "asylum"

    def ready(self) -> None:
        from amparo.asylum.providers import list_work
        from amparo.cases import worklist

        worklist.register(list_work)
        worklist.name_kind("opinion", _("Advisory opinions"))
