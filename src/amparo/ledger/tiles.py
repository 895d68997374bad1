"""Hashes of ranges of leaves, read from the stored subtrees so that a proof costs a few hundred rows."""

from __future__ import annotations

from amparo.ledger.merkle import Frontier, node_hash, perfect_subtrees, root_of
from amparo.ledger.models import Leaf, Node

STEP = 8


def place(level: int, position: int) -> int:
    """Return the key of a stored subtree."""
    return level << 48 | position


def is_stored(level: int) -> bool:
    """Say whether subtrees of this level are stored: one in 256 of each lower stored level."""
    return level > 0 and level % STEP == 0


def subtree_hash(level: int, position: int) -> bytes:
    """Return the hash of one perfect subtree of sealed leaves. One query, at most 128 rows."""
    base = level - level % STEP
    first = position << (level - base)
    end = first + (1 << (level - base))
    if base == 0:
        leaves = Leaf.objects.filter(number__gte=first, number__lt=end).order_by("number")
        found = [bytes(stored) for stored in leaves.values_list("hash", flat=True)]
    else:
        nodes = Node.objects.filter(place__gte=place(base, first), place__lt=place(base, end)).order_by(
            "place"
        )
        found = [bytes(stored) for stored in nodes.values_list("hash", flat=True)]
    if len(found) != end - first:
        raise LookupError(f"the stored subtrees of level {base} have a gap between {first} and {end}")
    return root_of(found)


def range_hash(start: int, end: int) -> bytes:
    """Return the hash of leaves ``start`` to ``end``, as RFC 9162 proofs need it."""
    hashes = [subtree_hash(level, position) for level, position in perfect_subtrees(start, end)]
    joined = hashes.pop()
    while hashes:
        joined = node_hash(hashes.pop(), joined)
    return joined


def frontier_at(size: int) -> tuple[Frontier, list[Node]]:
    """Return the right edge of the stored tree, and the list that new subtrees are put into as it grows."""
    grown: list[Node] = []

    def keep(level: int, position: int, joined: bytes) -> None:
        if is_stored(level):
            grown.append(Node(place=place(level, position), hash=joined))

    hashes = [subtree_hash(level, position) for level, position in perfect_subtrees(0, size)]
    return Frontier(size, hashes, keep), grown
