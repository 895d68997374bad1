"""The shape of every kind of doctrine file. Only declarations; cross-references are in ``checks``.

Fields that are not declared are refused, and every text must be there in Spanish and in English.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from amparo.core.policy import AgencyKind, Role
from amparo.core.truth import Truth
from amparo.doctrine.data import Status, Subject

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ElementId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-zA-Z0-9.()-]+$")]
DecisionId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,5}/[a-z0-9]+/[a-z0-9-]+$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]
CodeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^R[0-9]{2}$")]
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Shape):
    es: Written
    en: Written


class Sentence(Words):
    """Words that stand alone: they end with a full stop in both languages."""

    @model_validator(mode="after")
    def ends_with_a_full_stop(self) -> Sentence:
        if not (self.es.endswith(".") and self.en.endswith(".")):
            raise ValueError("a sentence ends with a full stop")
        return self


class Introduction(Words):
    """Words before a list: whoever prints them adds the colon."""

    @model_validator(mode="after")
    def ends_open(self) -> Introduction:
        if self.es.endswith((".", ":")) or self.en.endswith((".", ":")):
            raise ValueError("the words before a list end without a full stop or colon")
        return self


class EvidenceShape(Shape):
    what: Words
    where: Written


class EvidenceFile(Shape):
    evidence: dict[EvidenceId, EvidenceShape]


class QualityShape(Shape):
    about: list[str] = Field(min_length=1)
    says: Words


class QualityFile(Shape):
    quality: dict[Slug, QualityShape]


class FactShape(Shape):
    """``room`` is the room that owns the data and registers the provider."""

    says: Words
    room: Literal["cases", "procedures", "referrals", "solutions"]


class FactsFile(Shape):
    facts: dict[FactName, FactShape]


class PlaceShape(Shape):
    place: Words | None = None
    says: Words
    status: Status
    evidence: list[EvidenceId] = []


class SourcesFile(Shape):
    """One instrument and the places in it that are cited. ``place`` is a pattern with ``{n}``."""

    instrument: Slug
    kind: Literal["", "international", "regional", "national", "soft_law", "protocol"] = ""
    country: Iso3 | Literal[""] = ""
    title: Words
    place: Words
    effective: date | None = None
    repealed: date | None = None
    evidence: list[EvidenceId] = []
    places: dict[str, PlaceShape]


class DecisionShape(Shape):
    country: Iso3
    forum: Words
    level: Literal["administrative", "first_instance", "appeal", "high", "supreme", "international"]
    name: Written
    number: str = ""
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}-\d{2})?$")]
    redacted: bool = False
    aspects: list[Literal["A", "B", "C", "D", "E"]] = []
    elements: list[ElementId] = []
    holding: Words
    outcome: Literal["favourable", "adverse", "mixed", "unknown"]
    standing: Literal["good_law", "overruled", "unknown"] = "unknown"
    sources: list[SourceId] = []
    evidence: list[EvidenceId] = []
    status: Status


class DecisionsFile(Shape):
    decisions: dict[DecisionId, DecisionShape]


class CodeShape(Shape):
    es: Written
    en: Written
    status: Status | None = None
    sources: list[SourceId] = []
    note: Words | None = None
    retired: bool = False


class CodesFile(Shape):
    list_: Annotated[Slug, Field(alias="list")]
    title: Words
    status: Status
    sources: list[SourceId] = []
    verify: Words | None = None
    codes: dict[CodeName, CodeShape]


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
    ``of``: the international version that it changes, the first where it does not say.
    """

    overrides: Slug
    of: int | None = None
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


class ClockShape(Shape):
    label: Words
    days: int = Field(ge=1)
    is_minimum: bool = False
    most_days: int | None = None
    sources: list[SourceId]
    status: Status
    verify: Words | None = None


class StageShape(Shape):
    label: Words
    about: Words
    is_final: bool = False


class TransitionShape(Shape):
    from_: Annotated[Slug, Field(alias="from")]
    to: Slug
    label: Words
    agency_kinds: list[AgencyKind] = []
    roles: list[Role] = []
    requires: list[Truth] = []
    requires_of: ElementId | Literal[""] = ""
    starts_clock: str = ""
    waits_for_clock: str = ""
    sets_status: dict[Literal["mandate", "trafficking", "statelessness"], str] = {}
    adults_only: bool = False
    needs_reasons: bool = False
    needs_signatures: bool = False
    needs_panel: bool = False
    four_eyes: bool = False
    records_best_interests: bool = False
    sources: list[SourceId] = []


class QuorumShape(Shape):
    """``must_include``: kinds of agency of which each sits. ``non_state``: members of no State."""

    members: int = Field(ge=1)
    must_include: list[AgencyKind] = []
    non_state: int = Field(0, ge=0)


class PanelShape(Shape):
    """Who decides together. ``options``: the code list of what is compared. ``most_members``: 0 is any.

    That the person's wishes come first is no option of a panel.
    """

    quorum: QuorumShape
    most_members: int = Field(0, ge=0)
    options: CodeName
    not_caseworker: bool = False
    four_eyes: bool = False
    sources: list[SourceId]
    status: Status
    verify: Words | None = None


class SignaturesShape(Shape):
    number: int = Field(ge=0)
    kinds: list[AgencyKind] = []


class SafeguardShape(Shape):
    says: Words
    sources: list[SourceId]
    status: Status
    verify: Words | None = None


class ProcedureShape(Shape):
    """``subject``: a person's file, or a visit to a place. ``order``: where menus offer it, low first.

    ``children_only``: not offered for who is known to be an adult.
    """

    procedure: Slug
    subject: Subject = Subject.PERSON
    order: int = Field(100, ge=1)
    children_only: bool = False
    version: int = Field(ge=1)
    effective: date
    repealed: date | None = None
    title: Words
    about: Words
    guide: Slug
    beside: list[Slug] = []
    parallel_with: list[Slug] = []
    participants: list[AgencyKind] = []
    first_stage: Slug
    stages: dict[Slug, StageShape]
    clocks: dict[Slug, ClockShape] = {}
    transitions: dict[Slug, TransitionShape]
    signatures: SignaturesShape = SignaturesShape(number=0)
    panel: PanelShape | None = None
    documents: list[str] = []
    safeguards: dict[Slug, SafeguardShape] = {}


class ProcedureOverrideShape(Shape):
    """A change of a procedure: stages, clocks, safeguards, transitions replaced or added.

    ``of``: as in a change of a guide.
    """

    overrides: Slug
    of: int | None = None
    version: int = Field(ge=1)
    effective: date
    repealed: date | None = None
    about: Words | None = None
    participants: list[AgencyKind] = []
    stages: dict[Slug, StageShape] = {}
    clocks: dict[Slug, ClockShape] = {}
    transitions: dict[Slug, TransitionShape] = {}
    safeguards: dict[Slug, SafeguardShape] = {}
