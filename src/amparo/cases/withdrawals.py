"""Who must act when a consent is withdrawn. A room that shares data registers when it is ready.

A listener runs inside the withdrawal's transaction: either everything stops, or nothing was
withdrawn and the person is told so. Beside it a room says what stands on a consent, so that whoever
withdraws it reads before what will stop, and after it what stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.cases.data import ConsentRef


@dataclass(frozen=True, slots=True)
class Standing:
    """One sharing that stands on a consent, or stood on it until it was withdrawn."""

    what: str
    receiver: str
    url: str


Listener = Callable[[Actor, UUID, UUID, datetime], None]
Lister = Callable[[Actor, UUID, ConsentRef], list[Standing]]

_listeners: list[Listener] = []
_listers: list[Lister] = []


def register(listener: Listener, lister: Lister) -> None:
    """Add a room once.

    The listener takes the actor, the person's id, the consent's id and the time. The lister answers for
    an actor, a person and a consent: what stands on it, and once it was withdrawn, what ended with it.
    """
    if listener not in _listeners:
        _listeners.append(listener)
        _listers.append(lister)


def tell_withdrawal(actor: Actor, person_id: UUID, consent_id: UUID, now: datetime) -> None:
    for listener in _listeners:
        listener(actor, person_id, consent_id, now)


def list_standing(actor: Actor, person_id: UUID, consent: ConsentRef) -> list[Standing]:
    """Return what stands on a consent, or ended with it, as far as the actor may read it."""
    return [one for lister in _listers for one in lister(actor, person_id, consent)]
