"""Who may do what: one pure function over closed enumerations.

A rule is declared once, as data. ``decide`` reads it for one record; ``access.scoping`` reads the
same declaration as a queryset filter. Source: security design, "Who may do what".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class AgencyKind(StrEnum):
    NGO = "ngo"
    SHELTER = "shelter"
    UN = "un"
    ASYLUM_AUTHORITY = "asylum_authority"
    MIGRATION = "migration"
    CHILD_PROTECTION = "child_protection"
    HEALTH = "health"
    PROSECUTION = "prosecution"
    POLICE = "police"
    CONSULATE = "consulate"
    OBSERVER = "observer"


class Role(StrEnum):
    INTAKE = "intake"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    LEGAL = "legal"
    HEALTH = "health"
    GUARDIAN = "guardian"
    LIAISON = "liaison"
    STATISTICIAN = "statistician"
    DATA_PROTECTION = "data_protection"
    AUDITOR = "auditor"
    CUSTODIAN = "custodian"
    ADMINISTRATOR = "administrator"


class Relation(StrEnum):
    """How an actor stands to one person's record. Several may hold at once; none is the empty set."""

    UNIT = "unit"
    CASE_TEAM = "case_team"
    AUTHOR = "author"
    DELEGATE = "delegate"
    RECEIVER = "receiver"
    EMERGENCY = "emergency"
    GUARDIAN = "guardian"
    FORMER = "former"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """What policy reads of an actor. ``agency_state`` is an ISO 3166-1 alpha-3 code, "" unknown."""

    agency_kind: AgencyKind
    agency_state: str = ""
    roles: frozenset[Role] = frozenset()
    is_unlocked: bool = False


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What policy reads of one record and of how the actor stands to it."""

    relations: frozenset[Relation] = frozenset()
    origin_states: frozenset[str] = frozenset()
    is_sealed: bool = False
    is_child: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, why (stable codes, in order), and what the caller must do if allowed."""

    allowed: bool
    reasons: tuple[str, ...] = ()
    obligations: tuple[str, ...] = field(default=())


def decide(actor: ActorFacts, record: RecordFacts, right: str) -> Decision:
    """Decide one right for one actor on one record. Total: every combination has an answer."""
    if Relation.EXCLUDED in record.relations:
        return Decision(False, ("excluded",))
    if record.relations & {Relation.UNIT, Relation.CASE_TEAM, Relation.DELEGATE}:
        return Decision(True, ("relation",))
    return Decision(False, ("no_relation",))
