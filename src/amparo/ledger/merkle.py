"""The Merkle tree of RFC 9162 (section 2.1): roots, inclusion and consistency proofs.

Pure: it knows hashes and numbers only. Where a proof needs the hash of a range of leaves, the caller
passes a function ``subtree(start, end)`` that gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

Subtree = Callable[[int, int], bytes]
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees joined."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to add leaves and to know the root.

    Holds one hash for each set bit of ``size``. ``on_subtree(level, position, hash)`` is told of every
    perfect subtree of 2**level leaves when it is complete.
    """

    def __init__(
        self,
        size: int = 0,
        hashes: Iterable[bytes] = (),
        on_subtree: Callable[[int, int, bytes], None] | None = None,
    ) -> None:
        self.size = size
        self._stack = list(hashes)
        self._on_subtree = on_subtree
        if len(self._stack) != size.bit_count():
            raise ValueError("a frontier has one hash for each set bit of its size")

    def append(self, leaf: bytes) -> None:
        """Add the next leaf's hash."""
        number, level, joined, stack = self.size, 0, leaf, self._stack
        while number & 1:
            joined = sha256(b"\x01" + stack.pop() + joined).digest()
            number >>= 1
            level += 1
            if self._on_subtree is not None:
                self._on_subtree(level, number, joined)
        stack.append(joined)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        if not self._stack:
            return EMPTY_ROOT
        joined = self._stack[-1]
        for left in reversed(self._stack[:-1]):
            joined = node_hash(left, joined)
        return joined


def perfect_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """Split leaves ``start`` to ``end`` into perfect subtrees, left to right, as (level, position).

    ``start`` must be a multiple of a power of two not smaller than the range, as every range that a
    proof asks for is.
    """
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append((level, start >> level))
        start += 1 << level
    return parts


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def _split(size: int) -> int:
    """Return the largest power of two smaller than ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_path(number: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the proof that leaf ``number`` is in the tree of ``size`` leaves (2.1.3.1)."""
    if not 0 <= number < size:
        raise ValueError("the leaf is not in the tree")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if number < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]


def root_from_inclusion(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an inclusion proof leads to, or ``None`` when it is not a proof (2.1.3.2)."""
    if not 0 <= number < size:
        return None
    first, last, joined = number, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if first & 1 or first == last:
            joined = node_hash(sibling, joined)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            joined = node_hash(joined, sibling)
        first, last = first >> 1, last >> 1
    return joined if last == 0 else None


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Return the proof that the tree of ``old`` leaves is the beginning of that of ``new`` (2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("an earlier tree has at least one leaf and no more than the later one")
    path, start, end, is_whole = [], 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start, is_whole = middle, False
    if not is_whole:
        path.append(subtree(start, end))
    return path[::-1]


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether a consistency proof holds (2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    parts = list(path)
    if old & (old - 1) == 0:
        parts.insert(0, old_root)
    if not parts:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_joined = new_joined = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old_joined, new_joined = node_hash(part, old_joined), node_hash(part, new_joined)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new_joined = node_hash(new_joined, part)
        first, last = first >> 1, last >> 1
    return last == 0 and old_joined == old_root and new_joined == new_root
