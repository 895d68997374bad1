"""Registers the referrals room with Django, with the vault's policy, and with the pages of cases."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from amparo.access.data import Actor


class Room(AppConfig):
    name = "amparo.referrals"
    label = "referrals"

    def ready(self) -> None:
        from amparo.access import public_texts
        from amparo.access.vault_hooks import register_extracts
        from amparo.cases import next_steps, tabs, timeline, withdrawals, worklist
        from amparo.referrals import jobs  # noqa: F401 - declares the clock
        from amparo.referrals.providers import find_next_step, list_events, list_standing, list_work
        from amparo.referrals.queries import find_person_of_extract
        from amparo.referrals.seen_names import compare_texts

        register_extracts(find_person_of_extract)
        tabs.register(40, _("Referrals"), "referrals_of_file", "referrals.read")
        timeline.register(list_events)
        timeline.name_kind("referral", _("Referral"))
        worklist.register(list_work)
        worklist.name_kind("referral", _("Referrals"))
        next_steps.register("referrals.read", find_next_step)
        withdrawals.register(stop_sharing, list_standing)
        public_texts.register(compare_texts)


def stop_sharing(actor: Actor, person_id: UUID, consent_id: UUID, now: datetime) -> None:
    """Receive the withdrawal of a consent: what stands on it ends in the same transaction."""
    from amparo.referrals.actions import propagate_withdrawal

    propagate_withdrawal(actor, now=now, person_id=person_id, consent_id=consent_id)
