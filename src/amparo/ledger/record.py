"""The ledger's one way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from amparo.ledger.models import Entry


def record(
    actor_ref: str,
    verb: str,
    *,
    subject: str = "",
    details: Mapping[str, str | int | list[str]] | None = None,
    now: datetime,
) -> UUID:
    """Append one entry inside the caller's transaction and return its id.

    ``subject`` is a case code or "". ``details`` hold codes, counts and field names only.
    """
    entry = Entry(
        at=now, actor_ref=actor_ref, verb=verb, subject=subject, details=dict(details or {}), leaf_hash=b""
    )
    entry.save(force_insert=True)
    return entry.id
