"""The small language in which rules are declared: frozen conditions over actor and record facts.

``holds`` reads a condition for one record. ``access.scoping`` reads the same condition as a queryset
filter, and a property test proves that both agree.

>>> from amparo.core.parties import ActorFacts, AgencyKind, RecordFacts
>>> actor = ActorFacts(AgencyKind.NGO)
>>> holds(Not(Sealed()), actor, RecordFacts())
True
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.core.parties import ActorFacts, AgencyKind, RecordFacts, Relation, Role


@dataclass(frozen=True, slots=True)
class Never:
    """Holds for nobody."""


@dataclass(frozen=True, slots=True)
class Related:
    """The actor stands to the record in one of these relations."""

    relations: frozenset[Relation]


@dataclass(frozen=True, slots=True)
class HoldsRoleHere:
    """The actor holds one of these roles in the unit that holds the record."""

    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class HoldsRole:
    """The actor holds one of these roles in some unit."""

    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class KindIs:
    """The actor's agency is of one of these kinds."""

    kinds: frozenset[AgencyKind]


@dataclass(frozen=True, slots=True)
class Machine:
    """The actor is a named machine."""


@dataclass(frozen=True, slots=True)
class AnswersToOrigin:
    """The actor's agency answers to a State of the person's nationality or origin."""


@dataclass(frozen=True, slots=True)
class AnswersToFeared:
    """The actor's agency answers to a State that the person fears."""


@dataclass(frozen=True, slots=True)
class AnswersToLifted:
    """The firewall was lifted for the State that the actor's agency answers to."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The case is sealed: named people only."""


@dataclass(frozen=True, slots=True)
class Child:
    """The person is, or must be treated as, a child."""


@dataclass(frozen=True, slots=True)
class BestInterests:
    """A best-interests record exists."""


@dataclass(frozen=True, slots=True)
class OnLegalHold:
    """The record must be kept."""


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Condition, ...]


ActorCondition = Never | HoldsRole | KindIs | Machine
StateCondition = AnswersToOrigin | AnswersToFeared | AnswersToLifted
RecordCondition = Related | HoldsRoleHere | Sealed | Child | BestInterests | OnLegalHold
Condition = ActorCondition | StateCondition | RecordCondition | Not | All | Any


def holds(condition: Condition, actor: ActorFacts, record: RecordFacts) -> bool:
    """Read a condition for one actor and one record. Total over the language."""
    match condition:
        case Not(part):
            return not holds(part, actor, record)
        case All(parts):
            return all(holds(part, actor, record) for part in parts)
        case Any(parts):
            return any(holds(part, actor, record) for part in parts)
        case AnswersToOrigin() | AnswersToFeared() | AnswersToLifted():
            return bool(actor.agency_state) and actor.agency_state in _states(condition, record)
        case Never() | HoldsRole() | KindIs() | Machine():
            return holds_for_actor(condition, actor)
        case _:
            return _holds_for_record(condition, record)


def holds_for_actor(condition: ActorCondition, actor: ActorFacts) -> bool:
    """Read a condition that is about the actor alone."""
    match condition:
        case HoldsRole(roles):
            return bool(actor.roles & roles)
        case KindIs(kinds):
            return actor.agency_kind in kinds
        case Machine():
            return actor.is_machine
        case Never():
            return False


def _holds_for_record(condition: RecordCondition, record: RecordFacts) -> bool:
    match condition:
        case Related(relations):
            return bool(record.relations & relations)
        case HoldsRoleHere(roles):
            return bool(record.roles_here & roles)
        case Sealed():
            return record.is_sealed
        case Child():
            return record.is_child
        case BestInterests():
            return record.has_best_interests
        case OnLegalHold():
            return record.is_on_legal_hold


def _states(condition: StateCondition, record: RecordFacts) -> frozenset[str]:
    match condition:
        case AnswersToOrigin():
            return record.origin_states
        case AnswersToFeared():
            return record.feared_states
        case AnswersToLifted():
            return record.lifted_states
