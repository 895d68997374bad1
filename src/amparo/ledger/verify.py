"""Recomputes the whole ledger and names what is wrong: a stranger could do the same with the public key.

Reads in one snapshot and in bounded memory: leaves in order with their entries, checkpoints and
witnessed notes merged into them by size, then the entries that wait to be sealed.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from amparo.ledger import mentions, tiles, triggers, witness
from amparo.ledger.actions import BEGINNING
from amparo.ledger.canonical import read_details
from amparo.ledger.data import Problem, Report
from amparo.ledger.keyring import ledger_key
from amparo.ledger.merkle import Frontier
from amparo.ledger.models import Node
from amparo.ledger.rows import Row, hash_of, sealed_rows, unsealed_rows
from amparo.ledger.signing import Forged, LedgerKey
from amparo.ledger.snapshot import snapshot, stream

MOST_PROBLEMS = 20
CHUNK = 400
WITHOUT_END = 2**62
Expected = tuple[int, bytes, str]


class TooMany(Exception):
    """Enough is wrong to stop reading."""


def verify(
    witnesses: Sequence[Path] | None = None, *, progress: Callable[[int], None] | None = None
) -> Report:
    """Recompute every hash, root and signature. ``witnesses`` are folders, by default the settings'.

    ``progress`` is called with the number of rows read, now and then. Never raises for what it
    finds: the report names it, first things first, at most twenty.
    """
    folders = settings.AMPARO_WITNESSES if witnesses is None else witnesses
    check = _Verification(ledger_key(), progress or (lambda _count: None))
    try:
        with snapshot():
            check.triggers()
            check.sealed([folder for folder in folders if folder.is_dir()])
            check.waiting()
            check.mentions()
    except TooMany:
        pass
    return check.report


class _Verification:
    """One run: what was found so far, and where in the tree it is."""

    def __init__(self, key: LedgerKey, progress: Callable[[int], None]) -> None:
        self.report = Report()
        self._key = key
        self._progress = progress
        self._nodes: dict[int, bytes] = {}
        self._mentioning: dict[UUID, str] = {}
        self._mentioned = 0
        self._frontier = Frontier(on_subtree=self._keep_node)
        self._is_root_lost = False

    def triggers(self) -> None:
        """Say which of the triggers that refuse changes are absent."""
        for name in sorted(triggers.names(connection.vendor) - triggers.present(connection)):
            self._found("trigger", f"the trigger {name} is missing: the table can be changed unnoticed")

    def sealed(self, folders: list[Path]) -> None:
        """Walk the leaves and compare with every checkpoint and witnessed note on the way."""
        expected = heapq.merge(self._checkpoints(), *map(self._witnessed, folders), key=lambda item: item[0])
        due = next(expected, None)
        for row in sealed_rows(WITHOUT_END):
            due = self._compare(due, expected)
            self._leaf(row)
        due = self._compare(due, expected)
        self._compare_nodes()
        self._after_the_end(due)
        self.report.root = self._frontier.root()

    def mentions(self) -> None:
        """Check that no case code was put into or taken out of an entry about several people."""
        self._compare_mentions()
        mentioned = next(stream("SELECT count(*) FROM ledger_mention"))[0]
        if mentioned != self._mentioned:
            self._found(
                "mention", f"{mentioned} case codes are mentioned and {self._mentioned} were recorded"
            )

    def waiting(self) -> None:
        """Check the entries that have no leaf yet."""
        for row in unsealed_rows(BEGINNING):
            self.report.unsealed += 1
            hashed = self._row_hash(row)
            if hashed is not None and not self._key.is_marked(hashed, bytes(row[7])):
                self._found("unmarked", "was not written with the ledger's key", row[0])

    def _checkpoints(self) -> Iterator[Expected]:
        """Yield what each checkpoint states; the newest state the tree must end with comes last."""
        for size, root, note in stream("SELECT size, root, note FROM ledger_checkpoint ORDER BY size"):
            self.report.checkpoints += 1
            where = f"checkpoint {size}"
            stated = self._read_note(note, where)
            if stated is not None and stated != (size, bytes(root)):
                self._found("checkpoint", f"{where} does not say what its signed note says")
            if stated is not None:
                yield *stated, where

    def _witnessed(self, folder: Path) -> Iterator[Expected]:
        previous = 0
        for note, path in witness.read_notes(folder):
            stated = self._read_note(note, f"a note in {path}")
            if stated is None:
                continue
            self.report.witnessed += 1
            if stated[0] < previous:
                self._found("witness", f"the notes in {path} are out of order at size {stated[0]}")
                continue
            previous = stated[0]
            yield *stated, f"the witness {path}"

    def _read_note(self, note: str, where: str) -> tuple[int, bytes] | None:
        try:
            return self._key.read_note(note)
        except Forged as forged:
            self._found("forged", f"{where}: {forged}")
            return None

    def _leaf(self, row: Row) -> None:
        """Check one leaf with its entry, then add the leaf's hash to the tree."""
        number, stored, entry_id = row[0], bytes(row[1]), row[2]
        self.report.sealed += 1
        if number != self._frontier.size:
            self._found(
                "missing",
                f"leaves {self._frontier.size} to {number - 1} are gone or renumbered",
                None,
                number,
            )
            raise TooMany
        if row[3] is None:
            self._found("deleted", f"leaf {number}: its entry is gone", entry_id, number)
        elif (hashed := self._row_hash(row[3:], number)) is not None and hashed != stored:
            self._found(
                "changed", f"leaf {number}: the entry is not the one that was sealed", entry_id, number
            )
        self._frontier.append(stored)
        if number % 10_000 == 0:
            self._progress(number)

    def _row_hash(self, row: Row, number: int | None = None) -> bytes | None:
        """Return a row's hash, or report that its columns do not lead to the hash beside them."""
        hashed = hash_of(row)
        if hashed == bytes(row[6]):
            if mentions.ROOT in row[5]:
                self._mentioning[UUID(row[0])] = row[5]
                if len(self._mentioning) >= CHUNK:
                    self._compare_mentions()
            return hashed
        place = "waiting to be sealed" if number is None else f"leaf {number}"
        self._found("changed", f"{place}: was changed after it was written", row[0], number)
        return None

    def _compare(self, due: Expected | None, expected: Iterator[Expected]) -> Expected | None:
        """Hold the tree against everything that states its root at the size it now has."""
        while due is not None and due[0] <= self._frontier.size:
            size, root, where = due
            if size == self._frontier.size and root != self._frontier.root() and not self._is_root_lost:
                self._is_root_lost = True
                self._compare_nodes()
                self._found(
                    "root", f"the leaves up to {size - 1} do not lead to the root of {where}", None, size - 1
                )
            due = next(expected, None)
        return due

    def _after_the_end(self, due: Expected | None) -> None:
        if due is not None:
            size, _root, where = due
            self._found("truncated", f"{where} covers {size} rows and only {self._frontier.size} are here")
        last = next(iter(stream("SELECT max(size) FROM ledger_checkpoint")))[0] or 0
        if last < self._frontier.size:
            self._found("checkpoint", f"the leaves from {last} on have no checkpoint", None, last)

    def _keep_node(self, level: int, position: int, joined: bytes) -> None:
        if tiles.is_stored(level):
            self._nodes[tiles.place(level, position)] = joined
            if len(self._nodes) >= CHUNK:
                self._compare_nodes()

    def _compare_nodes(self) -> None:
        """Hold the subtrees computed since the last time against the stored ones."""
        stored = dict(Node.objects.filter(place__in=list(self._nodes)).values_list("place", "hash"))
        for place, joined in self._nodes.items():
            if bytes(stored.get(place, b"")) != joined:
                level, position = place >> 48, place & (1 << 48) - 1
                first, end = position << level, (position + 1) << level
                self._found(
                    "subtree", f"leaves {first} to {end - 1} do not lead to their stored hash", None, first
                )
                break
        self._nodes.clear()

    def _compare_mentions(self) -> None:
        """Hold the case codes of the entries read since the last time against the roots they hold."""
        for entry_id, codes in mentions.codes_of(list(self._mentioning)).items():
            self._mentioned += len(codes)
            if not mentions.agree(entry_id, read_details(self._mentioning[entry_id]), codes):
                self._found("mention", "the people it is about are not those recorded", entry_id.hex)
        self._mentioning.clear()

    def _found(self, kind: str, message: str, entry_id: str | None = None, number: int | None = None) -> None:
        named = UUID(entry_id) if entry_id else None
        self.report.problems.append(
            Problem(kind, f"entry {named}, {message}" if named else message, named, number)
        )
        if len(self.report.problems) >= MOST_PROBLEMS:
            raise TooMany
