"""Which rooms forget something when a person is erased. They register when they are ready."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Listener = Callable[[UUID], None]

_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Add a listener once. It gets the person's id, inside the transaction of the erasure."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_erasure(person_id: UUID) -> None:
    for listener in _listeners:
        listener(person_id)
