"""Which rooms hold something in memory that must go: when a person is erased, when a user locks.

A room registers when it is ready. What is told here happens in the process that is told; another
process learns of an erasure from the database, and drops what a user left there when it is idle.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

Listener = Callable[[UUID], None]

_of_erasures: list[Listener] = []
_of_locks: list[Listener] = []


def on_erasure(listener: Listener) -> None:
    """Add a listener once. It gets the person's id, inside the transaction of the erasure."""
    if listener not in _of_erasures:
        _of_erasures.append(listener)


def on_lock(listener: Listener) -> None:
    """Add a listener once. It gets the id of the user who locked or signed out."""
    if listener not in _of_locks:
        _of_locks.append(listener)


def tell_erasure(person_id: UUID) -> None:
    for listener in _of_erasures:
        listener(person_id)


def tell_lock(user_id: UUID) -> None:
    for listener in _of_locks:
        listener(user_id)
