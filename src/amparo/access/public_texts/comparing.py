"""Who compares a text with names that the actor holds. A room that holds some registers when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from amparo.access.data import Actor


class Named(IntEnum):
    """Whether a text names somebody: not at all, by a word that is somebody's only name, or by a name."""

    NOBODY = 0
    BY_A_WORD = 1
    BY_NAME = 2


Comparison = Callable[[Actor, Sequence[str], datetime], Sequence[Named]]

_comparisons: list[Comparison] = []


def register(comparison: Comparison) -> None:
    """Add a comparison once. It answers for each text, opens nothing, and knows whom the actor may open."""
    if comparison not in _comparisons:
        _comparisons.append(comparison)


def compare(actor: Actor, texts: Sequence[str], now: datetime) -> list[Named]:
    """Return for each text the strongest answer of all rooms; nobody while the session is locked."""
    found = [Named.NOBODY] * len(texts)
    if not actor.is_unlocked or not texts:
        return found
    for comparison in _comparisons:
        found = [max(pair) for pair in zip(found, comparison(actor, texts, now), strict=True)]
    return found
