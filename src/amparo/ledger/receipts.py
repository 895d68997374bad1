"""A person's receipt: who opened their file, each line with the proof that it is in the ledger.

A receipt is a JSON document. Whoever holds it and the ledger's public key can check it without us
(``check``); checkpoints kept by witnesses show that the key has not signed another history. It shows
no other person: an entry about several people carries the proof that this one is among them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.ledger import mentions, tiles
from amparo.ledger.actions import seal_all
from amparo.ledger.canonical import check_who_and_what, entry_bytes, read_details, time_text
from amparo.ledger.data import NothingRecorded
from amparo.ledger.keyring import ledger_key
from amparo.ledger.merkle import inclusion_path, leaf_hash, root_from_inclusion
from amparo.ledger.models import Checkpoint, Leaf
from amparo.ledger.queries import knows, opening_ids
from amparo.ledger.record import record
from amparo.ledger.rows import Row, rows_of
from amparo.ledger.signing import Forged, read_note

KIND = "amparo ledger receipt 1"
Document = dict[str, Any]


def make_receipt(reader_ref: str, code: str, *, now: datetime) -> Document:
    """Return the receipt of one case; records that it was made, and seals what waits, first.

    Raises ``NotACode``, or ``NothingRecorded`` about a code that the ledger does not know.
    """
    check_who_and_what(reader_ref, "ledger.receipt", code)
    if not knows(code):
        raise NothingRecorded(f"the ledger holds nothing about {code}; check the code")
    record(reader_ref, "ledger.receipt", subject=code, now=now)
    seal_all(now)
    size, note = Checkpoint.objects.order_by("-size").values_list("size", "note")[0]
    entry_ids = opening_ids(code)
    numbers = dict(Leaf.objects.filter(entry_id__in=entry_ids).values_list("entry_id", "number"))
    rows = sorted(rows_of(entry_ids), key=lambda row: numbers[UUID(row[0])])
    return {
        "kind": KIND,
        "code": code,
        "made_at": time_text(now),
        "public_key": _text(ledger_key().public),
        "checkpoint": note,
        "entries": [_line(row, numbers[UUID(row[0])], size, code) for row in rows],
    }


def check(receipt: Mapping[str, Any], public_key: bytes) -> list[str]:
    """Return what is wrong with a receipt, nothing when each line is proved. Reads no database."""
    try:
        size, root = read_note(receipt["checkpoint"], (public_key,))
        return [
            f"line {number}: {problem}"
            for number, line in enumerate(receipt["entries"], 1)
            for problem in _problems(line, receipt["code"], size, root)
        ]
    except Forged as forged:
        return [str(forged)]
    except (AttributeError, KeyError, TypeError, ValueError):
        return ["this is not a receipt of the ledger"]


def _line(row: Row, number: int, size: int, code: str) -> Document:
    entry_id, at, actor_ref, verb, subject, details = row[:6]
    line = {
        "id": entry_id,
        "at": at,
        "actor": actor_ref,
        "verb": verb,
        "subject": subject,
        "details": details,
        "leaf": number,
        "path": _texts(inclusion_path(number, size, tiles.range_hash)),
    }
    if subject != code:
        codes = mentions.codes_of([UUID(entry_id)])[UUID(entry_id)]
        position, path = mentions.proof(UUID(entry_id), codes, code)
        line["among"] = {"position": position, "path": _texts(path)}
    return line


def _problems(line: Document, code: str, size: int, root: bytes) -> Iterable[str]:
    columns = [line[name] for name in ("id", "at", "actor", "verb", "subject", "details")]
    leaf = leaf_hash(entry_bytes(*columns))
    if root_from_inclusion(leaf, line["leaf"], size, _bytes(line["path"])) != root:
        yield "is not proved to be in the ledger"
    if line["subject"] != code and not _is_among(line, code):
        yield "is not proved to be about this case"


def _is_among(line: Document, code: str) -> bool:
    details, among = read_details(line["details"]), line.get("among")
    count, root = details.get(mentions.COUNT), details.get(mentions.ROOT)
    if among is None or not isinstance(count, int) or not isinstance(root, str):
        return False
    leaf = mentions.code_hash(UUID(line["id"]), code)
    return root_from_inclusion(leaf, among["position"], count, _bytes(among["path"])) == bytes.fromhex(root)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _texts(hashes: Iterable[bytes]) -> list[str]:
    return [_text(each) for each in hashes]


def _bytes(texts: Iterable[str]) -> list[bytes]:
    return [base64.b64decode(each, validate=True) for each in texts]
