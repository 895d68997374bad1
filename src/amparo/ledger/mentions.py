"""Entries about several people: one row with a root over their case codes.

A worklist of fifty names is opened with one entry. Its details say how many people and hold the Merkle
root over their codes, so that a person's receipt can prove that they were among them and reveals no
one else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from amparo.ledger.canonical import check_who_and_what
from amparo.ledger.data import Detail, NotACode
from amparo.ledger.merkle import inclusion_path, leaf_hash, root_of
from amparo.ledger.models import Mention

COUNT = "among_count"
ROOT = "among_root"
MOST = 1000


def code_hash(entry_id: UUID, code: str) -> bytes:
    """Return the leaf of one case code in one entry's tree."""
    return leaf_hash(f"{entry_id.hex} {code}".encode())


def details_of(entry_id: UUID, codes: Sequence[str]) -> Mapping[str, Detail]:
    """Return what the entry's details say of the people it is about."""
    if len(codes) > MOST:
        raise NotACode(f"one entry is about {MOST} people at most")
    for code in codes:
        check_who_and_what("machine", "ledger.record", code)
    root = root_of([code_hash(entry_id, code) for code in codes])
    return {COUNT: len(codes), ROOT: root.hex()}


def codes_of(entry_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the case codes of each entry, in their order. One query."""
    found: dict[UUID, list[str]] = {entry_id: [] for entry_id in entry_ids}
    rows = Mention.objects.filter(entry_id__in=entry_ids).order_by("entry_id", "position")
    for entry_id, code in rows.values_list("entry_id", "subject"):
        found[entry_id].append(code)
    return found


def agree(entry_id: UUID, details: Mapping[str, Detail], codes: Sequence[str]) -> bool:
    """Say whether the stored codes are those that the entry was written with."""
    stated = (details.get(COUNT, 0), details.get(ROOT, ""))
    if not codes:
        return stated == (0, "")
    return stated == (len(codes), root_of([code_hash(entry_id, code) for code in codes]).hex())


def proof(entry_id: UUID, codes: Sequence[str], code: str) -> tuple[int, list[bytes]]:
    """Return the position of a code among the entry's, and the proof that leads to the root."""
    hashes = [code_hash(entry_id, each) for each in codes]
    position = codes.index(code)
    return position, inclusion_path(position, len(codes), lambda start, end: root_of(hashes[start:end]))
