"""The names that one user may open, in this process's memory so that a search can compare them.

Nothing here outlives ten idle minutes, a lock in this process, or room for :data:`KEPT` indexes. An
index belongs to one user: it was opened with that user's keys, and is reached only by an actor who is
unlocked now. It holds normal forms, not names.

Each unit of the user has an index: a search first reads the unit's counter, and opens only what changed
since, whichever process changed it. One more index, *beside* the units, holds those whom a relation to
their file lets the user know: a delegation, a guardianship, the team of a sealed case. It is compared
anew with policy and keys at every search, so that whose relation ended is gone from that search on.

Another room may keep an index of names that the user has just opened there, on a *shelf* of its own. It
is never searched, only compared with texts that everybody will read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from threading import Lock, Thread
from time import monotonic, sleep
from uuid import UUID

from amparo.access.data import Actor, Locked
from amparo.access.scoping import known_by_grant, scopes_where
from amparo.cases.data import NAMES_FIELD
from amparo.cases.models import NameChange, NameCounter
from amparo.core.name_index import Found, NameIndex, keys_of
from amparo.core.policy import Purpose
from amparo.vault import door
from amparo.vault.data import Compartment
from amparo.vault.door import PlainUse
from amparo.vault.queries import find_wraps

IDLE = timedelta(minutes=10)
KEPT = 16
SWEEP_SECONDS = 30
MANY_CHANGES = 1000
"""More changes than this are cheaper to open all over again."""
OPENS_NAMES = "vault.open_id"
_IDS_A_QUERY = 5_000

Mark = tuple[int, int]
"""Which change of somebody's names was opened, and with which key: both unchanged, nothing to open."""


@dataclass(slots=True)
class NamedIn:
    """Whose name stands in a text, and whose single-word name does: ids of whatever a shelf holds."""

    by_name: set[UUID] = field(default_factory=set)
    by_a_word: set[UUID] = field(default_factory=set)


@dataclass(slots=True)
class _Held:
    """One index for one user. Of a unit: up to a number of its counter, and whom it leaves out."""

    index: NameIndex = field(default_factory=NameIndex)
    damaged: set[UUID] = field(default_factory=set)
    left_out: set[UUID] = field(default_factory=set)
    marks: dict[UUID, Mark] = field(default_factory=dict)
    number: int = -1
    used: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def drop(self, person_id: UUID) -> None:
        """Forget one person."""
        self.index.remove(person_id)
        self.damaged.discard(person_id)
        self.marks.pop(person_id, None)


BESIDE = UUID(int=0)
"""Stands where the unit would, for those who are known by a relation to their file."""
_held: OrderedDict[tuple[UUID, UUID], _Held] = OrderedDict()
_held_lock = Lock()


def find_names(actor: Actor, query: str, purpose: Purpose, *, limit: int, now: datetime) -> Iterator[Found]:
    """Return the best matches among those whose names the actor may open. Raises Locked.

    Two queries when nothing changed since the last search, two more where a relation to a file
    reaches beyond the actor's units.
    """
    if actor.keys is None:
        raise Locked
    units = sorted(actor.unit_ids)
    numbers = dict(NameCounter.objects.filter(unit_id__in=units).values_list("unit_id", "value"))
    left_out: set[UUID] = set()
    for unit_id in units:
        if unit_id not in numbers:
            continue
        held = _hold(actor.keys.user_id, unit_id)
        with held.lock:
            _refresh(held, actor, unit_id, numbers[unit_id], purpose, now)
            left_out |= held.left_out
            found = held.index.find(query, limit=limit)
        yield from found
    yield from _find_beside(actor, actor.keys.user_id, query, left_out, purpose, limit=limit, now=now)


def damaged_names(actor: Actor) -> frozenset[UUID]:
    """Return whose names the actor's searches in this process found altered. No query."""
    user_id = actor.keys.user_id if actor.keys else None
    with _held_lock:
        held = [each.damaged for (whose, _unit), each in _held.items() if whose == user_id]
    return frozenset[UUID]().union(*held)


def keep_names(actor: Actor, shelf: UUID, subject_id: UUID, names: Iterable[str]) -> None:
    """Hold names that the actor has just opened elsewhere, to compare texts with them. Raises Locked."""
    if actor.keys is None:
        raise Locked
    held = _hold(actor.keys.user_id, shelf)
    with held.lock:
        held.index.put(subject_id, names)


def find_named(actor: Actor, shelves: Iterable[UUID], texts: Sequence[str]) -> list[NamedIn]:
    """Compare each text with what is held already. Opens nothing, asks no database, prolongs nothing.

    The caller leaves out whom the actor may not know any more.
    """
    found = [NamedIn() for _text in texts]
    user_id = actor.keys.user_id if actor.keys else None
    with _held_lock:
        here = [held for shelf in shelves if (held := _held.get((user_id, shelf)))] if user_id else []
    if not here:
        return found
    for keys, named in zip(map(keys_of, texts), found, strict=True):
        for held in here:
            with held.lock:
                named.by_name |= held.index.named_in(keys)
                named.by_a_word |= held.index.alone_in(keys)
    return found


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
    """Bring a unit's index up to its counter, which was read before anything is opened."""
    if held.number >= number:
        return
    if held.number < 0 or number - held.number > MANY_CHANGES:
        _open_unit(held, actor, unit_id, purpose, now)
    else:
        _open_changes(held, actor, unit_id, purpose, now)
    held.number = number


def _open_unit(held: _Held, actor: Actor, unit_id: UUID, purpose: Purpose, now: datetime) -> None:
    held.index, held.damaged = NameIndex(), set()
    rows = NameChange.objects.filter(unit_id=unit_id, is_gone=False)
    held.left_out = set(rows.values_list("person_id", flat=True))
    for person_id, fields in door.open_names(actor, unit_id, purpose, now=now):
        held.left_out.discard(person_id)
        if fields is None:
            held.damaged.add(person_id)
            continue
        held.index.put(person_id, (entry["full"] for entry in fields[NAMES_FIELD]))


def _open_changes(held: _Held, actor: Actor, unit_id: UUID, purpose: Purpose, now: datetime) -> None:
    rows = NameChange.objects.filter(unit_id=unit_id, number__gt=held.number)
    changed = dict(rows.order_by("number").values_list("person_id", "is_gone"))
    for person_id in changed:
        held.drop(person_id)
        held.left_out.discard(person_id)
    alive = {person_id for person_id, is_gone in changed.items() if not is_gone}
    held.left_out |= alive - _open_people(held, actor, list_openable(actor, alive, purpose), purpose, now)


def _find_beside(
    actor: Actor,
    user_id: UUID,
    query: str,
    left_out: Iterable[UUID],
    purpose: Purpose,
    *,
    limit: int,
    now: datetime,
) -> list[Found]:
    """Find among those whom a relation to their file opens, as policy and keys allow at this moment.

    Whoever a unit's index leaves out (excluded or sealed when it was opened) is looked at here again.
    """
    granted = set(known_by_grant(actor, OPENS_NAMES, purpose=purpose).values_list("id", flat=True))
    marks = _marks(actor, granted | list_openable(actor, left_out, purpose))
    if not marks:
        with _held_lock:
            _held.pop((user_id, BESIDE), None)
        return []
    held = _hold(user_id, BESIDE)
    with held.lock:
        for person_id in [one for one, mark in held.marks.items() if marks.get(one) != mark]:
            held.drop(person_id)
        new = marks.keys() - held.marks.keys()
        for person_id in _open_people(held, actor, new, purpose, now):
            held.marks[person_id] = marks[person_id]
        return held.index.find(query, limit=limit)


def list_openable(actor: Actor, person_ids: Iterable[UUID], purpose: Purpose) -> set[UUID]:
    """Return whose identity policy lets the actor open. One query for each five thousand, none for nobody."""
    openable: set[UUID] = set()
    remaining = iter(person_ids)
    while batch := list(islice(remaining, _IDS_A_QUERY)):
        rows = scopes_where(actor, OPENS_NAMES, purpose=purpose).filter(id__in=batch)
        openable.update(rows.values_list("id", flat=True))
    return openable


def _marks(actor: Actor, person_ids: Collection[UUID]) -> dict[UUID, Mark]:
    """Return the marks of those whose identity the actor's keys open. Two queries, none for nobody."""
    if not person_ids or actor.keys is None:
        return {}
    wraps = find_wraps(actor.keys.user_id, person_ids, Compartment.ID)
    rows = NameChange.objects.filter(person_id__in=wraps, is_gone=False)
    return {
        person_id: (number, wraps[person_id]) for person_id, number in rows.values_list("person_id", "number")
    }


def _open_people(
    held: _Held, actor: Actor, person_ids: Collection[UUID], purpose: Purpose, now: datetime
) -> set[UUID]:
    """Open the names of people whom policy permits into the index; return who opened."""
    if not person_ids:
        return set()
    opened = door.open_many(actor, person_ids, {Compartment.ID}, purpose, now=now)
    for person_id, each in opened.items():
        if each.damaged:
            held.damaged.add(person_id)
        names = each.get(Compartment.ID, NAMES_FIELD)
        if names is not None:
            held.index.put(person_id, _written(door.plain(names, PlainUse.COMPARE)))
    return set(opened)


def _written(entries: Iterable[dict[str, str]]) -> Iterator[str]:
    return (entry["full"] for entry in entries)
