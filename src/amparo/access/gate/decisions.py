"""The rules asked for one call: of an action before its body runs, of a page before its view reads."""

from __future__ import annotations

from uuid import UUID

from amparo.access.data import Actor, Denied, NotYourRole
from amparo.access.gate.denials import Denial, turn_away
from amparo.access.models import Scope
from amparo.access.scoping.facts import scope_facts, unit_facts
from amparo.access.scoping.filters import KNOW
from amparo.core.policy import RecordFacts, decide
from amparo.core.refusal import Unknown
from amparo.core.rights import ABOUT_A_RECORD, Reach, Right

UNKNOWN_CODE = ("no_such_record",)


def require_target(actor: Actor, right: Right, target: UUID | None) -> str:
    """Return the case code (or "") when the actor holds the right on a person or unit; else refuse."""
    if right.reach in ABOUT_A_RECORD:
        assert isinstance(target, UUID)
        return _require_scope(actor, right, Scope.objects.filter(id=target).first())
    _require_any(actor, right, [unit_facts(actor, target) if target is not None else RecordFacts()])
    return ""


def require_code(actor: Actor, right: Right, code: str) -> str:
    """Return the code when the actor holds the right on the record with that case code; else refuse."""
    return _require_scope(actor, right, Scope.objects.filter(code=code).first())


def require_for_page(actor: Actor, right: Right, code: str | None) -> None:
    """Refuse a page whose right the actor does not hold.

    A right to a record without a code in the route, or to an extract, is left to the view's reads,
    which go through ``visible_to``. An opening right also asks for its purpose at the vault's door.
    """
    if right.reach in {Reach.RECORD, Reach.OVERSIGHT} and code is not None:
        require_code(actor, right, code)
    elif right.reach in {Reach.UNIT, Reach.DESK}:
        _require_any(actor, right, [unit_facts(actor, unit_id) for unit_id in sorted(actor.unit_ids)])
    elif right.reach in {Reach.HOUSE, Reach.OVERSIGHT, Reach.OWN}:
        _require_any(actor, right, [RecordFacts()])


def _require_scope(actor: Actor, right: Right, scope: Scope | None) -> str:
    """Who may not know that the record exists is answered as if it did not.

    The attempt is recorded in both cases, so that the two take the same way.
    """
    if scope is None:
        turn_away(actor, Denial(right.name, "", UNKNOWN_CODE))
        raise Unknown
    facts = scope_facts(actor, scope)
    decision = decide(actor.facts(), facts, right.name)
    if decision.allowed:
        return scope.code
    turn_away(actor, Denial(right.name, scope.code, decision.reasons))
    if right.reach is Reach.RECORD and decide(actor.facts(), facts, KNOW).allowed:
        raise Denied
    raise Unknown


def _require_any(actor: Actor, right: Right, facts: list[RecordFacts]) -> None:
    decisions = [decide(actor.facts(), fact, right.name) for fact in facts]
    if not any(decision.allowed for decision in decisions):
        reasons = decisions[0].reasons if decisions else ("no_relation",)
        turn_away(actor, Denial(right.name, "", reasons))
        raise NotYourRole
