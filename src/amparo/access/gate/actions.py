"""``@action`` and ``@opens``: the two declarations that a use case carries."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from amparo.access.data import Actor, Locked
from amparo.access.gate.countersigned import consume
from amparo.access.gate.decisions import require_target
from amparo.access.gate.denials import recording_denials
from amparo.access.gate.passage import Passage, running
from amparo.core.rights import ABOUT_A_RECORD, Reach, Right, get_right
from amparo.ledger.record import record

P = ParamSpec("P")
R = TypeVar("R")
Body = Callable[Concatenate[Actor, P], R]
Resolver = Callable[[Mapping[str, Any]], UUID]


@dataclass(frozen=True, slots=True)
class About:
    """What an action is about, as its declaration says. At most one of the three is given."""

    person: str | None = None
    unit: str | None = None
    resolver: Resolver | None = None

    def fits(self, right: Right) -> bool:
        """Return whether the declaration gives what the right's reach needs."""
        if right.reach in ABOUT_A_RECORD:
            return (self.person is None) != (self.resolver is None) and self.unit is None
        if right.reach in {Reach.UNIT, Reach.DESK}:
            return (self.unit is None) != (self.resolver is None) and self.person is None
        return self == About()

    def target(self, arguments: Mapping[str, Any]) -> UUID | None:
        """Return the id of the person or unit that a call is about."""
        if self.resolver is not None:
            return self.resolver(arguments)
        name = self.person or self.unit
        return arguments[name] if name else None


_aims: dict[str, About] = {}


def target_of(right: str, arguments: Mapping[str, Any]) -> UUID | None:
    """Return what a call of the declared action of a right is about, from its arguments."""
    return _aims[right].target(arguments)


def action(
    right: str, *, about: str | None = None, within: str | None = None, by: Resolver | None = None
) -> Callable[[Body[P, R]], Body[P, R]]:
    """Declare a write: ``fn(actor, *, now, ...)`` with keyword arguments only.

    ``about`` names the keyword that holds the person's id, ``within`` the one that holds the unit's
    id; ``by`` finds either from the keywords (it may raise ``Unknown``). Which of them a right needs
    follows from its reach; a wrong declaration fails at import. A right that needs two people also
    takes ``countersign_id``.
    """
    entry = get_right(right)
    aim = About(about, within, by)
    if not aim.fits(entry):
        raise TypeError(f"{right} reaches {entry.reach}: declare about=, within= or by= accordingly")

    def wrap(body: Body[P, R]) -> Body[P, R]:
        @functools.wraps(body)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            now = kwargs["now"]
            assert isinstance(now, datetime)
            actor = actor.as_of(now)
            with recording_denials(actor, now), transaction.atomic():
                passage = Passage(right, require_target(actor, entry, aim.target(kwargs)))
                with running(passage):
                    if entry.needs_two_people:
                        passage.details["countersign"] = str(consume(actor, entry, kwargs, now))
                    result = body(actor, *args, **kwargs)
                record(actor.ref, right, subject=passage.subject, details=passage.details, now=now)
                return result

        _aims.setdefault(right, aim)
        run.right = right  # type: ignore[attr-defined]
        return run

    return wrap


def opens(*compartments: str) -> Callable[[Body[P, R]], Body[P, R]]:
    """Declare that a use case opens identities: in locked mode it is refused before it starts."""

    def wrap(body: Body[P, R]) -> Body[P, R]:
        @functools.wraps(body)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.is_unlocked:
                raise Locked
            return body(actor, *args, **kwargs)

        run.opens = compartments  # type: ignore[attr-defined]
        return run

    return wrap
