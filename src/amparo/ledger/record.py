"""The ledger's one way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from uuid_utils.compat import uuid7

from amparo.ledger import mentions
from amparo.ledger.canonical import check_who_and_what, details_text, entry_bytes, time_text
from amparo.ledger.data import Details, LedgerUnwritable
from amparo.ledger.keyring import ledger_key
from amparo.ledger.merkle import leaf_hash
from amparo.ledger.models import Entry, Mention


def record(
    actor_ref: str,
    verb: str,
    *,
    subject: str = "",
    details: Details | None = None,
    among: Sequence[str] = (),
    now: datetime,
) -> UUID:
    """Append one entry inside the caller's transaction and return its id. One query, two with ``among``.

    ``subject`` is a case code or "". ``details`` hold codes, counts and short lists of codes only;
    anything else raises ``NotACode``. ``among`` are the case codes of an entry about several people,
    at most ``mentions.MOST``; the entry's details then hold their count and root. When the entry
    cannot be written, raises ``LedgerUnwritable`` and the caller's transaction can no longer commit.
    """
    entry = build_entry(actor_ref, verb, subject, details or {}, now, among)
    try:
        entry.save(force_insert=True)
        if among:
            Mention.objects.bulk_create(
                Mention(entry=entry, at=now, position=position, subject=code)
                for position, code in enumerate(among)
            )
    except DatabaseError as error:
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        raise LedgerUnwritable("the ledger could not be written, so nothing was done") from error
    return entry.id


def build_entry(
    actor_ref: str, verb: str, subject: str, details: Details, now: datetime, among: Sequence[str] = ()
) -> Entry:
    """Return an entry with its hash and mark, not yet written."""
    check_who_and_what(actor_ref, verb, subject)
    entry_id = uuid7()
    held = {**details, **mentions.details_of(entry_id, among)} if among else dict(details)
    columns = entry_bytes(entry_id.hex, time_text(now), actor_ref, verb, subject, details_text(held))
    hashed = leaf_hash(columns)
    return Entry(
        id=entry_id,
        at=now,
        actor_ref=actor_ref,
        verb=verb,
        subject=subject,
        details=held,
        leaf_hash=hashed,
        mark=ledger_key().mark(hashed),
    )
