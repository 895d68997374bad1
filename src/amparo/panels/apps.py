"""Registers the panels room with Django, and what it answers to the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from amparo.access.data import Actor


class Room(AppConfig):
    name = "amparo.panels"
    label = "panels"

    def ready(self) -> None:
        from amparo.access.vault_hooks import register_extracts
        from amparo.cases import tabs, timeline, withdrawals, worklist
        from amparo.panels.providers import list_events, list_standing, list_work
        from amparo.panels.queries.rulings import list_missing
        from amparo.panels.queries.standing import find_ruling
        from amparo.panels.queries.words import find_person_of_extract
        from amparo.procedures import rulings

        register_extracts(find_person_of_extract)
        rulings.register(rulings.Source(list_missing, find_ruling))
        tabs.register(35, _("Panels"), "panels_of_file", "panels.read_items")
        timeline.register(list_events)
        timeline.name_kind("panel", _("Panel"))
        worklist.register(list_work)
        worklist.name_kind("meeting", _("Meetings"))
        worklist.name_kind("panel", _("Panels"))
        withdrawals.register(stop_sharing, list_standing)


def stop_sharing(actor: Actor, person_id: UUID, consent_id: UUID, now: datetime) -> None:
    """Receive the withdrawal of a consent: no panel reads on what stood on it."""
    from amparo.panels import actions

    actions.stop_sharing(actor, now=now, person_id=person_id, consent_id=consent_id)
