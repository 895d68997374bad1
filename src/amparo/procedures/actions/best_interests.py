"""Whether there is a best-interests record about a child, kept true where policy reads it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amparo.access.scoping import update_scope
from amparo.doctrine.data import ProcedureFile
from amparo.doctrine.registry import list_procedures
from amparo.procedures.queries.outcomes import find_record


def keep_best_interests(person_id: UUID, definition: ProcedureFile, now: datetime) -> None:
    """Say anew whether a record counts, and until when, inside the action that may have changed it.

    Only procedures about children can have: of the others this asks nothing. What a panel decided without
    its guide opens nothing to others.
    """
    if not (definition.children_only or definition.recording_stages):
        return
    recording = [one.id for one in list_procedures() if one.recording_stages]
    found = [find_record(person_id, name, as_of=now) for name in recording]
    ends = [record.ends_at for record in found if record is not None and record.rests_on_guide]
    last = max((at for at in ends if at is not None), default=None)
    update_scope(
        person_id, has_best_interests=bool(ends), best_interests_until=None if None in ends else last
    )
