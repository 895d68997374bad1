"""Complete enumeration of the policy against invariants written in words.

What the rules cannot tell apart is enumerated once: kinds of agency and roles are taken one from each
class that some rule names, relations one and two at a time. A test reads the rules themselves and
proves that this leaves nothing out; the golden table holds every kind and role by name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from amparo.core import rules
from amparo.core.conditions import (
    All,
    Any,
    Condition,
    HoldsRole,
    HoldsRoleHere,
    KindIs,
    Not,
    Related,
)
from amparo.core.parties import AgencyKind, Obligation, Purpose, Relation, Role
from amparo.core.policy import ActorFacts, RecordFacts, decide
from amparo.core.rights import BLIND_ROLES, RIGHTS, Reach, Right, UnknownRight, get_right

STATES = ("", "COL")
KINDS = (AgencyKind.NGO, AgencyKind.POLICE, AgencyKind.CONSULATE)
RELATION_SETS = [frozenset(chosen) for size in (0, 1, 2) for chosen in itertools.combinations(Relation, size)]
FLAGS = [
    {},
    {"is_sealed": True},
    {"is_child": True},
    {"is_child": True, "has_best_interests": True},
    {"is_on_legal_hold": True},
    {"origin_states": frozenset({"COL"})},
    {"origin_states": frozenset({"COL"}), "lifted_states": frozenset({"COL"})},
    {
        "origin_states": frozenset({"COL"}),
        "lifted_states": frozenset({"COL"}),
        "feared_states": frozenset({"COL"}),
    },
    {"feared_states": frozenset({"COL"})},
    {"is_sealed": True, "is_child": True, "origin_states": frozenset({"COL"})},
]


def _behaviour(right: Right) -> Right:
    return replace(right, name="any.right", opens=frozenset({"id"}) if right.opens else frozenset())


CLASSES: dict[Right, str] = {}
for _name, _right in RIGHTS.items():
    CLASSES.setdefault(_behaviour(_right), _name)
"""One right for each different declaration: rights that are declared alike are decided alike."""


@dataclass(frozen=True)
class Case:
    actor: ActorFacts
    record: RecordFacts
    right: Right
    purpose: Purpose | None
    allowed: bool


def _role_sets(right: Right) -> Iterator[frozenset[Role]]:
    """Nobody, the guardian, a blind role, one role inside and one outside the right's, and a mix."""
    inside = sorted(right.roles)[:1]
    outside = sorted(set(Role) - right.roles - BLIND_ROLES - {Role.GUARDIAN})[:1]
    blind = [*inside, Role.ADMINISTRATOR]
    for roles in ([], [Role.GUARDIAN], [Role.ADMINISTRATOR], inside, outside, blind):
        yield frozenset(roles)


def _actors(right: Right) -> Iterator[ActorFacts]:
    for kind, state, roles in itertools.product(KINDS, STATES, _role_sets(right)):
        yield ActorFacts(kind, state, roles, is_unlocked=True)
    yield ActorFacts(None, is_machine=True)


def _records(roles: frozenset[Role]) -> Iterator[RecordFacts]:
    for relations, flags in itertools.product(RELATION_SETS, FLAGS):
        here = roles if Relation.UNIT in relations else frozenset[Role]()
        yield RecordFacts(relations, here, **flags)  # type: ignore[arg-type]


def _purposes(right: Right) -> tuple[Purpose | None, ...]:
    return (None, Purpose.CASE_WORK, Purpose.TRACING) if right.opens or right.traces else (None,)


@pytest.fixture(scope="module", params=sorted(CLASSES.values()))
def decided(request: pytest.FixtureRequest) -> list[Case]:
    """Every combination for one class of rights."""
    right = get_right(request.param)
    return [
        Case(actor, record, right, purpose, decide(actor, record, right.name, purpose=purpose).allowed)
        for actor in _actors(right)
        for record in _records(actor.roles)
        for purpose in _purposes(right)
    ]


def _about_a_record(right: Right) -> bool:
    return right.reach in {Reach.RECORD, Reach.EXTRACT, Reach.OVERSIGHT}


def test_every_invariant_holds_on_every_combination(decided: list[Case]) -> None:
    for case in decided:
        if not case.allowed:
            continue
        for name, is_broken in INVARIANTS.items():
            assert not is_broken(case), f"{name}: {case}"


def _is_consular_or_of_origin(case: Case) -> bool:
    return case.actor.agency_kind is AgencyKind.CONSULATE or (
        case.actor.agency_state != "" and case.actor.agency_state in case.record.origin_states
    )


def _is_released(case: Case) -> bool:
    state = case.actor.agency_state
    return state in case.record.lifted_states and state not in case.record.feared_states


INVARIANTS = {
    "1 a blind role never opens an identity": lambda c: c.right.opens and c.actor.roles & BLIND_ROLES,
    "2 the excluded get nothing": lambda c: (
        _about_a_record(c.right) and Relation.EXCLUDED in c.record.relations
    ),
    "3 consulates and States of origin get nothing before the firewall is lifted": lambda c: (
        _about_a_record(c.right) and _is_consular_or_of_origin(c) and not _is_released(c)
    ),
    "3 a feared State gets nothing, lifted or not": lambda c: (
        _about_a_record(c.right)
        and c.actor.agency_state != ""
        and c.actor.agency_state in c.record.feared_states
    ),
    "4 police, prosecution, consulates and observers hold, read and oversee no file": lambda c: (
        c.right.reach in {Reach.RECORD, Reach.UNIT, Reach.OVERSIGHT, Reach.HOUSE}
        and c.actor.agency_kind in rules.EXTRACT_ONLY_KINDS
    ),
    "5 a guardian has only what was granted": lambda c: (
        c.right.reach is Reach.RECORD
        and c.actor.roles == {Role.GUARDIAN}
        and Relation.GUARDIAN not in c.record.relations
    ),
    "5 no tracing of a child without a best-interests record": lambda c: (
        (c.right.traces or c.purpose is Purpose.TRACING)
        and c.record.is_child
        and not c.record.has_best_interests
    ),
    "6 receivers of a referral never reach the record": lambda c: (
        c.right.reach is Reach.RECORD and Relation.RECEIVER in c.record.relations
    ),
    "6 nobody but a receiver reaches an extract": lambda c: (
        c.right.reach is Reach.EXTRACT and Relation.RECEIVER not in c.record.relations
    ),
    "8 nothing opens without a purpose": lambda c: c.right.opens and c.purpose is None,
    "a sealed case is for its team": lambda c: (
        c.right.reach is Reach.RECORD
        and c.record.is_sealed
        and Relation.CASE_TEAM not in c.record.relations
        and not c.actor.is_machine
    ),
    "a legal hold stops destruction": lambda c: c.right.destroys and c.record.is_on_legal_hold,
    "being the author, or having been there, gives nothing": lambda c: (
        c.right.reach is Reach.RECORD
        and not c.actor.is_machine
        and c.record.relations <= {Relation.AUTHOR, Relation.FORMER}
    ),
    "no staff member acts without a role": lambda c: (
        c.right.reach is not Reach.OWN and not c.actor.roles and not c.actor.is_machine
    ),
    "a machine does only what is marked for machines, and opens nothing": lambda c: (
        c.actor.is_machine and (not c.right.by_machine or c.right.opens)
    ),
    "in an emergency only identity and contact": lambda c: (
        c.right.reach is Reach.RECORD
        and c.record.relations == {Relation.EMERGENCY}
        and not (c.right.opens or frozenset()) <= {"id", "contact"}
    ),
}


def test_an_emergency_opens_identity_and_contact_only() -> None:
    assert {name for name, right in RIGHTS.items() if right.in_emergency and right.opens} == {
        "vault.open_id",
        "vault.open_contact",
    }


def test_an_undeclared_right_is_an_error() -> None:
    with pytest.raises(UnknownRight):
        decide(ActorFacts(AgencyKind.NGO), RecordFacts(), "cases.teleport")


def test_two_people_are_asked_for_where_rule_seven_says() -> None:
    assert {name for name, right in RIGHTS.items() if right.needs_two_people} == {
        "cases.export_many",
        "access.unseal_case",
        "vault.erase_early",
        "access.lift_firewall",
        "vault.change_custodians",
        "cases.release_to_demand",
    }
    bruno = ActorFacts(AgencyKind.SHELTER, "", frozenset({Role.SUPERVISOR}), is_unlocked=True)
    team = RecordFacts(frozenset({Relation.CASE_TEAM}), is_sealed=True)
    assert Obligation.SECOND_PERSON in decide(bruno, team, "access.unseal_case").obligations


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("x.guardian", {"roles": frozenset({Role.GUARDIAN})}),
        ("x.blind", {"roles": frozenset({Role.ADMINISTRATOR}), "opens": frozenset({"id"})}),
        ("x.compartment", {"opens": frozenset({"soul"})}),
    ],
)
def test_a_right_that_breaks_a_rule_cannot_be_declared(name: str, flags: dict[str, frozenset[str]]) -> None:
    with pytest.raises(ValueError, match=name):
        Right(name, Reach.RECORD, **flags)  # type: ignore[arg-type]


def test_no_condition_can_read_testimony_or_cooperation() -> None:
    """Rule 4, as structure: the facts hold no such field, and every condition is over the facts."""
    fields = {*ActorFacts.__dataclass_fields__, *RecordFacts.__dataclass_fields__}
    forbidden = ("testi", "complain", "coopera", "denunc", "witness", "prosecut")
    assert not [name for name in fields if any(word in name for word in forbidden)]


def test_a_locked_actor_owes_masking_and_a_passing_relation_owes_an_end() -> None:
    actor = ActorFacts(AgencyKind.NGO, "", frozenset({Role.CASEWORKER}))
    emergency = decide(actor, RecordFacts(frozenset({Relation.EMERGENCY})), "record.know")
    assert emergency.obligations == {Obligation.MASK, Obligation.EXPIRY, Obligation.NOTIFY}
    opening = decide(
        actor,
        RecordFacts(frozenset({Relation.DELEGATE})),
        "vault.open_id",
        purpose=Purpose.CASE_WORK,
    )
    assert opening.obligations == {Obligation.LOG, Obligation.MASK, Obligation.EXPIRY}


def _leaves(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Not(part):
            yield from _leaves(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield condition


def _all_leaves() -> Iterator[Condition]:
    for right in CLASSES:
        for way in rules.ways_to(right):
            yield from _leaves(way.when)
    for bar in rules.BARS:
        yield from _leaves(bar.when)


def test_the_enumeration_leaves_nothing_out() -> None:
    for right in CLASSES:
        for rule in [*rules.ways_to(right), *rules.BARS]:
            named = [leaf for leaf in _leaves(rule.when) if isinstance(leaf, Related)]
            assert sum(len(leaf.relations) for leaf in named) <= 2
    kinds = {leaf.kinds for leaf in _all_leaves() if isinstance(leaf, KindIs)}
    profiles = {tuple(kind in named for named in sorted(kinds, key=len)) for kind in AgencyKind}
    assert profiles == {tuple(kind in named for named in sorted(kinds, key=len)) for kind in KINDS}
    role_sets = {leaf.roles for leaf in _all_leaves() if isinstance(leaf, HoldsRole | HoldsRoleHere)}
    known = {BLIND_ROLES, frozenset({Role.GUARDIAN})}
    assert role_sets - known <= {right.roles for right in RIGHTS.values()}
