"""The rules of access, declared once as data: ways that grant and bars that nothing can lift.

A right is held when one of its *ways* holds and none of its *bars* does. The number of a bar is the
number of the rule in THREAT_MODEL, "Who may do what"; 0 marks a rule of design without a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from amparo.core.conditions import (
    All,
    AnswersToFeared,
    AnswersToLifted,
    AnswersToOrigin,
    Any,
    BestInterests,
    Child,
    Condition,
    HoldsRole,
    HoldsRoleHere,
    KindIs,
    Machine,
    Not,
    OnLegalHold,
    Related,
    Sealed,
)
from amparo.core.parties import AgencyKind, Purpose, Relation, Role
from amparo.core.rights import ABOUT_A_RECORD, BLIND_ROLES, Reach, Right

ALWAYS = All(())
EXTRACT_ONLY_KINDS = frozenset(
    {AgencyKind.POLICE, AgencyKind.PROSECUTION, AgencyKind.CONSULATE, AgencyKind.OBSERVER}
)
TRACING = frozenset({Purpose.TRACING, Purpose.REUNIFICATION})


@dataclass(frozen=True, slots=True)
class Bar:
    """A refusal that no role, grant or setting lifts, for the rights that it concerns."""

    id: str
    rule: int
    when: Condition
    reaches: frozenset[Reach]
    only_opening: bool = False
    only_tracing: bool = False
    only_destroying: bool = False
    only_without_purpose: bool = False
    only_telling: bool = False

    def concerns(self, right: Right, purpose: Purpose | None) -> bool:
        """Return whether this bar is read at all for that right and purpose."""
        return (
            right.reach in self.reaches
            and (bool(right.opens) or not self.only_opening)
            and (right.traces or purpose in TRACING or not self.only_tracing)
            and (right.destroys or not self.only_destroying)
            and (purpose is None or not self.only_without_purpose)
            and (right.tells_of_cases or not self.only_telling)
        )


_RECORD = frozenset({Reach.RECORD})
_FILES = frozenset({Reach.RECORD, Reach.UNIT})
_POWERS = frozenset({Reach.HOUSE, Reach.OVERSIGHT})
_RELEASED = All((AnswersToLifted(), Not(AnswersToFeared())))

BARS: tuple[Bar, ...] = (
    Bar("excluded", 2, Related(frozenset({Relation.EXCLUDED})), ABOUT_A_RECORD),
    Bar("feared_state", 3, AnswersToFeared(), ABOUT_A_RECORD),
    Bar("state_of_origin", 3, All((AnswersToOrigin(), Not(_RELEASED))), ABOUT_A_RECORD),
    Bar(
        "consular",
        3,
        All((KindIs(frozenset({AgencyKind.CONSULATE})), Not(_RELEASED))),
        ABOUT_A_RECORD,
    ),
    Bar(
        "consular_reader",
        3,
        KindIs(frozenset({AgencyKind.CONSULATE})),
        frozenset({Reach.OWN}),
        only_telling=True,
    ),
    Bar("extract_only_agency", 4, KindIs(EXTRACT_ONLY_KINDS), _FILES | _POWERS),
    Bar("referral_receiver", 6, Related(frozenset({Relation.RECEIVER})), _RECORD),
    Bar("blind_role", 1, HoldsRole(BLIND_ROLES), ABOUT_A_RECORD | _FILES, only_opening=True),
    Bar(
        "child_without_best_interests",
        5,
        All((Child(), Not(BestInterests()))),
        frozenset({Reach.RECORD, Reach.EXTRACT}),
        only_tracing=True,
    ),
    Bar(
        "purpose_missing",
        8,
        ALWAYS,
        frozenset({Reach.RECORD, Reach.EXTRACT}),
        only_opening=True,
        only_without_purpose=True,
    ),
    Bar(
        "sealed",
        0,
        All((Sealed(), Not(Related(frozenset({Relation.CASE_TEAM}))), Not(Machine()))),
        _RECORD,
    ),
    Bar("legal_hold", 0, OnLegalHold(), frozenset({Reach.RECORD, Reach.OVERSIGHT}), only_destroying=True),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One reason why a right is granted."""

    id: str
    when: Condition


def _record_ways(right: Right) -> tuple[Way, ...]:
    ways = [
        Way("unit", All((Related(frozenset({Relation.UNIT})), HoldsRoleHere(right.roles)))),
        Way("case_team", All((Related(frozenset({Relation.CASE_TEAM})), HoldsRole(right.roles)))),
    ]
    if not right.stays_home:
        ways.append(Way("delegate", All((Related(frozenset({Relation.DELEGATE})), HoldsRole(right.roles)))))
    if right.for_guardians:
        guardian = All((Related(frozenset({Relation.GUARDIAN})), HoldsRole(frozenset({Role.GUARDIAN}))))
        ways.append(Way("guardian", guardian))
    if right.in_emergency:
        emergency = All((Related(frozenset({Relation.EMERGENCY})), HoldsRole(right.roles)))
        ways.append(Way("emergency", emergency))
    return tuple(ways)


@cache
def ways_to(right: Right) -> tuple[Way, ...]:
    """Return every way in which a right can be granted, in the order in which reasons are given."""
    match right.reach:
        case Reach.RECORD:
            ways = _record_ways(right)
        case Reach.EXTRACT:
            receiver = All((Related(frozenset({Relation.RECEIVER})), HoldsRole(right.roles)))
            ways = (Way("receiver", receiver),)
        case Reach.UNIT | Reach.DESK:
            ways = (Way("unit", HoldsRoleHere(right.roles)),)
        case Reach.HOUSE | Reach.OVERSIGHT:
            ways = (Way("role", HoldsRole(right.roles)),)
        case Reach.OWN:
            ways = (Way("own", Not(Machine())),)
    return (*ways, Way("machine", Machine())) if right.by_machine else ways


@cache
def bars_on(right: Right, purpose: Purpose | None) -> tuple[Bar, ...]:
    """Return the bars that concern a right asked for with that purpose."""
    return tuple(bar for bar in BARS if bar.concerns(right, purpose))


@cache
def condition_of(right: Right, purpose: Purpose | None = None) -> Condition:
    """Return the whole rule of a right as one condition: some way, and no bar."""
    ways = Any(tuple(way.when for way in ways_to(right)))
    bars = Any(tuple(bar.when for bar in bars_on(right, purpose)))
    return All((ways, Not(bars)))
