"""Ways: the smallest sets of answers that would settle a node, kept as bit masks.

A *way* is an int with two bits per leaf: bit ``2i`` means "leaf i answered established", bit
``2i+1`` "not established". A *family* is a tuple of ways, smallest first, none holding another.
``(0,)`` is "already so", ``()`` is "impossible".

Families are bounded: ``KEPT`` ways where the children share no leaf (then the kept ways are
exactly the smallest ones), ``KEPT_SHARED`` where they do. Beyond the bound the larger ways are
dropped; every way that is kept does settle the node.
"""

from __future__ import annotations

from collections.abc import Iterable

Family = tuple[int, ...]

ALREADY: Family = (0,)
IMPOSSIBLE: Family = ()
KEPT = 8
KEPT_SHARED = 512


def yes(leaf: int) -> int:
    return 1 << (2 * leaf)


def no(leaf: int) -> int:
    return 2 << (2 * leaf)


def by_size(way: int) -> tuple[int, int]:
    return way.bit_count(), way


def smallest(ways: Iterable[int], evens: int) -> Family:
    """Drop ways that contradict themselves or hold a smaller way, and bound the rest."""
    kept: list[int] = []
    for way in sorted(set(ways), key=by_size):
        if way & (way >> 1) & evens:
            continue
        if not any(other & way == other for other in kept):
            kept.append(way)
            if len(kept) == KEPT_SHARED:
                break
    return tuple(kept)


def either(families: Iterable[Family], evens: int, *, is_disjoint: bool) -> Family:
    """Ways that settle one of several nodes."""
    ways = [way for family in families for way in family]
    if 0 in ways:
        return ALREADY
    if is_disjoint:
        ways.sort(key=by_size)
        return tuple(ways[:KEPT])
    return smallest(ways, evens)


def both(first: Family, second: Family, evens: int, *, is_disjoint: bool) -> Family:
    """Ways that settle two nodes at once."""
    if first == ALREADY:
        return second
    if second == ALREADY:
        return first
    if is_disjoint:
        if len(second) == 1:
            return tuple([way | second[0] for way in first])
        crossed = [one | two for one in first for two in second]
        crossed.sort(key=by_size)
        return tuple(crossed[:KEPT])
    return smallest((one | two for one in first for two in second), evens)


def every(families: Iterable[Family], evens: int, *, is_disjoint: bool) -> Family:
    """Ways that settle all of several nodes."""
    ways = ALREADY
    for family in families:
        ways = both(ways, family, evens, is_disjoint=is_disjoint)
        if not ways:
            return IMPOSSIBLE
    return ways


def at_least(count: int, families: Iterable[Family], evens: int, *, is_disjoint: bool) -> Family:
    """Ways that settle ``count`` of several nodes."""
    by_count: list[Family] = [ALREADY, *[IMPOSSIBLE] * count]
    for family in families:
        for reached in range(count, 0, -1):
            with_this = both(by_count[reached - 1], family, evens, is_disjoint=is_disjoint)
            by_count[reached] = either((by_count[reached], with_this), evens, is_disjoint=False)
    return by_count[count]


def leaves_of(family: Family, evens: int) -> tuple[int, ...]:
    """The leaves that each way asks for, whichever way they would be answered, as sets; smallest first."""
    asked = smallest(((way | (way >> 1)) & evens for way in family), 0)
    return tuple(_one_bit_per_leaf(way) for way in asked)


def _one_bit_per_leaf(way: int) -> int:
    leaves = 0
    while way:
        lowest = way & -way
        leaves |= 1 << (lowest.bit_length() - 1) // 2
        way ^= lowest
    return leaves
