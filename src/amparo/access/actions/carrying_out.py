"""Carrying out what two people signed, with exactly the arguments that they signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.access.actions.countersigns import arguments_of
from amparo.access.actions.sealing import lift_firewall, unseal_case
from amparo.access.data import Actor
from amparo.access.models import Countersign
from amparo.access.queries.requests import CARRIED_OUT_HERE
from amparo.core.refusal import Unknown

_ACTIONS: Mapping[str, Callable[..., Any]] = {
    "access.unseal_case": unseal_case,
    "access.lift_firewall": lift_firewall,
}
assert frozenset(_ACTIONS) == CARRIED_OUT_HERE


def carry_out_request(actor: Actor, *, now: datetime, countersign_id: UUID) -> None:
    """Carry out a confirmed request that needs nothing but its arguments; the gate decides and uses it up.

    Raises ``Unknown`` for one that is used, not confirmed, or carried out elsewhere.
    """
    rows = Countersign.objects.filter(id=countersign_id, used_at=None, confirmed_by__isnull=False)
    row = rows.filter(right__in=sorted(_ACTIONS)).first()
    if row is None:
        raise Unknown
    _ACTIONS[row.right](actor, now=now, countersign_id=row.id, **arguments_of(row))
