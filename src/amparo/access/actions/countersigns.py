"""Requests that two people sign: proposed by one, confirmed by another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.access.data import Actor, Locked, SamePerson
from amparo.access.gate import action, note
from amparo.access.gate.actions import target_of
from amparo.access.gate.countersigned import VALID_FOR, canonical, digest
from amparo.access.gate.decisions import require_target
from amparo.access.models import Countersign
from amparo.core.refusal import Unknown
from amparo.core.rights import get_right
from amparo.vault.signatures import sign_as


@action("access.countersign")
def propose_request(actor: Actor, *, now: datetime, right: str, arguments: Mapping[str, Any]) -> UUID:
    """Propose a two-person action with its exact arguments, and sign it. The actor must hold the right.

    ``arguments`` are the keywords of the action without ``now``: ids, codes, numbers and dates.
    """
    if not actor.is_unlocked:
        raise Locked
    entry = get_right(right)
    code = require_target(actor, entry, target_of(right, arguments))
    request = canonical(right, arguments)
    request_hash = digest(request)
    assert actor.staff_id is not None
    row = Countersign.objects.create(
        right=right,
        code=code,
        request=request,
        request_hash=request_hash,
        proposed_by_id=actor.staff_id,
        proposed_at=now,
        first_signature=sign_as(actor, request_hash),
        expires_at=now + VALID_FOR,
    )
    note(subject=code, request=str(row.id), asked=right)
    return row.id


@action("access.countersign")
def confirm_request(actor: Actor, *, now: datetime, countersign_id: UUID) -> None:
    """Sign somebody else's request. The actor must hold the same right on the same record."""
    if not actor.is_unlocked:
        raise Locked
    row = (
        Countersign.objects.select_for_update()
        .filter(id=countersign_id, confirmed_by=None, used_at=None, expires_at__gt=now)
        .first()
    )
    if row is None:
        raise Unknown
    require_target(actor, get_right(row.right), target_of(row.right, arguments_of(row)))
    if row.proposed_by_id == actor.staff_id:
        raise SamePerson
    row.confirmed_by_id = actor.staff_id
    row.confirmed_at = now
    row.second_signature = sign_as(actor, bytes(row.request_hash))
    row.save(update_fields=["confirmed_by", "confirmed_at", "second_signature"])
    note(subject=row.code, request=str(row.id), asked=row.right)


def arguments_of(row: Countersign) -> dict[str, Any]:
    """Read the stored request again, with ids as ids where the target is looked for."""
    stored: dict[str, Any] = json.loads(row.request)["arguments"]
    return {
        name: UUID(value) if name.endswith("_id") and isinstance(value, str) else value
        for name, value in stored.items()
    }
