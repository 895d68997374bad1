"""Sealing entries into the tree, and handing its checkpoints to witnesses."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from amparo.ledger import tiles, witness
from amparo.ledger.data import LedgerDamaged, Sealed
from amparo.ledger.keyring import ledger_key
from amparo.ledger.models import Checkpoint, Leaf, Node
from amparo.ledger.rows import Row, hash_of, unsealed_rows
from amparo.ledger.signing import Forged, LedgerKey

logger = logging.getLogger("amparo.ledger")

BATCH = 5000
DAY_MS = 24 * 60 * 60 * 1000
BEGINNING = UUID(int=0)
_LOCK_NUMBER = 0x616D7061


def seal_batch(now: datetime, *, limit: int = BATCH, since: UUID | None = None) -> Sealed | None:
    """Seal up to ``limit`` entries under one signed checkpoint; ``None`` when none waits.

    Looks for entries from a day before the newest sealed one, so that a long transaction that commits
    late is found; ``seal_all`` looks at everything. Raises ``LedgerDamaged``, sealing nothing, when a
    waiting entry or the newest checkpoint is not what was written.
    """
    with transaction.atomic():
        _wait_for_other_sealers()
        rows = list(unsealed_rows(_horizon() if since is None else since, limit))
        if not rows:
            return None
        key = ledger_key()
        sealed = _extend_tree(key, rows, now)
        transaction.on_commit(_tell_witnesses)
    return sealed


def seal_all(now: datetime) -> int:
    """Seal every entry that waits, however old, in batches. Returns how many."""
    count = 0
    while sealed := seal_batch(now, since=BEGINNING):
        count += sealed.count
    return count


def export_checkpoints(folder: Path) -> int:
    """Append to a witness folder the checkpoints it does not have. Returns how many."""
    with witness.writing(folder):
        witness.write_public_key(folder, ledger_key().public)
        newer = Checkpoint.objects.filter(size__gt=witness.last_size(folder)).order_by("size")
        count = 0
        for note, at in newer.values_list("note", "at").iterator():
            witness.append_note(folder, note, at)
            count += 1
    return count


def _extend_tree(key: LedgerKey, rows: list[Row], now: datetime) -> Sealed:
    size = _checked_size(key)
    frontier, nodes = tiles.frontier_at(size)
    _compare_with_checkpoint(size, frontier.root())
    leaves = []
    for row in rows:
        hashed = _checked_hash(key, row)
        leaves.append(Leaf(number=frontier.size, entry_id=UUID(row[0]), hash=hashed))
        frontier.append(hashed)
    root = frontier.root()
    note = key.sign(frontier.size, root, now)
    Leaf.objects.bulk_create(leaves, batch_size=1000)
    Node.objects.bulk_create(nodes, batch_size=1000)
    Checkpoint.objects.create(size=frontier.size, at=now, root=root, note=note)
    return Sealed(frontier.size, root, note, len(leaves))


def _checked_hash(key: LedgerKey, row: Row) -> bytes:
    """Return a waiting row's hash when the row is as it was written, by someone with the key."""
    hashed = hash_of(row)
    if hashed != bytes(row[6]) or not key.is_marked(hashed, bytes(row[7])):
        raise LedgerDamaged(f"entry {UUID(row[0])} is not what was written; nothing was sealed")
    return hashed


def _checked_size(key: LedgerKey) -> int:
    """Return the size of the tree, when the newest checkpoint is ours and no leaf is past or before it."""
    last = Checkpoint.objects.order_by("-size").values_list("size", "note").first()
    leaf = Leaf.objects.order_by("-number").values_list("number", flat=True).first()
    size = 0 if last is None else last[0]
    if size != (0 if leaf is None else leaf + 1):
        raise LedgerDamaged("the newest checkpoint and the newest leaf do not agree; nothing was sealed")
    if last is not None:
        try:
            key.read_note(last[1])
        except Forged as forged:
            raise LedgerDamaged(f"{forged}; nothing was sealed") from forged
    return size


def _compare_with_checkpoint(size: int, root: bytes) -> None:
    if size and bytes(Checkpoint.objects.values_list("root", flat=True).get(size=size)) != root:
        raise LedgerDamaged("the stored tree does not lead to its newest checkpoint; nothing was sealed")


def _horizon() -> UUID:
    """Return the smallest id made a day before that of the newest sealed entry."""
    newest = Leaf.objects.order_by("-number").values_list("entry_id", flat=True).first()
    if newest is None:
        return BEGINNING
    return UUID(int=max(0, (newest.int >> 80) - DAY_MS) << 80)


def _wait_for_other_sealers() -> None:
    """Let one process seal at a time (SQLite's transactions that write already do)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_NUMBER])


def _tell_witnesses() -> None:
    """Hand the newest checkpoints out; a witness that cannot be reached gets them the next time."""
    for folder in settings.AMPARO_WITNESSES:
        try:
            export_checkpoints(folder)
        except OSError as error:
            logger.warning("a witness folder could not be written: %s", error.strerror)
