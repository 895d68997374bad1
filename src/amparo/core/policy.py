"""Who may do what: one pure function over closed enumerations.

The rules live in ``core.rules``, the rights in ``core.rights``, each declared once as data.
``decide`` reads them for one record; ``access.scoping`` reads the same declaration as a queryset
filter. Source: security design, "Who may do what".

>>> amina = ActorFacts(AgencyKind.SHELTER, "", frozenset({Role.CASEWORKER}))
>>> here = RecordFacts(frozenset({Relation.UNIT}), roles_here=frozenset({Role.CASEWORKER}))
>>> decide(amina, here, "cases.add_note").reasons
('unit',)
>>> decide(amina, here, "vault.open_id").reasons
('purpose_missing',)
"""

from __future__ import annotations

from amparo.core.conditions import holds
from amparo.core.parties import (
    ActorFacts,
    AgencyKind,
    Decision,
    Obligation,
    Purpose,
    RecordFacts,
    Relation,
    Role,
)
from amparo.core.rights import Reach, Right, UnknownRight, get_right
from amparo.core.rules import bars_on, ways_to

__all__ = [
    "ActorFacts",
    "AgencyKind",
    "Decision",
    "Obligation",
    "Purpose",
    "RecordFacts",
    "Relation",
    "Role",
    "UnknownRight",
    "decide",
]

_PASSING_WAYS = frozenset({"emergency", "delegate"})
_NO_WAY = Decision(False, ("no_relation",))


def decide(actor: ActorFacts, record: RecordFacts, right: str, *, purpose: Purpose | None = None) -> Decision:
    """Decide one right for one actor on one record. Total: every combination has an answer.

    Reasons are the ids of the bars that refuse, or of the ways that grant, in the order of the
    rules. Raises :class:`UnknownRight` for a right that the catalogue does not declare.
    """
    entry = get_right(right)
    bars = tuple(bar.id for bar in bars_on(entry, purpose) if holds(bar.when, actor, record))
    if bars:
        return Decision(False, bars)
    ways = tuple(way.id for way in ways_to(entry) if holds(way.when, actor, record))
    if not ways:
        return _NO_WAY
    return Decision(True, ways, _obligations(entry, actor, ways))


def _obligations(right: Right, actor: ActorFacts, ways: tuple[str, ...]) -> frozenset[Obligation]:
    """Return what the caller owes: a lasting way (unit, team) owes less than a passing one."""
    owed = set()
    if right.opens:
        owed.add(Obligation.LOG)
    if right.reach is Reach.RECORD and not actor.is_unlocked:
        owed.add(Obligation.MASK)
    if right.needs_two_people:
        owed.add(Obligation.SECOND_PERSON)
    if _PASSING_WAYS.issuperset(ways):
        owed.add(Obligation.EXPIRY)
        if "emergency" in ways:
            owed.add(Obligation.NOTIFY)
    return frozenset(owed)
