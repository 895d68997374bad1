"""Procedures: stages, clocks, steps, panels and safeguards, and changes of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from amparo.core.policy import AgencyKind, Role
from amparo.core.truth import Truth
from amparo.doctrine.data import Status, Subject
from amparo.doctrine.schema.words import CodeName, Edition, ElementId, Shape, Slug, SourceId, Words


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


class ChoiceShape(Shape):
    """What people choose from a code list in a procedure, and the stages that are not entered without it.

    ``least`` and ``most``: how many codes, 0 for any number. ``ranks``: what the first and the next stand
    for. ``stands_on``: the element of the guide that is established before a code counts.
    """

    list_: Annotated[CodeName, Field(alias="list")]
    label: Words
    ask: Words
    least: int = Field(1, ge=1)
    most: int = Field(0, ge=0)
    ranks: list[Words] = []
    stands_on: dict[CodeName, ElementId] = {}
    before: list[Slug] = []
    sources: list[SourceId]
    status: Status
    verify: Words | None = None


class TransitionShape(Shape):
    """``aside``: the person's wish or an event causes it (withdrawn, suspended, reopened), not the work.

    ``needs_codes``: by choice, the codes of which one is chosen; an empty list takes any.
    """

    from_: Annotated[Slug, Field(alias="from")]
    to: Slug
    label: Words
    agency_kinds: list[AgencyKind] = []
    roles: list[Role] = []
    requires: list[Truth] = []
    requires_of: ElementId | Literal[""] = ""
    requires_beside: dict[Slug, Annotated[list[Truth], Field(min_length=1)]] = {}
    starts_clock: str = ""
    waits_for_clock: str = ""
    sets_status: dict[Literal["mandate", "trafficking", "statelessness"], str] = {}
    adults_only: bool = False
    needs_reasons: bool = False
    needs_signatures: bool = False
    needs_panel: bool = False
    needs_standing: bool = False
    records_acceptance: bool = False
    four_eyes: bool = False
    needs_codes: dict[Slug, list[CodeName]] = {}
    records_best_interests: bool = False
    lapses: bool = False
    aside: bool = False
    sources: list[SourceId] = []


class QuorumShape(Shape):
    """``must_include``: kinds of agency of which each sits. ``non_state``: members of no State."""

    members: int = Field(ge=1)
    must_include: list[AgencyKind] = []
    non_state: int = Field(0, ge=0)


class PanelShape(Shape):
    """Who decides together. ``options``: the code list of what is compared. ``most_members``: 0 is any.
    ``review_days``: how far ahead its decision is reviewed at the latest; 0 says nothing.

    That the person's wishes come first is no option of a panel.
    """

    quorum: QuorumShape
    most_members: int = Field(0, ge=0)
    review_days: int = Field(0, ge=0)
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
    choices: dict[Slug, ChoiceShape] = {}
    signatures: SignaturesShape = SignaturesShape(number=0)
    panel: PanelShape | None = None
    documents: list[str] = []
    safeguards: dict[Slug, SafeguardShape] = {}


class ProcedureOverrideShape(Shape):
    """A change of a procedure: stages, clocks, safeguards, choices, transitions replaced or added.

    ``base``: as in a change of a guide.
    """

    overrides: Slug
    base: Edition | None = None
    version: int = Field(ge=1)
    effective: date
    repealed: date | None = None
    about: Words | None = None
    participants: list[AgencyKind] = []
    stages: dict[Slug, StageShape] = {}
    clocks: dict[Slug, ClockShape] = {}
    transitions: dict[Slug, TransitionShape] = {}
    choices: dict[Slug, ChoiceShape] = {}
    safeguards: dict[Slug, SafeguardShape] = {}
