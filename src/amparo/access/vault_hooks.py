"""What access installs in the vault: policy for every act at the door, and the ledger's writer.

The vault hands over plain ids. Opening is decided here by the rights ``vault.open_*``; a write is
allowed inside an action that the gate let through, on a record whose existence the actor may know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor, Denied
from amparo.access.gate.denials import Denial, turn_away
from amparo.access.gate.passage import is_inside_action
from amparo.access.models import Scope
from amparo.access.scoping.facts import scope_facts
from amparo.access.scoping.filters import KNOW, active_grants, scopes_where
from amparo.core.policy import Obligation, Purpose, RecordFacts, Relation, decide
from amparo.core.refusal import Unknown
from amparo.ledger.record import record
from amparo.vault.data import Act, Compartment, Details, Permission, VaultActor

NAMED_AT_MOST = 100
"""A list that was opened mentions its case codes in the ledger up to this number, else only the count."""

_IDS_A_QUERY = 5_000
_find_person_of_extract: list[Callable[[UUID], UUID]] = []


def register_extracts(find_person: Callable[[UUID], UUID]) -> None:
    """Let a room that shares extracts say which person one of its own is about.

    It raises ``Unknown`` for the extracts of other rooms; they are asked in turn.
    """
    if find_person not in _find_person_of_extract:
        _find_person_of_extract.append(find_person)


def permit(
    actor: VaultActor,
    act: Act,
    ids: Sequence[UUID],
    compartments: frozenset[Compartment],
    purpose: str,
    *,
    now: datetime,
) -> Permission:
    """Answer the vault's question, or refuse. Raises ``ValueError`` for an undeclared purpose."""
    assert isinstance(actor, Actor)
    actor = actor.as_of(now)
    match act:
        case Act.OPEN:
            return _may_open(actor, ids, compartments, Purpose(purpose))
        case Act.OPEN_LIST:
            return _may_open_list(actor, ids, _opening_rights(compartments), Purpose(purpose))
        case Act.OPEN_EXTRACT:
            return _may_open_extract(actor, ids[0], Purpose(purpose))
        case Act.OPEN_INTAKE:
            return _may_open_intake(actor, ids)
        case Act.CREATE:
            return _inside_an_action(act, ids)
        case _:
            return _inside_an_action(act, _known(actor, ids))


def log(actor_ref: str, verb: str, person_ids: Sequence[UUID], details: Details, *, now: datetime) -> None:
    """Write one row: about one case code, or about a list whose people each find it in their receipt."""
    codes = _codes(person_ids) if len(person_ids) <= NAMED_AT_MOST else []
    subject = codes[0] if len(person_ids) == 1 and codes else ""
    among = codes if len(codes) > 1 else []
    record(actor_ref, verb, subject=subject, details=details, among=among, now=now)


def _codes(person_ids: Sequence[UUID]) -> list[str]:
    if not person_ids:
        return []
    return list(Scope.objects.filter(id__in=person_ids).order_by("code").values_list("code", flat=True))


def _known(actor: Actor, ids: Sequence[UUID]) -> Iterable[UUID]:
    """Return the people whose records the actor may know of. One record is decided without the filter."""
    if len(ids) == 1:
        scope = Scope.objects.filter(id=ids[0]).first()
        return ids if scope and decide(actor.facts(), scope_facts(actor, scope), KNOW).allowed else ()
    return scopes_where(actor, KNOW).filter(id__in=ids).values_list("id", flat=True)


def _inside_an_action(act: Act, ids: Iterable[UUID]) -> Permission:
    allowed = frozenset(ids) if is_inside_action() else frozenset[UUID]()
    return Permission(allowed, f"action:{act}")


def _may_open(
    actor: Actor, ids: Sequence[UUID], compartments: frozenset[Compartment], purpose: Purpose
) -> Permission:
    rights = _opening_rights(compartments)
    if len(ids) == 1:
        return _may_open_one(actor, ids[0], rights, purpose)
    return _may_open_list(actor, ids, rights, purpose)


def _opening_rights(compartments: frozenset[Compartment]) -> list[str]:
    return [f"vault.open_{compartment}" for compartment in sorted(compartments)]


def _may_open_list(actor: Actor, ids: Sequence[UUID], rights: list[str], purpose: Purpose) -> Permission:
    allowed = _allowed(actor, ids, rights, purpose)
    in_emergency = active_grants(actor).filter(relation=Relation.EMERGENCY)
    passing = [
        scope_id for scope_id in in_emergency.values_list("scope_id", flat=True) if scope_id in allowed
    ]
    emergencies = [
        person_id for person_id in passing if _may_open_one(actor, person_id, rights, purpose).emergency_ids
    ]
    return Permission(frozenset(allowed), "list", frozenset(emergencies))


def _allowed(actor: Actor, ids: Sequence[UUID], rights: list[str], purpose: Purpose) -> set[UUID]:
    """Return the ids on which the actor holds every one of these rights. One query for each right.

    A very long list is not sent to the database: everything visible is fetched and compared here.
    """
    allowed = set(ids)
    for right in rights:
        rows = scopes_where(actor, right, purpose=purpose)
        if len(allowed) <= _IDS_A_QUERY:
            rows = rows.filter(id__in=allowed)
        allowed &= set(rows.values_list("id", flat=True))
    return allowed


def _may_open_one(actor: Actor, person_id: UUID, rights: list[str], purpose: Purpose) -> Permission:
    """Decide for one person, and refuse aloud where the actor may know that the record exists."""
    scope = Scope.objects.filter(id=person_id).first()
    if scope is None:
        raise Unknown
    facts = scope_facts(actor, scope)
    decisions = {right: decide(actor.facts(), facts, right, purpose=purpose) for right in rights}
    for right, decision in decisions.items():
        if not decision.allowed:
            may_know = decide(actor.facts(), facts, KNOW).allowed
            turn_away(actor, Denial(right, scope.code, decision.reasons))
            raise Denied if may_know else Unknown
    is_emergency = any(Obligation.NOTIFY in decision.obligations for decision in decisions.values())
    rule = next((decision.reasons[0] for decision in decisions.values()), "none")
    one = frozenset({person_id})
    return Permission(one, rule, one if is_emergency else frozenset())


def _may_open_extract(actor: Actor, extract_id: UUID, purpose: Purpose) -> Permission:
    scope = Scope.objects.get(id=_person_of_extract(extract_id))
    decision = decide(actor.facts(), scope_facts(actor, scope), "vault.open_extract", purpose=purpose)
    if not decision.allowed:
        turn_away(actor, Denial("vault.open_extract", scope.code, decision.reasons))
        raise Unknown
    return Permission(frozenset({extract_id}), decision.reasons[0])


def _person_of_extract(extract_id: UUID) -> UUID:
    for find_person in _find_person_of_extract:
        with suppress(Unknown):
            return find_person(extract_id)
    raise Unknown


def _may_open_intake(actor: Actor, ids: Sequence[UUID]) -> Permission:
    """Any unit in which the actor takes intakes will do: only the addressed unit's key opens it."""
    here = RecordFacts(frozenset({Relation.UNIT}), actor.roles)
    decision = decide(actor.facts(), here, "vault.open_intake")
    return Permission(frozenset(ids if decision.allowed else ()), "unit")
