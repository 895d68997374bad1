"""A procedure as loaded: stages, clocks, steps, panel and safeguards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from amparo.core.quorum import Quorum
from amparo.core.truth import Truth
from amparo.doctrine.data.words import Status, Subject, Text, edition_of


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that a transition starts. ``is_minimum``: it may be extended, never shortened."""

    id: str
    label: Text
    days: int
    is_minimum: bool
    sources: tuple[str, ...]
    status: Status
    most_days: int | None = None
    verify: Text | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    label: Text
    about: Text
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What people choose from a code list. ``least`` and ``most``: how many codes, 0 for any number.

    ``ranks``: what the first and the next code stand for. ``stands_on``: from a code to the element of the
    guide that is established before it counts. ``before``: the stages that are not entered without it.
    """

    id: str
    code_list: str
    label: Text
    ask: Text
    least: int
    most: int
    ranks: tuple[Text, ...]
    stands_on: Mapping[str, str]
    before: frozenset[str]
    sources: tuple[str, ...]
    status: Status
    verify: Text | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step. ``agency_kinds`` and ``roles`` are those of ``core.policy``; empty means any.

    ``requires``: the truths of ``requires_of`` in the procedure's guide that allow it ("" is the root);
    empty means it is never conditional on the guide. ``requires_beside``: by guide beside it, the truths
    of its root that allow the step. ``sets_status``: (axis, code), or None.
    ``adults_only``: not for a child. ``needs_panel``: taken only on a decision of the procedure's panel.
    ``needs_standing``: taken only while the panel's decision stands, and not where it must look again.
    ``records_acceptance``: not while the person's latest answer to the panel's decision is a refusal.
    ``needs_codes``: (choice, codes of which one is chosen; empty takes any).
    ``four_eyes``: whoever brought the procedure to the stage before does not take this step.
    ``records_best_interests``: from here on there is a best-interests record about the child, without
    which nothing is disclosed for tracing or reunification.
    ``is_aside``: a wish of the person or an event causes it, so that it makes it nobody's turn.
    ``lapses``: from here on what was decided or approved before no longer counts.
    """

    id: str
    from_stage: str
    to_stage: str
    label: Text
    agency_kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    requires: frozenset[Truth] = frozenset()
    requires_of: str = ""
    requires_beside: tuple[tuple[str, frozenset[Truth]], ...] = ()
    starts_clock: str = ""
    waits_for_clock: str = ""
    sets_status: tuple[str, str] | None = None
    adults_only: bool = False
    needs_reasons: bool = False
    needs_signatures: bool = False
    needs_panel: bool = False
    needs_standing: bool = False
    records_acceptance: bool = False
    four_eyes: bool = False
    needs_codes: tuple[tuple[str, frozenset[str]], ...] = ()
    records_best_interests: bool = False
    lapses: bool = False
    is_aside: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """How many different people sign, and agency kinds of which each must be present among them."""

    number: int = 0
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Panel:
    """Who decides a procedure together. The wishes of the person come first, whatever the panel.

    ``quorum``: see ``core.quorum``. ``options``: the code list of what is compared.
    ``not_caseworker``: who prepared the case does not decide it. ``four_eyes``: a supervisor who
    neither wrote nor signed the decision approves it. ``review_days``: how far ahead a decision is reviewed
    at the latest; 0 says nothing.
    """

    quorum: Quorum
    options: str
    not_caseworker: bool
    four_eyes: bool
    sources: tuple[str, ...]
    status: Status
    verify: Text | None = None
    review_days: int = 0


@dataclass(frozen=True, slots=True)
class Safeguard:
    id: str
    says: Text
    sources: tuple[str, ...]
    status: Status
    verify: Text | None = None


@dataclass(frozen=True)
class ProcedureFile:
    """A procedure definition. ``beside``: guides shown with its own; ``documents``: what it issues.

    ``children_only``: not offered for who is known to be an adult.
    ``order``: where menus offer it, low first. ``edition``, ``repealed``, ``based_on``: as of a guide.
    """

    id: str
    version: int
    effective: date
    country: str
    title: Text
    about: Text
    guide: str
    beside: tuple[str, ...]
    first_stage: str
    stages: Mapping[str, Stage]
    transitions: tuple[Transition, ...]
    clocks: Mapping[str, Clock]
    signatures: Signatures
    documents: tuple[str, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    participants: tuple[str, ...] = ()
    parallel_with: tuple[str, ...] = field(default=())
    subject: Subject = Subject.PERSON
    order: int = 100
    children_only: bool = False
    repealed: date | None = None
    based_on: str = ""
    panel: Panel | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)

    @property
    def panel_stages(self) -> frozenset[str]:
        """The stages that only a decision of the panel leads to."""
        return frozenset(step.to_stage for step in self.transitions if step.needs_panel)

    @property
    def lapsed_stages(self) -> frozenset[str]:
        """The stages at which what was decided or approved before no longer counts."""
        return frozenset(step.to_stage for step in self.transitions if step.lapses)

    @property
    def recording_stages(self) -> frozenset[str]:
        """The stages at which there is a best-interests record about the child."""
        return frozenset(step.to_stage for step in self.transitions if step.records_best_interests)

    @property
    def edition(self) -> str:
        return edition_of(self.country, self.version)

    def transitions_from(self, stage: str) -> tuple[Transition, ...]:
        return tuple(t for t in self.transitions if t.from_stage == stage)

    def choices_for(self, step: Transition) -> tuple[Choice, ...]:
        """The choices on which a step rests, in the order of the definition."""
        asked = {name for name, _codes in step.needs_codes}
        return tuple(one for one in self.choices.values() if one.id in asked or step.to_stage in one.before)
