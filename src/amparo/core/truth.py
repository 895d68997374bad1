"""Three-valued truth (strong Kleene): what was not assessed never reads as "no".

>>> all_of(Truth.ESTABLISHED, Truth.NOT_ASSESSED)
<Truth.NOT_ASSESSED: 'not_assessed'>
>>> all_of(Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED)
<Truth.NOT_ESTABLISHED: 'not_established'>
>>> any_of(Truth.ESTABLISHED, Truth.NOT_ASSESSED)
<Truth.ESTABLISHED: 'established'>
>>> at_least(2, Truth.ESTABLISHED, Truth.NOT_ASSESSED, Truth.NOT_ESTABLISHED)
<Truth.NOT_ASSESSED: 'not_assessed'>
>>> if Truth.NOT_ESTABLISHED: pass
Traceback (most recent call last):
    ...
TypeError: a Truth has three values: compare it with "is"
"""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    """One of three answers. It has no boolean value, so that "not assessed" cannot slip into an ``if``."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not_established"
    NOT_ASSESSED = "not_assessed"

    def __bool__(self) -> bool:
        raise TypeError('a Truth has three values: compare it with "is"')


def at_least(count: int, *truths: Truth) -> Truth:
    """Established when ``count`` of the truths are; not established when they no longer can be."""
    established = truths.count(Truth.ESTABLISHED)
    if established >= count:
        return Truth.ESTABLISHED
    if established + truths.count(Truth.NOT_ASSESSED) < count:
        return Truth.NOT_ESTABLISHED
    return Truth.NOT_ASSESSED


def all_of(*truths: Truth) -> Truth:
    """Established when every truth is. Of nothing at all: established."""
    return at_least(len(truths), *truths)


def any_of(*truths: Truth) -> Truth:
    """Established when one truth is. Of nothing at all: not established."""
    return at_least(1, *truths)


def negate(truth: Truth) -> Truth:
    """The opposite claim; what was not assessed stays not assessed.

    >>> negate(Truth.ESTABLISHED)
    <Truth.NOT_ESTABLISHED: 'not_established'>
    """
    return _OPPOSITE[truth]


_OPPOSITE = {
    Truth.ESTABLISHED: Truth.NOT_ESTABLISHED,
    Truth.NOT_ESTABLISHED: Truth.ESTABLISHED,
    Truth.NOT_ASSESSED: Truth.NOT_ASSESSED,
}
