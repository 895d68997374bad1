"""Frozen shapes of doctrine, as other rooms read them.

Status of every row: ``S`` stated in the seed paper; ``V`` checked against a published copy of the
source; ``V2`` checked through a secondary source; ``U-h``, ``U-m``, ``U-l`` unverified, with high,
medium or low confidence. Unverified rows are shown as unverified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from amparo.core.guides import Guide
from amparo.core.quorum import Quorum
from amparo.core.truth import Truth


class Status(StrEnum):
    SEED = "S"
    VERIFIED = "V"
    SECONDARY = "V2"
    UNVERIFIED_HIGH = "U-h"
    UNVERIFIED_MEDIUM = "U-m"
    UNVERIFIED_LOW = "U-l"

    @property
    def is_unverified(self) -> bool:
        return self.value.startswith("U")


INTERNATIONAL = "INT"


class Subject(StrEnum):
    """What a procedure is about."""

    PERSON = "person"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Spanish and English. ``text["es-mx"]`` falls back to Spanish, the default language."""

    es: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language.lower().startswith("en") else self.es


@dataclass(frozen=True, slots=True)
class Source:
    """One citable place: a paragraph, an article, a footnote. ``says`` paraphrases, never quotes.

    ``kind``: international, regional, national, soft_law, protocol, or "" where nobody has said. ``country``
    is alpha-3 for the law of one country, else "".
    """

    id: str
    instrument: Text
    place: Text
    says: Text
    status: Status
    effective: date | None = None
    repealed: date | None = None
    evidence: tuple[str, ...] = ()
    kind: str = ""
    country: str = ""

    @property
    def title(self) -> Text:
        """The instrument and the place in it, as cited."""
        return Text(f"{self.instrument.es}, {self.place.es}", f"{self.instrument.en}, {self.place.en}")


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """A decision of a court or authority. ``aspects``: A to E as in the seed's footnotes 12 to 16.

    ``outcome`` is for the person: favourable, adverse, mixed or unknown. ``date`` may be a year only.
    """

    id: str
    country: str
    forum: Text
    level: str
    name: str
    number: str
    date: str
    redacted: bool
    aspects: tuple[str, ...]
    holding: Text
    outcome: str
    standing: str
    sources: tuple[str, ...]
    status: Status
    elements: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def is_unverified(self) -> bool:
        return self.status.is_unverified


@dataclass(frozen=True, slots=True)
class QualityNote:
    """A known defect of a source, carried beside the data and never repaired in silence."""

    id: str
    about: tuple[str, ...]
    says: Text


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One entry of the register of what was checked, and where."""

    id: str
    what: Text
    where: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a computed leaf means. ``room`` owns the data and registers the provider under ``name``."""

    name: str
    says: Text
    room: str


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    label: Text
    status: Status
    sources: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes in the order of their file. A code is never reused; ``retired`` ones stay for old records."""

    name: str
    title: Text
    codes: Mapping[str, Code]
    retired: frozenset[str] = frozenset()
    verify: Text | None = None

    def label(self, code: str) -> Text:
        """The label of a code; the bare code where the list does not know it."""
        known = self.codes.get(code)
        return known.label if known else Text(code, code)

    @property
    def in_use(self) -> tuple[Code, ...]:
        return tuple(code for code in self.codes.values() if code.code not in self.retired)


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


def edition_of(country: str, version: int) -> str:
    """The name of one version of one country: "URY/2", or "INT/2" for the international text."""
    return f"{country or INTERNATIONAL}/{version}"


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
class Transition:
    """One allowed step. ``agency_kinds`` and ``roles`` are those of ``core.policy``; empty means any.

    ``requires``: the truths of ``requires_of`` in the procedure's guide that allow it ("" is the root);
    empty means it is never conditional on the guide. ``sets_status``: (axis, code), or None.
    ``adults_only``: not for a child. ``needs_panel``: taken only on a decision of the procedure's panel.
    ``four_eyes``: whoever brought the procedure to the stage before does not take this step.
    ``records_best_interests``: from here on there is a best-interests record about the child, without
    which nothing is disclosed for tracing or reunification.
    """

    id: str
    from_stage: str
    to_stage: str
    label: Text
    agency_kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    requires: frozenset[Truth] = frozenset()
    requires_of: str = ""
    starts_clock: str = ""
    waits_for_clock: str = ""
    sets_status: tuple[str, str] | None = None
    adults_only: bool = False
    needs_reasons: bool = False
    needs_signatures: bool = False
    needs_panel: bool = False
    four_eyes: bool = False
    records_best_interests: bool = False
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
    ``not_caseworker``: who prepared the case does not decide it. ``four_eyes``: a supervisor other than
    whoever wrote the decision approves it.
    """

    quorum: Quorum
    options: str
    not_caseworker: bool
    four_eyes: bool
    sources: tuple[str, ...]
    status: Status
    verify: Text | None = None


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

    @property
    def panel_stages(self) -> frozenset[str]:
        """The stages that only a decision of the panel leads to."""
        return frozenset(step.to_stage for step in self.transitions if step.needs_panel)

    @property
    def edition(self) -> str:
        return edition_of(self.country, self.version)

    def transitions_from(self, stage: str) -> tuple[Transition, ...]:
        return tuple(t for t in self.transitions if t.from_stage == stage)
