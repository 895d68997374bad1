"""The one place where a decision comes into force."""

from __future__ import annotations

from datetime import datetime

from amparo.access.gate import note
from amparo.panels.models import Decision, Item
from amparo.panels.queries.rulings import missing_on
from amparo.procedures.actions.best_interests import keep_best_interests
from amparo.procedures.queries.editions import definition_of


def settle(decision: Decision, now: datetime) -> bool:
    """Put a decision in force when nothing is missing, inside the running action; say whether it is."""
    if decision.in_force_at is not None:
        return True
    item = Item.objects.select_related("person", "procedure", "meeting").get(id=decision.item_id)
    if missing_on(item, now):
        return False
    decision.in_force_at = now
    decision.save(update_fields=["in_force_at"])
    keep_best_interests(item.person_id, definition_of(item.procedure), now)
    note(decision=str(decision.id), in_force=True)
    return True
