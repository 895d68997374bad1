"""Rights that need two people: each signs a hash of the exact request (rule 7).

One person proposes, another confirms; either may then carry it out, once, within a week, with
exactly the arguments that both signed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from amparo.access.data import Actor, NotTwoPeople
from amparo.access.models import Countersign
from amparo.core.rights import Right
from amparo.vault.signatures import is_signed_by

VALID_FOR = timedelta(days=7)
LATER = frozenset({"now", "countersign_id"})
"""Arguments that are not part of the request: when, and by which signatures."""

_CODE = re.compile(r"[A-Za-z0-9_.:@-]{0,80}")


def canonical(right: str, arguments: Mapping[str, Any]) -> str:
    """Write a request as one line of JSON, the same for the same request. Ids and codes only.

    >>> canonical("access.unseal_case", {"b": 2, "a": "x", "now": None})
    '{"arguments":{"a":"x","b":2},"right":"access.unseal_case"}'
    """
    told = {name: _encoded(value) for name, value in arguments.items() if name not in LATER}
    return json.dumps({"right": right, "arguments": told}, sort_keys=True, separators=(",", ":"))


def digest(request: str) -> bytes:
    """Return what both people sign: the SHA-256 of the canonical request."""
    return hashlib.sha256(request.encode()).digest()


def consume(actor: Actor, right: Right, arguments: Mapping[str, Any], now: datetime) -> UUID:
    """Use up the confirmed request that matches this call exactly; raises :class:`NotTwoPeople`."""
    countersign_id = arguments.get("countersign_id")
    if not isinstance(countersign_id, UUID):
        raise NotTwoPeople
    row = (
        Countersign.objects.select_for_update()
        .filter(id=countersign_id, right=right.name, used_at=None, expires_at__gt=now)
        .first()
    )
    request_hash = digest(canonical(right.name, arguments))
    if row is None or bytes(row.request_hash) != request_hash or not _is_signed_twice(row, request_hash):
        raise NotTwoPeople
    if actor.staff_id not in {row.proposed_by_id, row.confirmed_by_id}:
        raise NotTwoPeople
    row.used_at = now
    row.save(update_fields=["used_at"])
    return row.id


def _is_signed_twice(row: Countersign, request_hash: bytes) -> bool:
    return (
        row.confirmed_by_id is not None
        and row.confirmed_by_id != row.proposed_by_id
        and is_signed_by(row.proposed_by_id, request_hash, bytes(row.first_signature))
        and is_signed_by(row.confirmed_by_id, request_hash, bytes(row.second_signature))
    )


def _encoded(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case str() if _CODE.fullmatch(value):
            return str(value)
        case frozenset() | set():
            return sorted(_encoded(part) for part in value)
        case list() | tuple():
            return [_encoded(part) for part in value]
    raise TypeError("a request for two people holds ids, codes, numbers and dates only")
