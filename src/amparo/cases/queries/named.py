"""Whether a text that everybody will read names somebody whose name the actor's session holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.public_texts import Named
from amparo.cases.name_memory import BESIDE, NamedIn, find_named, list_openable
from amparo.core.policy import Purpose


def compare_texts(actor: Actor, texts: Sequence[str], now: datetime) -> list[Named]:
    """Answer for each text. Opens nothing: what the actor's searches opened is compared, no more.

    Whoever the actor may not open any more is left out. One query where a name was found, else none.
    """
    found = find_named(actor, [*sorted(actor.unit_ids), BESIDE], texts)
    ids = {one for each in found for one in each.by_name | each.by_a_word}
    known = list_openable(actor.as_of(now), ids, Purpose.SEARCH)
    return [answer_of(each, known) for each in found]


def answer_of(found: NamedIn, known: set[UUID]) -> Named:
    """Return how strongly a text names one of those whom the actor may know."""
    if found.by_name & known:
        return Named.BY_NAME
    return Named.BY_A_WORD if found.by_a_word & known else Named.NOBODY
