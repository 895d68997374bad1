"""Guides, changes of guides, and their worked examples."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from amparo.core.policy import Role
from amparo.core.truth import Truth
from amparo.doctrine.data import Status
from amparo.doctrine.schema.words import (
    CodeName,
    DecisionId,
    Edition,
    ElementId,
    FactName,
    Introduction,
    Sentence,
    Shape,
    Slug,
    SourceId,
    Words,
    Written,
)


class OverrideShape(Shape):
    role: Role
    needs_expiry: bool = True


class WeightShape(Shape):
    dimension: Written
    strength: Literal["strong", "medium", "weak"]
    status: Status


class AtLeastShape(Shape):
    n: int = Field(ge=1)
    of: list[ElementId] = Field(min_length=1)


COMBINATORS = ("all", "any", "at_least", "not", "unless_child", "if_child", "consider", "note", "fact")


class ElementShape(Shape):
    """At most one combinator, then the element's own words. Without one it is a finding.

    ``note: []`` is a duty or prompt that is answered itself. ``not_a_condition``:
    why words about testimony or cooperation in it are no condition (see ``firewall``).
    ``verify``: the text to load before release, where the sources do not say it. ``grants``: what a
    measure of protection gives, and who gives it.
    """

    all_: list[ElementId] | None = Field(None, alias="all")
    any_: list[ElementId] | None = Field(None, alias="any")
    at_least: AtLeastShape | None = None
    not_: ElementId | None = Field(None, alias="not")
    unless_child: ElementId | None = None
    if_child: ElementId | None = None
    consider: list[ElementId] | None = None
    note: list[ElementId] | None = None
    fact: FactName | None = None
    label: Words
    ask: Words | None = None
    look_for: list[Words] = []
    sources: list[SourceId] = []
    decisions: list[DecisionId] = []
    evidence: list[CodeName] = []
    status: Status
    verify: Words | None = None
    absolute: bool = False
    override: OverrideShape | None = None
    hints: list[ElementId] = []
    weight: WeightShape | None = None
    rule: str = ""
    grants: Words | None = None
    not_a_condition: str = ""

    @model_validator(mode="after")
    def has_one_combinator_at_most(self) -> ElementShape:
        given = [name for name in COMBINATORS if self._given(name) is not None]
        if len(given) > 1:
            raise ValueError(f"has more than one combinator: {', '.join(given)}")
        return self

    def _given(self, name: str) -> object:
        return getattr(self, {"all": "all_", "any": "any_", "not": "not_"}.get(name, name))

    @property
    def combinator(self) -> str:
        return next((name for name in COMBINATORS if self._given(name) is not None), "finding")


class ConclusionShape(Shape):
    """What follows from a guide, and what leads there, in sentences. Introductions end without a colon."""

    established: Sentence
    not_established: Sentence
    not_assessed: Sentence
    to_establish: Introduction
    to_refute: Introduction


class GuideShape(Shape):
    """``conclusion``: its own sentences, where "every element is documented" would not read well."""

    guide: Slug
    version: int = Field(ge=1)
    effective: date
    repealed: date | None = None
    title: Words
    about: Words
    standard_of_proof: str
    kind: Literal["test", "gate", "prompts"] = "test"
    lapses_after_days: int | None = None
    root: ElementId
    conclusion: ConclusionShape | None = None
    elements: dict[ElementId, ElementShape]


class GuideOverrideShape(Shape):
    """A change of a guide: whole elements replaced or added, or left out.

    In a country's folder it is that country's version, in ``international`` the next version of all.
    ``base``: the edition that it changes (``CRI/1``, ``INT/2``): an earlier one of the same country, or an
    international one. Without it, the first international text, where that is the only one it could mean.
    """

    overrides: Slug
    base: Edition | None = None
    version: int = Field(ge=1)
    effective: date
    repealed: date | None = None
    title: Words | None = None
    about: Words | None = None
    lapses_after_days: int | None = None
    conclusion: ConclusionShape | None = None
    without: list[ElementId] = []
    elements: dict[ElementId, ElementShape]


class ExampleShape(Shape):
    """One worked example: plain words, the answers, and what must come out.

    ``like`` takes the answers of another example of the file first. ``reasons``: conclusions that come
    with reasons. ``blocking``: what a gate refuses for. ``shortest_way``: one of the smallest sets of
    open answers that would establish the root.
    """

    title: Words
    like: Slug | None = None
    child: Truth = Truth.NOT_ESTABLISHED
    answers: dict[ElementId, Truth] = {}
    reasons: list[ElementId] = []
    expect: dict[ElementId, Truth]
    shortest_way: list[ElementId] | None = None
    blocking: list[ElementId] | None = None


class ExamplesFile(Shape):
    """``version``: of the guide that they are run with, its first where it does not say."""

    examples_of: Slug
    version: int | None = None
    examples: dict[Slug, ExampleShape]
