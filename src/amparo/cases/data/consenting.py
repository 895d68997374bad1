"""Who must agree, for a person who is or may be a child, before anything about them is shared.

Source: domain 06 and 10; seed, section 24 (the child's views; a guardian or the protection authority
decides with them). A child's refusal needs nobody else and always holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from amparo.cases.data.refusals import (
    AssentMissing,
    BasisOfAnAdult,
    ChildAlone,
    ChildRefused,
    UrgencyNotExplained,
)
from amparo.core.refusal import Refusal

URGENT_BASIS = "VITAL_INTEREST"
SHORTEST_URGENCY = 40
BASES_FOR_CHILDREN = frozenset({"ASSENT_AND_GUARDIAN", "BEST_INTEREST"})
TOO_YOUNG_BANDS = frozenset({"A00_04", "A05_11"})
"""Bands in which a worker may find that the child cannot form a view yet; older children are asked."""


class ChildAssent(StrEnum):
    """What the child answered. Nothing recorded is "", never taken for a yes."""

    GIVEN = "GIVEN"
    REFUSED = "REFUSED"
    TOO_YOUNG = "TOO_YOUNG"


class StandIn(StrEnum):
    """Who agrees beside the child."""

    GUARDIAN = "GUARDIAN"
    AUTHORITY = "AUTHORITY"
    BEST_INTERESTS = "BEST_INTERESTS"


@dataclass(frozen=True, slots=True)
class Representative:
    """Who agreed beside the child: a guardian (staff id), the protection authority (unit id), a record."""

    kind: StandIn
    id: UUID | None = None


def find_consent_problem(
    *,
    may_be_child: bool,
    age_band: str,
    legal_basis: str,
    assent: str,
    representative: Representative | None,
    urgent_reason: str,
) -> Refusal | None:
    """Return why an agreement cannot stand as it is told, or ``None``.

    ``representative`` is one that was checked against the records. A vital interest needs its reason
    for everybody, and stands for a child without assent or guardian.
    """
    if legal_basis == URGENT_BASIS:
        is_explained = len(urgent_reason.strip()) >= SHORTEST_URGENCY
        return None if is_explained else UrgencyNotExplained(minimum=SHORTEST_URGENCY)
    if not may_be_child:
        return None
    if assent == ChildAssent.REFUSED:
        return ChildRefused()
    if representative is None:
        return ChildAlone()
    if legal_basis not in BASES_FOR_CHILDREN:
        return BasisOfAnAdult()
    is_decided_for = age_band in TOO_YOUNG_BANDS or representative.kind is StandIn.BEST_INTERESTS
    if assent == ChildAssent.GIVEN or (assent == ChildAssent.TOO_YOUNG and is_decided_for):
        return None
    return AssentMissing()
