"""Entries from a file: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.library.actions.cataloguing import change_entry, create_entries
from amparo.library.actions.soundness import require_sound
from amparo.library.data import AnyContent, FromDoctrine, Instrument
from amparo.library.models import Entry


@action("library.import_entries")
def import_entries(actor: Actor, *, now: datetime, contents: Sequence[AnyContent]) -> tuple[int, int]:
    """Add what is new and change what differs; return how many of each. The same file again does nothing.

    Raises FromDoctrine for a key of doctrine that the file would change, and what ``require_sound`` raises.
    """
    held = {
        row.key: row for row in Entry.objects.select_for_update().filter(key__in=[c.key for c in contents])
    }
    new = [content for content in contents if content.key not in held]
    changed = [
        content
        for content in contents
        if content.key in held and held[content.key].content != content.model_dump(mode="json")
    ]
    if any(held[content.key].origin == "doctrine" for content in changed):
        raise FromDoctrine
    require_sound(actor, [*new, *changed], now=now)
    create_entries(actor, sorted(new, key=_is_part), origin="staff", now=now)
    for content in changed:
        change_entry(actor, held[content.key], content, now=now)
    note(added=len(new), changed=len(changed))
    return len(new), len(changed)


def _is_part(content: AnyContent) -> bool:
    """Instruments come first, so that they are catalogued before their provisions."""
    return not isinstance(content, Instrument)
