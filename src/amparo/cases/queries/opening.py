"""Opening identifying data for a page: veiled when it may be opened, ``None`` when it may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor, Denied
from amparo.cases.data import NAMES_FIELD
from amparo.core.policy import Purpose
from amparo.core.refusal import Unknown
from amparo.vault import door
from amparo.vault.data import Compartment, NoKey, Opened, Veiled


@dataclass(frozen=True, slots=True)
class UsualNames:
    """The names of a list of people, and those whose names were altered in the database.

    ``names`` are those to address the people by, ``written`` every name that each of them has.
    """

    names: Mapping[UUID, Veiled]
    written: Mapping[UUID, tuple[Veiled, ...]]
    damaged: frozenset[UUID] = frozenset()

    def alias(self, person_id: UUID, number: int) -> Veiled | None:
        """Return a name of a person in full where it is not the first, the one they are addressed by."""
        written = self.written.get(person_id, ())
        return written[number].part("full") if 0 < number < len(written) else None


def open_parts(
    actor: Actor, person_id: UUID, parts: Iterable[Compartment], purpose: Purpose, *, now: datetime
) -> Opened | None:
    """Open compartments of one person, or ``None``: locked, sealed to others, or not for this role.

    The page then says "locked" or "withheld"; that the person exists is already known to the actor.
    What was altered in the database is named in ``damaged``, and the rest of the page is still shown.
    """
    if not actor.is_unlocked:
        return None
    try:
        return door.open_many(actor, [person_id], frozenset(parts), purpose, now=now).get(person_id)
    except (Denied, NoKey, Unknown):
        return None


def usual_name(opened: Opened | None) -> Veiled | None:
    """Return the name to address the person by, veiled: the first that was written down."""
    entries = names_of(opened)
    return entries[0].part("usual") if entries else None


def names_of(opened: Opened | None) -> tuple[Veiled, ...]:
    """Return every name that was written down, each a veiled mapping."""
    names = opened.get(Compartment.ID, NAMES_FIELD) if opened else None
    return names.parts() if names else ()


def open_usual_names(
    actor: Actor, person_ids: Iterable[UUID], purpose: Purpose, *, now: datetime
) -> UsualNames:
    """Return the names of a list of people; nothing while locked. One ledger row for the list."""
    wanted = list(dict.fromkeys(person_ids))
    if not actor.is_unlocked or not wanted:
        return UsualNames({}, {})
    opened = door.open_many(actor, wanted, {Compartment.ID}, purpose, now=now)
    written = {person_id: names_of(each) for person_id, each in opened.items()}
    usual = {person_id: usual_name(each) for person_id, each in opened.items()}
    damaged = frozenset(person_id for person_id, each in opened.items() if each.damaged)
    names = {person_id: name for person_id, name in usual.items() if name is not None}
    return UsualNames(names, written, damaged)
