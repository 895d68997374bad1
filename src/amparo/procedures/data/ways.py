"""Ways to a conclusion as pages and documents show them."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.core.guides import CHILD


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An element that would fill a place in a way. ``is_yes``: by being established.

    ``says_answer``: the answer stands beside the label; only what is affirmed to establish goes without.
    ``size`` counts the open elements its own shortest way asks for.
    """

    id: str
    label: str
    size: int
    is_yes: bool
    says_answer: bool

    @property
    def has_page(self) -> bool:
        """Whether it can be opened: the person's age is a leaf of the law and no element of a guide."""
        return self.id != CHILD


@dataclass(frozen=True, slots=True)
class ConclusionView:
    """What a guide says of where it stands, and what stands before the ways there, without a colon."""

    says: str
    to_establish: str
    to_refute: str


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to a conclusion: every slot must be filled; of a slot with several choices any will do."""

    slots: tuple[tuple[ChoiceView, ...], ...]
