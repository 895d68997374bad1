"""Registers the solutions room with Django, and what it provides to the pages of cases."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Room(AppConfig):
    name = "amparo.solutions"
    label = "solutions"

    def ready(self) -> None:
        from amparo.cases import next_steps, tabs, timeline, worklist
        from amparo.solutions.providers import find_next_step, list_events, list_work

        tabs.register(50, _("Return"), "solutions_return", "solutions.read")
        timeline.register(list_events)
        timeline.name_kind("return", _("Return"))
        timeline.name_kind("incident", _("Incident"))
        worklist.register(list_work)
        worklist.name_kind("return", _("Returns"))
        worklist.name_kind("incident", _("Departures without a certificate"))
        next_steps.register("solutions.read", find_next_step)
