"""What a file is to the pages about access to it, and which of them the actor may use."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from amparo.access.data import ActLine, Actor, FileFacts
from amparo.access.file_acts import FILE_ACTS
from amparo.access.models import Scope
from amparo.access.scoping.facts import scope_facts
from amparo.access.scoping.filters import visible_scopes
from amparo.core.policy import decide
from amparo.core.refusal import Unknown


def get_file_facts(actor: Actor, code: str) -> FileFacts:
    """Return what access needs to know of a file; raises ``Unknown``. One query."""
    scope = visible_scopes(actor).filter(code=code).first()
    if scope is None:
        raise Unknown
    return _facts(scope)


def list_file_acts(actor: Actor, person_id: UUID) -> list[ActLine]:
    """Return the pages that the actor may use on a file and that make sense in its state. Two queries."""
    scope = visible_scopes(actor).filter(id=person_id).first()
    if scope is None:
        raise Unknown
    facts, record = _facts(scope), scope_facts(actor, scope)
    return [
        ActLine(reverse(act.url_name, args=[scope.code]), str(act.label))
        for act in FILE_ACTS
        if act.fits(facts) and decide(actor.facts(), record, act.right).allowed
    ]


def _facts(scope: Scope) -> FileFacts:
    return FileFacts(
        person_id=scope.id,
        code=scope.code,
        unit_id=scope.unit_id,
        is_sealed=scope.is_sealed,
        is_child=scope.is_child,
        origin_states=frozenset(scope.origin_states.split()),
        feared_states=frozenset(scope.feared_states.split()),
        lifted_states=frozenset(scope.lifted_states.split()),
    )
