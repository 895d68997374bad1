"""The write gate: named actor, right, transaction, ledger row, or nothing happens.

An action is a function ``fn(actor, *, now, ...)`` decorated with ``@action("room.verb")``. The gate
decides the right, opens the transaction, runs the body and writes the ledger row. A refusal or an
error rolls everything back.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from amparo.access.data import Actor, Denied
from amparo.access.scoping import visible_scopes
from amparo.core.policy import RecordFacts, Relation, decide
from amparo.core.refusal import Unknown
from amparo.ledger.record import record

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Passage:
    """One run of an action through the gate; the body adds coded details for the ledger row."""

    right: str
    subject: str = ""
    details: dict[str, str | int | list[str]] = field(default_factory=dict)


_passage: ContextVar[Passage | None] = ContextVar("passage", default=None)


def note(**details: str | int | list[str]) -> None:
    """Add coded details (never names or text) to the ledger row of the action that is running."""
    passage = _passage.get()
    if passage is None:
        raise RuntimeError("gate.note is called inside an action")
    passage.details.update(details)


def action(
    right: str, *, about: str | None = None
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Declare a write. ``about`` names the keyword that holds the person's id, or is ``None``."""

    def wrap(body: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(body)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            now = kwargs["now"]
            assert isinstance(now, datetime)
            with transaction.atomic():
                passage = Passage(right)
                if about is not None:
                    person_id = kwargs[about]
                    assert isinstance(person_id, UUID)
                    passage.subject = _require(actor, person_id, right)
                token = _passage.set(passage)
                try:
                    result = body(actor, *args, **kwargs)
                finally:
                    _passage.reset(token)
                record(actor.ref, right, subject=passage.subject, details=passage.details, now=now)
                return result

        run.right = right  # type: ignore[attr-defined]
        return run

    return wrap


def _require(actor: Actor, person_id: UUID, right: str) -> str:
    """Return the case code when the actor may do this to that person's record."""
    scope = visible_scopes(actor).filter(id=person_id).first()
    if scope is None:
        raise Unknown
    facts = RecordFacts(frozenset({Relation.UNIT}), frozenset(scope.origin_states.split()), scope.is_sealed)
    if not decide(actor.facts(), facts, right).allowed:
        raise Denied
    return scope.code
