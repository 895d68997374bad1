"""A panel's decision as it stands: whether something came after it that asks the panel to look again.

A decision is a record and stays one; what changes is whether anything may still rest on it. Source:
domain 06 (reopened on new facts, or at the child's request; a review date), domain 05 (a review date).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from amparo.vault.data import Veiled


class Again(StrEnum):
    """Why nothing new rests on a decision until the panel has looked again."""

    NEW_FACTS = "NEW_FACTS"
    REVIEW_PASSED = "REVIEW_PASSED"
    DECIDED_ANEW = "DECIDED_ANEW"
    REOPENED = "REOPENED"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The latest decision in force of a procedure's panel, by codes.

    ``decides_without``: the guide did not carry it, and the panel wrote why it decided all the same.
    ``elements_since``: what was answered, or answered anew, since it was written. ``reviewed_at``: the first
    moment after its date of review. ``is_used``: it has led to its stage.
    """

    decision_id: UUID
    item_id: UUID
    body_name: str
    held_at: datetime
    options: tuple[str, ...]
    options_list: str
    in_force_at: datetime
    review_date: date
    reviewed_at: datetime
    decides_without: bool
    elements_since: tuple[str, ...]
    again: frozenset[Again]
    is_used: bool
    place: str
    """Where its words lie in the narrative compartment."""
    is_refused: bool = False
    """The person's latest answer to it is a refusal."""
    is_on_agenda: bool = False
    """The procedure was put on the agenda of another meeting since."""

    @property
    def stands(self) -> bool:
        return not self.again

    @property
    def opens_stage(self) -> bool:
        """It stands, and has not led to its stage yet: the panel's step may be taken on it."""
        return self.stands and not self.is_used

    @property
    def stands_without(self) -> bool:
        """It stands although the guide did not carry it: what the guide lacks no longer stops anything."""
        return self.stands and self.decides_without

    @property
    def again_sorted(self) -> list[Again]:
        """The reasons in the order in which they are said."""
        return [one for one in Again if one in self.again]


@dataclass(frozen=True, slots=True)
class RulingView:
    """A ruling in words. ``why_without`` is ``None`` while locked, or where the guide carried it."""

    ruling: Ruling
    options: tuple[str, ...]
    elements: tuple[str, ...]
    why_without: Veiled | None


def reasons_to_look_again(
    in_force_at: datetime,
    reviewed_at: datetime,
    *,
    has_new_facts: bool,
    decided_at: Iterable[datetime],
    lapsed_at: Iterable[datetime],
    now: datetime,
) -> frozenset[Again]:
    """Return why the panel looks again; none means that the decision stands.

    ``decided_at``: when decisions of the same procedure came into force; ``lapsed_at``: when it arrived at a
    stage at which earlier decisions no longer count. Order and repetition of either mean nothing.
    """
    reasons = (
        (has_new_facts, Again.NEW_FACTS),
        (now >= reviewed_at, Again.REVIEW_PASSED),
        (any(at > in_force_at for at in decided_at), Again.DECIDED_ANEW),
        (any(at >= in_force_at for at in lapsed_at), Again.REOPENED),
    )
    return frozenset(reason for holds, reason in reasons if holds)
