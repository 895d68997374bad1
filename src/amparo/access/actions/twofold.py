"""What destroys or hands out keys, and therefore needs two people who sign the exact request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.forgetting import tell_erasure
from amparo.access.gate import action
from amparo.vault import actions as vault_actions


@action("vault.erase_early", about="person_id")
def erase_early(actor: Actor, *, now: datetime, person_id: UUID, countersign_id: UUID) -> bool:
    """Erase a person's identity before its retention ends. Tells whether anything was left to erase.

    The coded facts of the file stay, without a name, contact, text or document.
    """
    is_erased = vault_actions.erase_person(person_id, actor_ref=actor.ref, now=now)
    tell_erasure(person_id)
    return is_erased


@action("vault.change_custodians")
def change_custodians(actor: Actor, *, now: datetime, agency_id: UUID, countersign_id: UUID) -> list[str]:
    """Make a new set of recovery cards, which replaces the set that custodians hold."""
    return vault_actions.create_agency_recovery(agency_id, now)
