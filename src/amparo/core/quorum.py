"""Whether those who sit may decide: a quorum over seats. Pure; who sits is found by the caller.

Source: domain 05 (the asylum authority and one non-state member), domain 06 (three to five members of
several disciplines, not the caseworker). Observers and advisers speak and never count (seed §15).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from amparo.core.parties import AgencyKind

NON_STATE_KINDS = frozenset({AgencyKind.NGO, AgencyKind.SHELTER, AgencyKind.UN})
"""Kinds of agency that can be outside every State; one that answers to a State is not, whatever its kind."""


class Standing(StrEnum):
    MEMBER = "MEMBER"
    ADVISER = "ADVISER"
    OBSERVER = "OBSERVER"


class Absence(StrEnum):
    """Why a seat does not count on one item, in the order in which it is asked."""

    NOT_A_MEMBER = "NOT_A_MEMBER"
    TERM_OVER = "TERM_OVER"
    RECUSED = "RECUSED"
    UNDECLARED = "UNDECLARED"
    NOT_SHARED = "NOT_SHARED"
    PREPARED_IT = "PREPARED_IT"
    NOT_PRESENT = "NOT_PRESENT"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many members decide, kinds of which each sits, members of no State, and the most (0: any)."""

    members: int
    must_include: frozenset[str] = frozenset()
    non_state: int = 0
    most_members: int = 0


@dataclass(frozen=True, slots=True)
class Sitter:
    """One seat of a body on one item, on the day of the meeting.

    ``is_shared``: the case's unit shared the item with them and every rule of access still lets them
    see it. ``has_declared``: they said that they have no conflict of interest.
    """

    agency_kind: str
    answers_to_state: bool
    standing: Standing
    in_term: bool = True
    is_recused: bool = False
    has_declared: bool = True
    is_shared: bool = True
    prepared_it: bool = False
    is_present: bool = True

    @property
    def is_non_state(self) -> bool:
        return not self.answers_to_state and self.agency_kind in NON_STATE_KINDS


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing for a quorum. Empty means that those who count may decide."""

    members: int = 0
    kinds: tuple[str, ...] = ()
    non_state: int = 0
    too_many: int = 0

    @property
    def is_quorate(self) -> bool:
        return not (self.members or self.kinds or self.non_state or self.too_many)


def absence_of(sitter: Sitter, *, not_caseworker: bool) -> Absence | None:
    """Return why a seat does not count, or ``None`` when it does.

    >>> absence_of(Sitter("un", False, Standing.OBSERVER), not_caseworker=False)
    <Absence.NOT_A_MEMBER: 'NOT_A_MEMBER'>
    """
    reasons = (
        (sitter.standing is not Standing.MEMBER, Absence.NOT_A_MEMBER),
        (not sitter.in_term, Absence.TERM_OVER),
        (sitter.is_recused, Absence.RECUSED),
        (not sitter.has_declared, Absence.UNDECLARED),
        (not sitter.is_shared, Absence.NOT_SHARED),
        (not_caseworker and sitter.prepared_it, Absence.PREPARED_IT),
        (not sitter.is_present, Absence.NOT_PRESENT),
    )
    return next((absence for holds, absence in reasons if holds), None)


def shortfall_of(quorum: Quorum, sitters: Iterable[Sitter], *, not_caseworker: bool) -> Shortfall:
    """Return what is missing among these seats.

    >>> here = [Sitter("asylum_authority", True, Standing.MEMBER), Sitter("ngo", False, Standing.ADVISER)]
    >>> shortfall_of(Quorum(2, frozenset({"asylum_authority"}), 1), here, not_caseworker=False)
    Shortfall(members=1, kinds=(), non_state=1, too_many=0)
    """
    counted = [one for one in sitters if absence_of(one, not_caseworker=not_caseworker) is None]
    kinds = {one.agency_kind for one in counted}
    non_state = sum(one.is_non_state for one in counted)
    return Shortfall(
        members=max(0, quorum.members - len(counted)),
        kinds=tuple(sorted(quorum.must_include - kinds)),
        non_state=max(0, quorum.non_state - non_state),
        too_many=max(0, len(counted) - quorum.most_members) if quorum.most_members else 0,
    )
