"""Registers the advocacy room with Django, and what it adds to the worklist."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    name = "amparo.advocacy"
    label = "advocacy"

    def ready(self) -> None:
        from amparo.advocacy.providers import list_work
        from amparo.cases import worklist

        worklist.register(list_work)
