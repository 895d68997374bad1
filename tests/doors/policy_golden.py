"""Writes the golden table of the policy: ``python -m tests.doors.policy_golden --write``.

Three parts, small enough to review line by line. *Roles*: for each right, which roles hold it in an
ordinary agency by each relation. *Kinds and states*: how many rights of each sort an agency keeps when
the record is in a certain state. *Pairs*: what two relations at once leave.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from amparo.core.parties import AgencyKind, Purpose, Relation, Role
from amparo.core.policy import ActorFacts, RecordFacts, decide
from amparo.core.rights import RIGHTS, Reach, Right

PATH = Path(__file__).with_name("policy_golden.csv")

LETTERS = {
    Role.INTAKE: "i",
    Role.CASEWORKER: "c",
    Role.SUPERVISOR: "s",
    Role.LEGAL: "l",
    Role.HEALTH: "h",
    Role.GUARDIAN: "g",
    Role.LIAISON: "n",
    Role.STATISTICIAN: "t",
    Role.DATA_PROTECTION: "d",
    Role.AUDITOR: "a",
    Role.CUSTODIAN: "k",
    Role.ADMINISTRATOR: "e",
}
COLOMBIA = frozenset({"COL"})
STATES = {
    "ordinary": RecordFacts(),
    "sealed": RecordFacts(is_sealed=True),
    "child": RecordFacts(is_child=True),
    "child, best interests": RecordFacts(is_child=True, has_best_interests=True),
    "legal hold": RecordFacts(is_on_legal_hold=True),
    "of origin": RecordFacts(origin_states=COLOMBIA),
    "of origin, lifted": RecordFacts(origin_states=COLOMBIA, lifted_states=COLOMBIA),
    "of origin, lifted, feared": RecordFacts(
        origin_states=COLOMBIA, lifted_states=COLOMBIA, feared_states=COLOMBIA
    ),
    "lifted, sealed": RecordFacts(lifted_states=COLOMBIA, is_sealed=True),
    "feared": RecordFacts(feared_states=COLOMBIA),
}
NOBODY: frozenset[Relation] = frozenset()
SINGLES = (NOBODY, *(frozenset({relation}) for relation in Relation))
PAIRS = tuple(frozenset(pair) for pair in itertools.combinations(Relation, 2))


def rows() -> Iterator[str]:
    """Yield the lines of the table, in a fixed order."""
    yield from _roles()
    yield from _kinds()
    yield from _pairs()
    yield from _own()


def _roles() -> Iterator[str]:
    yield "# roles: " + " ".join(f"{letter}={role}" for role, letter in LETTERS.items()) + " m=machine"
    yield "right," + ",".join(_named(relations) for relations in SINGLES)
    for right in RIGHTS.values():
        yield ",".join([right.name, *(_holders(right, relations) for relations in SINGLES)])


def _holders(right: Right, relations: frozenset[Relation]) -> str:
    letters = [
        letter
        for role, letter in LETTERS.items()
        if _may(right, ActorFacts(AgencyKind.NGO, "", frozenset({role})), relations, RecordFacts())
    ]
    machine = _may(right, ActorFacts(None, is_machine=True), relations, RecordFacts())
    return "".join(letters) + ("m" if machine else "")


def _kinds() -> Iterator[str]:
    yield "# kinds and states: agencies that answer to COL, with a role that the right asks for"
    yield "state,relation," + ",".join(AgencyKind)
    for (state, record), relations in itertools.product(STATES.items(), SINGLES):
        cells = [_kept(ActorFacts(kind, "COL"), relations, record) for kind in AgencyKind]
        yield ",".join([state.replace(",", " +"), _named(relations), *cells])


def _pairs() -> Iterator[str]:
    yield "# pairs: an ordinary agency, two relations at once"
    yield "relations,ordinary,sealed,blind beside working"
    for pair in PAIRS:
        plain = ActorFacts(AgencyKind.NGO)
        blind = ActorFacts(AgencyKind.NGO, "", frozenset({Role.ADMINISTRATOR}))
        cells = (
            _kept(plain, pair, STATES["ordinary"]),
            _kept(plain, pair, STATES["sealed"]),
            _kept(blind, pair, STATES["ordinary"]),
        )
        yield ",".join([_named(pair), *cells])


def _own() -> Iterator[str]:
    yield "# own: which kinds of agency have a right of every signed-in member, y or -"
    yield "right," + ",".join(AgencyKind)
    for right in RIGHTS.values():
        if right.reach is Reach.OWN:
            held = [_may(right, ActorFacts(kind, "COL"), NOBODY, RecordFacts()) for kind in AgencyKind]
            yield ",".join([right.name, *("y" if has else "-" for has in held)])


SORTS = {
    "r": lambda right: right.reach is Reach.RECORD and not right.opens,
    "o": lambda right: right.reach is Reach.RECORD and bool(right.opens),
    "x": lambda right: right.reach is Reach.EXTRACT,
    "v": lambda right: right.reach is Reach.OVERSIGHT,
    "u": lambda right: right.reach is Reach.UNIT,
    "k": lambda right: right.reach is Reach.DESK,
}


def _kept(actor: ActorFacts, relations: frozenset[Relation], record: RecordFacts) -> str:
    """Count the rights kept: r of records, o openings, x extracts, v oversight, u unit, k desk, t tracing."""
    counts = []
    for letter, belongs in SORTS.items():
        kept = [
            right
            for right in RIGHTS.values()
            if belongs(right) and _with_role(right, actor, relations, record)
        ]
        if kept:
            counts.append(f"{letter}{len(kept)}")
    tracing = [
        right
        for right in RIGHTS.values()
        if right.opens and _with_role(right, actor, relations, record, Purpose.TRACING)
    ]
    if tracing:
        counts.append(f"t{len(tracing)}")
    return " ".join(counts) or "-"


def _with_role(
    right: Right,
    actor: ActorFacts,
    relations: frozenset[Relation],
    record: RecordFacts,
    purpose: Purpose = Purpose.CASE_WORK,
) -> bool:
    wanted = {Role.GUARDIAN} if relations == {Relation.GUARDIAN} else set(sorted(right.roles)[:1])
    fit = ActorFacts(actor.agency_kind, actor.agency_state, actor.roles | wanted)
    return _may(right, fit, relations, record, purpose)


def _may(
    right: Right,
    actor: ActorFacts,
    relations: frozenset[Relation],
    record: RecordFacts,
    purpose: Purpose | None = Purpose.CASE_WORK,
) -> bool:
    here = actor.roles if Relation.UNIT in relations else frozenset[Role]()
    facts = RecordFacts(
        relations,
        here,
        record.origin_states,
        record.feared_states,
        record.lifted_states,
        record.is_sealed,
        record.is_child,
        record.has_best_interests,
        record.is_on_legal_hold,
    )
    asked = purpose if right.opens else None
    return decide(actor, facts, right.name, purpose=asked).allowed


def _named(relations: frozenset[Relation]) -> str:
    return " & ".join(sorted(relations)) or "none"


def main() -> None:
    text = "\n".join(rows()) + "\n"
    if "--write" in sys.argv:
        PATH.write_text(text, encoding="utf-8")
    elif PATH.read_text(encoding="utf-8") != text:
        raise SystemExit("The policy differs from the golden table; write it again and review.")


if __name__ == "__main__":
    main()
