"""The ledger's one way in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from uuid_utils.compat import uuid7

from amparo.ledger.canonical import check_who_and_what, details_text, entry_bytes, time_text
from amparo.ledger.data import Details, LedgerUnwritable
from amparo.ledger.keyring import ledger_key
from amparo.ledger.merkle import leaf_hash
from amparo.ledger.models import Entry


def record(
    actor_ref: str, verb: str, *, subject: str = "", details: Details | None = None, now: datetime
) -> UUID:
    """Append one entry inside the caller's transaction and return its id. One query.

    ``subject`` is a case code or "". ``details`` hold codes, counts and short lists of codes only;
    anything else raises ``NotACode``. When the entry cannot be written, raises ``LedgerUnwritable``
    and the caller's transaction can no longer commit.
    """
    check_who_and_what(actor_ref, verb, subject)
    entry = build_entry(actor_ref, verb, subject, details or {}, now)
    try:
        entry.save(force_insert=True)
    except DatabaseError as error:
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        raise LedgerUnwritable("the ledger could not be written, so nothing was done") from error
    return entry.id


def build_entry(actor_ref: str, verb: str, subject: str, details: Details, now: datetime) -> Entry:
    """Return an entry with its hash and mark, not yet written."""
    entry_id = uuid7()
    hashed = leaf_hash(
        entry_bytes(entry_id.hex, time_text(now), actor_ref, verb, subject, details_text(details))
    )
    return Entry(
        id=entry_id,
        at=now,
        actor_ref=actor_ref,
        verb=verb,
        subject=subject,
        details=dict(details),
        leaf_hash=hashed,
        mark=ledger_key().mark(hashed),
    )
