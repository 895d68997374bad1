"""Who must act when a consent is withdrawn. A room that shares data registers when it is ready.

A listener runs inside the withdrawal's transaction: either everything stops, or nothing was
withdrawn and the person is told so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor

Listener = Callable[[Actor, UUID, UUID, datetime], None]

_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Add a listener once; it takes the actor, the person's id, the consent's id and the time."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_withdrawal(actor: Actor, person_id: UUID, consent_id: UUID, now: datetime) -> None:
    for listener in _listeners:
        listener(actor, person_id, consent_id, now)
