"""Doctrine into the library: new entries come in, changed ones get a version, withdrawn ones stay, dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amparo.access.data import Actor
from amparo.access.gate import action, note
from amparo.access.queries import machine_actor
from amparo.library.actions.cataloguing import change_entry, create_entries
from amparo.library.data import AnyContent
from amparo.library.doctrine_entries import list_doctrine_entries
from amparo.library.index import rebuild
from amparo.library.index.tables import is_complete
from amparo.library.models import Entry


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What differs between doctrine and the library. ``taken``: keys that staff used first."""

    new: tuple[AnyContent, ...]
    changed: tuple[AnyContent, ...]
    withdrawn: tuple[str, ...]
    taken: tuple[str, ...]
    must_reindex: bool

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.withdrawn or self.must_reindex)


def bring_up_to_date(*, now: datetime) -> SyncPlan:
    """Sync where something differs, as the machine "library"; otherwise write and record nothing."""
    plan = plan_sync()
    if not plan.is_empty:
        sync_doctrine(machine_actor("library", now=now), now=now)
    return plan


@action("library.sync")
def sync_doctrine(actor: Actor, *, now: datetime) -> None:
    """Bring the entries of doctrine up to date. Running it again changes nothing.

    Entries of staff are never touched; a key of doctrine that staff took first stays theirs.
    """
    plan = plan_sync()
    if plan.must_reindex:
        rebuild()
    create_entries(actor, plan.new, origin="doctrine", now=now)
    changed = {content.key: content for content in plan.changed}
    for row in Entry.objects.select_for_update().filter(key__in=changed):
        change_entry(actor, row, changed[row.key], now=now)
    Entry.objects.filter(key__in=plan.withdrawn).update(withdrawn_at=now)
    note(added=len(plan.new), changed=len(plan.changed), withdrawn=len(plan.withdrawn))


def plan_sync() -> SyncPlan:
    """Compare doctrine with the library. Two queries."""
    wanted = {content.key: content for content in list_doctrine_entries()}
    held = {row.key: row for row in Entry.objects.all() if row.origin == "doctrine" or row.key in wanted}
    own = {key: row for key, row in held.items() if row.origin == "doctrine"}
    return SyncPlan(
        new=tuple(content for key, content in wanted.items() if key not in held),
        changed=tuple(
            content
            for key, content in wanted.items()
            if key in own
            and (own[key].withdrawn_at is not None or own[key].content != content.model_dump(mode="json"))
        ),
        withdrawn=tuple(
            key for key, row in sorted(own.items()) if key not in wanted and row.withdrawn_at is None
        ),
        taken=tuple(sorted(key for key in wanted if key in held and key not in own)),
        must_reindex=not is_complete(),
    )
