"""Who meets whom in a decision: closed enumerations, and the facts that policy may read.

No fact about testimony, complaint or cooperation with prosecution exists here, so no rule can read
one (security design, rule 4).
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


class Purpose(StrEnum):
    """Why an identity is opened. Required at every opening, and recorded."""

    CASE_WORK = "case_work"
    IDENTIFICATION = "identification"
    PROTECTION_DECISION = "protection_decision"
    HEALTH_CARE = "health_care"
    REFERRAL = "referral"
    SEARCH = "search"
    DUPLICATE_CHECK = "duplicate_check"
    RETURN = "return"
    TRACING = "tracing"
    REUNIFICATION = "reunification"
    SUPERVISION = "supervision"
    PERSON_REQUEST = "person_request"
    LEGAL_DEMAND = "legal_demand"
    EMERGENCY = "emergency"
    IMPORT = "import"
    KEY_CARE = "key_care"


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """What policy reads of an actor. ``agency_state`` is an ISO 3166-1 alpha-3 code, "" for none.

    ``roles`` are all the roles that the actor holds, in any unit. A machine has no agency: its kind
    is ``None`` and its roles are empty.
    """

    agency_kind: AgencyKind | None
    agency_state: str = ""
    roles: frozenset[Role] = frozenset()
    is_unlocked: bool = False
    is_machine: bool = False


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What policy reads of one record and of how the actor stands to it.

    ``roles_here`` are the roles that the actor holds in the unit that holds the record. The sets of
    states are ISO 3166-1 alpha-3 codes: of nationality or origin (never the host State), feared, and
    those for which the country-of-origin firewall was lifted by two people. ``is_child`` is true
    unless adulthood is established.
    """

    relations: frozenset[Relation] = frozenset()
    roles_here: frozenset[Role] = frozenset()
    origin_states: frozenset[str] = frozenset()
    feared_states: frozenset[str] = frozenset()
    lifted_states: frozenset[str] = frozenset()
    is_sealed: bool = False
    is_child: bool = False
    has_best_interests: bool = False
    is_on_legal_hold: bool = False


class Obligation(StrEnum):
    """What the caller must do when a decision allows."""

    LOG = "log"
    NOTIFY = "notify"
    MASK = "mask"
    SECOND_PERSON = "second_person"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, why (stable codes, in the order of the rules), and what the caller must do."""

    allowed: bool
    reasons: tuple[str, ...] = ()
    obligations: frozenset[Obligation] = field(default=frozenset())
