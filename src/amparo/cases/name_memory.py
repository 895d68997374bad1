"""The names of a unit, opened into this process's memory so that a search can compare them.

Nothing here outlives ten idle minutes, a lock in this process, or room for :data:`KEPT` indexes. An
index belongs to one user and one unit: it was opened with that user's keys, and is reached only by
an actor who is unlocked now. It holds normal forms, not names. Every search first reads the unit's
counter, and opens only what changed since, whichever process changed it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, Thread
from time import monotonic, sleep
from uuid import UUID

from amparo.access.data import Actor, Locked
from amparo.cases.data import NAMES_FIELD
from amparo.cases.models import NameChange, NameCounter
from amparo.core.name_index import Found, NameIndex
from amparo.core.policy import Purpose
from amparo.vault import door
from amparo.vault.data import Compartment
from amparo.vault.door import PlainUse

IDLE = timedelta(minutes=10)
KEPT = 16
SWEEP_SECONDS = 30
MANY_CHANGES = 1000
"""More changes than this are cheaper to open all over again."""


@dataclass(slots=True)
class _Held:
    """One unit's index for one user, up to one number of the unit's counter."""

    index: NameIndex = field(default_factory=NameIndex)
    damaged: set[UUID] = field(default_factory=set)
    number: int = -1
    used: float = 0.0
    lock: Lock = field(default_factory=Lock)


_held: OrderedDict[tuple[UUID, UUID], _Held] = OrderedDict()
_held_lock = Lock()


def find_names(actor: Actor, query: str, purpose: Purpose, *, limit: int, now: datetime) -> Iterator[Found]:
    """Return the best matches among the units where the actor holds a post. Raises Locked.

    One query for the counters; nothing else when nothing changed since the last search.
    """
    if actor.keys is None:
        raise Locked
    units = sorted(actor.unit_ids)
    numbers = dict(NameCounter.objects.filter(unit_id__in=units).values_list("unit_id", "value"))
    for unit_id in units:
        if unit_id not in numbers:
            continue
        held = _hold(actor.keys.user_id, unit_id)
        with held.lock:
            _refresh(held, actor, unit_id, numbers[unit_id], purpose, now)
            found = held.index.find(query, limit=limit)
        yield from found


def damaged_names(actor: Actor) -> frozenset[UUID]:
    """Return whose names the actor's searches in this process found altered. No query."""
    user_id = actor.keys.user_id if actor.keys else None
    with _held_lock:
        held = [each.damaged for (whose, _unit), each in _held.items() if whose == user_id]
    return frozenset[UUID]().union(*held)


def forget(user_id: UUID) -> None:
    """Drop what this process holds for a user; called when they lock or sign out."""
    with _held_lock:
        for key in [key for key in _held if key[0] == user_id]:
            del _held[key]


def sweep(at: float) -> None:
    """Drop what was not used for ``IDLE``; ``at`` is a reading of the monotonic clock."""
    with _held_lock:
        for key in [key for key, held in _held.items() if at - held.used >= IDLE.total_seconds()]:
            del _held[key]


def _hold(user_id: UUID, unit_id: UUID) -> _Held:
    """Return the index of a user and unit, new when there is none; make room and start the sweeper."""
    with _held_lock:
        if not _held:
            Thread(target=_sweep_until_empty, name="name-memory", daemon=True).start()
        held = _held.setdefault((user_id, unit_id), _Held())
        held.used = monotonic()
        _held.move_to_end((user_id, unit_id))
        while len(_held) > KEPT:
            _held.popitem(last=False)
        return held


def _sweep_until_empty() -> None:
    """Sweep twice a minute while anything is held: names go although nobody searches again."""
    while _held:
        sleep(SWEEP_SECONDS)
        sweep(monotonic())


def _refresh(held: _Held, actor: Actor, unit_id: UUID, number: int, purpose: Purpose, now: datetime) -> None:
    """Bring an index up to the unit's counter, which was read before anything is opened."""
    if held.number >= number:
        return
    if held.number < 0 or number - held.number > MANY_CHANGES:
        held.index, held.damaged = NameIndex(), set()
        for person_id, fields in door.open_names(actor, unit_id, purpose, now=now):
            if fields is None:
                held.damaged.add(person_id)
                continue
            held.index.put(person_id, (entry["full"] for entry in fields[NAMES_FIELD]))
    else:
        _open_changes(held, actor, unit_id, purpose, now)
    held.number = number


def _open_changes(held: _Held, actor: Actor, unit_id: UUID, purpose: Purpose, now: datetime) -> None:
    rows = NameChange.objects.filter(unit_id=unit_id, number__gt=held.number)
    changed = dict(rows.order_by("number").values_list("person_id", "is_gone"))
    for person_id in changed:
        held.index.remove(person_id)
        held.damaged.discard(person_id)
    alive = [person_id for person_id, is_gone in changed.items() if not is_gone]
    if not alive:
        return
    opened = door.open_many(actor, alive, {Compartment.ID}, purpose, now=now)
    for person_id, each in opened.items():
        if each.damaged:
            held.damaged.add(person_id)
        names = each.get(Compartment.ID, NAMES_FIELD)
        if names is not None:
            held.index.put(person_id, _written(door.plain(names, PlainUse.COMPARE)))


def _written(entries: Iterable[dict[str, str]]) -> Iterator[str]:
    return (entry["full"] for entry in entries)
