"""A guide as loaded, with the words of its elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amparo.core.guides import Guide
from amparo.core.truth import Truth
from amparo.doctrine.data.words import Status, Text, edition_of


@dataclass(frozen=True, slots=True)
class Override:
    """Who may answer an element that stands in for an unmet condition, and what the answer must carry."""

    role: str
    needs_expiry: bool = True


@dataclass(frozen=True, slots=True)
class Weight:
    """A published weight of an indicator. Kept as data; nothing in Amparo computes with it."""

    dimension: str
    strength: str
    status: Status


@dataclass(frozen=True, slots=True)
class ElementText:
    """What a guide says about one element: words, sources and how it is answered.

    ``ask`` and ``look_for`` may be missing on branches. ``fact``: provider name of a computed leaf.
    ``hints``: elements of other guides for which this prompt may be evidence; nothing is set by it.
    ``verify``: the text to load before release, where the sources do not say it. ``grants``: what a
    measure of protection gives, and who gives it.
    """

    id: str
    label: Text
    ask: Text | None
    look_for: tuple[Text, ...]
    sources: tuple[str, ...]
    decisions: tuple[str, ...]
    evidence: tuple[str, ...]
    status: Status
    fact: str = ""
    absolute: bool = False
    override: Override | None = None
    hints: tuple[str, ...] = ()
    weight: Weight | None = None
    rule: str = ""
    verify: Text | None = None
    grants: Text | None = None

    @property
    def unverified(self) -> bool:
        return self.status.is_unverified


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What follows from a guide for each truth of its root, and what stands before the ways there."""

    established: Text
    not_established: Text
    not_assessed: Text
    to_establish: Text
    to_refute: Text

    def says(self, truth: Truth) -> Text:
        """The sentence for where the guide stands."""
        return {
            Truth.ESTABLISHED: self.established,
            Truth.NOT_ESTABLISHED: self.not_established,
            Truth.NOT_ASSESSED: self.not_assessed,
        }[truth]


@dataclass(frozen=True)
class GuideFile:
    """A guide as loaded: its logic for ``core.evaluation`` and its texts. ``country`` is "" or alpha-3.

    ``edition`` names this version for ever: what was started under it finds it again. ``repealed`` law
    stays, dated. ``based_on``: the edition that a version changes, "" where it stands alone.
    """

    id: str
    version: int
    effective: date
    country: str
    title: Text
    about: Text
    standard_of_proof: str
    logic: Guide
    texts: Mapping[str, ElementText]
    conclusion: Conclusion
    is_scored: bool = True
    lapses_after_days: int | None = None
    repealed: date | None = None
    based_on: str = ""

    @property
    def edition(self) -> str:
        return edition_of(self.country, self.version)

    @property
    def is_gate(self) -> bool:
        return self.logic.is_gate

    @property
    def facts(self) -> tuple[str, ...]:
        """The provider names that this guide reads, in guide order, each once."""
        return tuple(dict.fromkeys(t.fact for t in self.texts.values() if t.fact))
