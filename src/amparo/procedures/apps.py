"""Registers the procedures room with Django, and what it provides to the pages of cases."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from amparo.access.data import Actor


class Room(AppConfig):
    name = "amparo.procedures"
    label = "procedures"

    def ready(self) -> None:
        from amparo.access.vault_hooks import register_extracts
        from amparo.cases import next_steps, tabs, timeline, withdrawals, worklist
        from amparo.procedures.child_facts import register_child_facts
        from amparo.procedures.measure_facts import register_measure_facts
        from amparo.procedures.providers import (
            find_next_step,
            list_events,
            list_standing,
            list_work,
            register_facts,
        )
        from amparo.procedures.queries.parts import find_person_of_extract

        register_facts()
        register_child_facts()
        register_measure_facts()
        register_extracts(find_person_of_extract)
        tabs.register(30, _("Procedures"), "procedures_of_file", "procedures.read")
        timeline.register(list_events)
        timeline.name_kind("stage", _("Step of a procedure"))
        timeline.name_kind("finding", _("Finding"))
        timeline.name_kind("certificate", _("Certificate"))
        worklist.register(list_work)
        worklist.register_link(_("All procedures"), "procedures_every")
        worklist.name_kind("procedure", _("Procedures"))
        worklist.name_kind("part", _("Invitations to take part"))
        next_steps.register("procedures.read", find_next_step)
        withdrawals.register(stop_sharing, list_standing)


def stop_sharing(actor: Actor, person_id: UUID, consent_id: UUID, now: datetime) -> None:
    """Receive the withdrawal of a consent: nobody takes part any more on what stood on it."""
    from amparo.procedures import actions

    actions.stop_sharing(actor, now=now, person_id=person_id, consent_id=consent_id)
