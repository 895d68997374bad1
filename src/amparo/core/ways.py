"""Ways: the smallest sets of answers that would settle a node, kept as bit masks.

A *way* is an int with two bits per leaf: bit ``2i`` means "leaf i answered established", bit
``2i+1`` "not established". A *family* is a tuple of ways, smallest first, none holding another.
``(0,)`` is "already so", ``()`` is "impossible".

Families are bounded. Nodes that share no leaf are put together ``KEPT`` smallest at a time, which
loses none of the smallest. Among nodes that do share leaves ``KEPT_SHARED`` ways are kept. Beyond
the bounds larger ways are dropped; every way that is kept does settle the node.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Family = tuple[int, ...]

ALREADY: Family = (0,)
IMPOSSIBLE: Family = ()
KEPT = 8
KEPT_SHARED = 64


def yes(leaf: int) -> int:
    return 1 << (2 * leaf)


def no(leaf: int) -> int:
    return 2 << (2 * leaf)


def smallest(ways: Iterable[int], evens: int) -> Family:
    """Drop ways that contradict themselves or hold a smaller way, and bound the rest."""
    kept: list[int] = []
    for way in sorted(dict.fromkeys(ways), key=int.bit_count):
        if way & (way >> 1) & evens:
            continue
        for other in kept:  # not any(...): this is the innermost loop of an evaluation
            if other & way == other:
                break
        else:
            kept.append(way)
            if len(kept) == KEPT_SHARED:
                break
    return tuple(kept)


def either(leaves: Sequence[int], families: Sequence[Family]) -> Family:
    """Ways that settle one of several leaves, given as their answers, or of nodes that share no leaf."""
    if not families or len(leaves) >= KEPT:
        return tuple(leaves[:KEPT])
    ways = [*leaves]
    for family in families:
        if family == ALREADY:
            return ALREADY
        ways.extend(family)
    ways.sort(key=int.bit_count)
    return tuple(ways[:KEPT])


def every(leaves: int, families: Iterable[Family]) -> Family:
    """Ways that settle all of several leaves, given as one way, and of nodes that share no leaf."""
    wider: list[Family] = []
    for family in families:
        if not family:
            return IMPOSSIBLE
        if len(family) == 1:
            leaves |= family[0]
        else:
            wider.append(family)
    ways: Family = (leaves,)
    for family in wider:
        ways = both(ways, family)
    return ways


def both(first: Family, second: Family) -> Family:
    """Ways that settle two nodes at once that share no leaf."""
    if len(first) == 1:
        (only,) = first
        return tuple([way | only for way in second[:KEPT]])
    crossed = [one | two for one in first for two in second[:KEPT]]
    crossed.sort(key=int.bit_count)
    return tuple(crossed[:KEPT])


def either_shared(families: Iterable[Family], evens: int) -> Family:
    """Ways that settle one of several nodes that may share leaves."""
    return smallest((way for family in families for way in family), evens)


def every_shared(families: Iterable[Family], evens: int) -> Family:
    """Ways that settle all of several nodes that may share leaves."""
    ways = ALREADY
    for family in families:
        ways = both_shared(ways, family, evens)
    return ways


def both_shared(first: Family, second: Family, evens: int) -> Family:
    """Ways that settle two nodes at once that may share leaves."""
    if first == ALREADY:
        return second
    if second == ALREADY:
        return first
    return smallest((one | two for one in first for two in second), evens)


def at_least(count: int, families: Iterable[Family], evens: int) -> Family:
    """Ways that settle ``count`` of several nodes."""
    by_count: list[Family] = [ALREADY, *[IMPOSSIBLE] * count]
    for family in families:
        for reached in range(count, 0, -1):
            with_this = both_shared(by_count[reached - 1], family, evens)
            by_count[reached] = smallest((*by_count[reached], *with_this), evens)
    return by_count[count]


def without_sides(family: Family, evens: int) -> Family:
    """The leaves that each way asks for, whichever way they would be answered; one bit per leaf, at 2i."""
    return smallest(((way | (way >> 1)) & evens for way in family), 0)


def leaves_of(way: int) -> int:
    """The leaves of a way as a set, one bit per leaf."""
    leaves = 0
    while way:
        at = way.bit_length() - 1
        leaves |= 1 << at // 2
        way ^= 1 << at
    return leaves
