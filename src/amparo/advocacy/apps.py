"""Registers the advocacy room with Django, and what it adds to the worklist."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Room(AppConfig):
    name = "amparo.advocacy"
    label = "advocacy"

    def ready(self) -> None:
        from amparo.advocacy.providers import list_work
        from amparo.cases import worklist

        worklist.register(list_work)
        worklist.name_kind("commitment", _("Commitments"))
