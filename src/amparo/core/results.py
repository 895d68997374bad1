"""The result of one element, in words: its truth, why, what is missing, what disagrees."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from amparo.core.truth import Truth


class Held(StrEnum):
    """Why a recorded conclusion of a ``consider`` element does not count yet."""

    NO = ""
    FACTORS_NOT_WEIGHED = "factors_not_weighed"
    NO_REASONS = "no_reasons"


class Result(NamedTuple):
    """The result of one element.

    ``because``: the leaves that decide it; with those alone the truth would be the same. Where several
    suffice all are named. Empty while it is not assessed. ``to_establish`` and ``to_refute``: the
    smallest sets of open leaves whose answers could make it established or not established, smallest
    first, at most ``ways.KEPT``. ``missing``: the smallest of both. ``conflicts``: the leaves under it
    on which answers disagree.
    """

    truth: Truth
    because: tuple[str, ...]
    to_establish: tuple[frozenset[str], ...]
    to_refute: tuple[frozenset[str], ...]
    conflicts: tuple[str, ...]
    held: Held = Held.NO

    @property
    def missing(self) -> tuple[frozenset[str], ...]:
        """The smallest sets of open leaves that would decide it, one way or the other."""
        found: list[frozenset[str]] = []
        for leaves in sorted({*self.to_establish, *self.to_refute}, key=lambda s: (len(s), sorted(s))):
            if not any(other <= leaves for other in found):
                found.append(leaves)
        return tuple(found)


def leaf_results(leaf_id: str) -> tuple[Result, Result, Result]:
    """The three results of a leaf without conflicts: established, not established, open."""
    itself = (frozenset({leaf_id}),)
    return (
        Result(Truth.ESTABLISHED, (leaf_id,), (), (), ()),
        Result(Truth.NOT_ESTABLISHED, (leaf_id,), (), (), ()),
        Result(Truth.NOT_ASSESSED, (), itself, itself, ()),
    )
