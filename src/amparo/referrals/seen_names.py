"""The names in the extracts that an actor opened, held so that a text for everybody is compared with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from amparo.access.data import Actor
from amparo.access.public_texts import Named
from amparo.cases import name_memory
from amparo.cases.queries import answer_of
from amparo.core.sharing import Item
from amparo.referrals.data import READABLE_STATES
from amparo.referrals.receiving import received_by
from amparo.vault import door
from amparo.vault.data import Veiled
from amparo.vault.door import PlainUse

SHELF = UUID("0199a5a0-0000-7000-8000-000000000001")
"""Where the memory of names keeps those of extracts; no unit has this id."""


def keep_names(actor: Actor, referral_id: UUID, extract: Veiled) -> None:
    """Hold the names of an extract that was just opened; without names in it nothing is held."""
    names = door.plain(extract, PlainUse.COMPARE).get(Item.NAMES) or []
    if names:
        name_memory.keep_names(actor, SHELF, referral_id, names)


def compare_texts(actor: Actor, texts: Sequence[str], now: datetime) -> list[Named]:
    """Answer for each text, from extracts that the actor could still open. One query where one is named."""
    found = name_memory.find_named(actor, [SHELF], texts)
    ids = {one for each in found for one in each.by_name | each.by_a_word}
    readable = received_by(actor, now=now).filter(id__in=ids, state__in=READABLE_STATES, expires_at__gt=now)
    known = set(readable.values_list("id", flat=True)) if ids else set()
    return [answer_of(each, known) for each in found]
