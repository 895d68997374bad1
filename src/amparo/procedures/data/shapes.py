"""What the queries of the procedures room return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.cases.data import FileHeader
from amparo.core.truth import Truth
from amparo.procedures.data.choices import ChoiceView
from amparo.procedures.data.rulings import RulingView
from amparo.procedures.data.ways import ConclusionView, WayView
from amparo.procedures.facts import Fact
from amparo.vault.data import Veiled

CONTESTED = "contested"
REFLECTION = "recovery_reflection"
EXTENDED, WAIVED = "EXTENDED", "WAIVED"
CONTACT_GATE = "contact-gate"


@dataclass(frozen=True, slots=True)
class CitedView:
    """An entry of the law library as a finding cites it, in the version that was cited."""

    key: str
    label: str
    version: int
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class SealedCitation:
    """An entry of the law library as an extract carries it: its key, and its label when it was sealed."""

    key: Veiled
    label: Veiled


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. ``reasons`` are ``None`` in locked mode; ``stands`` is false once replaced.

    ``carried_from``: the finding of the procedure that this one runs again, where it was carried over.
    ``cited`` is read from the file; ``sealed_citations`` from the extract of somebody who takes part.
    """

    id: UUID
    element: str
    guide: str
    truth: Truth
    standard: str
    confidence: str
    evidence: tuple[str, ...]
    indicators: tuple[str, ...]
    by: str
    by_name: str
    by_agency: str
    at: datetime
    until_date: date | None
    stands: bool
    reasons: Veiled | None = None
    confidence_note: Veiled | None = None
    carried_from: UUID | None = None
    cited: tuple[CitedView, ...] = ()
    sealed_citations: tuple[SealedCitation, ...] = ()

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def said_id(self) -> UUID:
        """The finding under which the reasons lie in the vault."""
        return self.carried_from or self.id


@dataclass(frozen=True, slots=True)
class StageView:
    """One arrival at a stage with the clock that it started, or a ``change`` of that clock."""

    number: int
    stage: str
    label: str
    at: datetime
    by: str
    by_name: str
    due_date: date | None
    clock_days: int | None
    clock_source: str
    clock: str = ""
    change: str = ""
    reason: str = ""
    reasons: Veiled | None = None
    advised_by: Veiled | None = None


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A recovery and reflection period that runs."""

    label: str
    due_date: date
    may_be_waived: bool


@dataclass(frozen=True, slots=True)
class Unmet:
    """A guide or an element that a step waits for: the answers that would allow it, and what stands now."""

    label: str
    wanted: tuple[str, ...]
    now: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """A step from the present stage, and whether this actor may take it.

    ``missing``: what the decision of the panel still needs, in words. ``unchosen``: what is still to be
    chosen for it, in words. ``lost``: why the decision that it carries out does not stand, in words.
    ``is_refused``: it would record as accepted what the person refused. ``unmet``: what the findings do not
    support yet.
    """

    id: str
    to_stage: str
    label: str
    who: str
    is_yours: bool
    is_open_to_children: bool
    needs_reasons: bool
    clock: str
    signed: int
    signatures: int
    missing: tuple[str, ...] = ()
    unchosen: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    is_refused: bool = False
    unmet: tuple[Unmet, ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.unmet

    @property
    def may_be_taken(self) -> bool:
        is_possible = self.is_yours and self.is_ready and self.is_open_to_children
        return is_possible and not (self.missing or self.unchosen or self.lost or self.is_refused)


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """One procedure as lists show it."""

    id: UUID
    person_id: UUID
    code: str
    definition: str
    title: str
    guide: str
    country: str
    stage: str
    stage_label: str
    is_open: bool
    version: int
    opened_at: datetime
    due_date: date | None
    edition: str = ""
    rerun_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source with its paragraph, as shown beside an element."""

    id: str
    label: str
    place: str
    says: str
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision of a court or body on this point. ``outcome``: favourable, adverse, mixed, unknown."""

    id: str
    label: str
    place: str
    country: str
    holding: str
    outcome: str
    is_unverified: bool

    @property
    def is_adverse(self) -> bool:
        return self.outcome == "adverse"


@dataclass(frozen=True, slots=True)
class NodeView:
    """One line of the tree. ``state`` is a truth's value or ``contested``; ``depth`` starts at 0."""

    id: str
    label: str
    depth: int
    kind: str
    state: str
    is_leaf: bool
    is_note: bool
    is_absolute: bool
    is_unverified: bool
    is_current: bool
    is_changed: bool
    findings: int


@dataclass(frozen=True, slots=True)
class BranchView:
    """A top-level element and all under it. ``to_settle`` counts its open leaves while it is undecided.

    ``changed`` counts the elements in it that somebody answered since the reader last looked.
    """

    top: NodeView
    lines: tuple[NodeView, ...]
    is_open: bool
    to_settle: int
    changed: int


@dataclass(frozen=True, slots=True)
class BesideView:
    """A guide beside the others, answered in ``procedure_id`` (``None`` while that is not opened).

    ``says``: its own sentence for where it stands.
    """

    guide: str
    procedure_id: UUID | None
    title: str
    state: str
    says: str
    first_element: str
    documented: int
    missing: int
    contested: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class ElementView:
    """The open element with everything that is known and asked about it."""

    id: str
    label: str
    ask: str
    look_for: tuple[str, ...]
    kind: str
    state: str
    is_answerable: bool
    is_absolute: bool
    is_unverified: bool
    is_override: bool
    held: str
    fact: Fact | None
    sources: tuple[SourceView, ...]
    decisions: tuple[DecisionView, ...]
    evidence: tuple[tuple[str, str], ...]
    findings: tuple[FindingView, ...]
    verify: str
    grants: str
    to_establish: tuple[WayView, ...]
    to_refute: tuple[WayView, ...]
    children: tuple[NodeView, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What others changed since the reader last looked at ``since``: elements as (id, label), stages."""

    since: datetime
    elements: tuple[tuple[str, str], ...]
    stages: tuple[StageView, ...]

    @property
    def is_nothing(self) -> bool:
        return not self.elements and not self.stages


@dataclass(frozen=True, slots=True)
class SideView:
    """One route of the page that sets them side by side: its main elements and what would settle it."""

    summary: BesideView
    about: str
    conclusion: ConclusionView
    parts: tuple[NodeView, ...]
    to_establish: tuple[WayView, ...]
    to_refute: tuple[WayView, ...]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """Everything on the page of a procedure. It never says a status: documented, missing, contested.

    ``compares_routes``: at least two routes of asylum stand beside each other here.
    """

    header: FileHeader
    procedure: ProcedureView
    guide: str
    guide_title: str
    guide_about: str
    guide_version: int
    standard: str
    child: Truth
    standing: BesideView
    conclusion: ConclusionView
    contested_elements: tuple[tuple[str, str], ...]
    to_establish: tuple[WayView, ...]
    to_refute: tuple[WayView, ...]
    beside: tuple[BesideView, ...]
    compares_routes: bool
    tree: tuple[BranchView, ...]
    element: ElementView
    stages: tuple[StageView, ...]
    period: PeriodView | None
    moves: tuple[MoveView, ...]
    choices: tuple[ChoiceView, ...]
    prompts: tuple[tuple[str, str], ...]
    safeguards: tuple[str, ...]
    is_unlocked: bool
    is_newer_law: bool
    changes: ChangesView | None
    ruling: RulingView | None = None
    """What the panel decided, as it stands; ``None`` where none did."""


@dataclass(frozen=True, slots=True)
class MoveResult:
    """What came of signing a step: it happened, or so many signatures are still needed."""

    is_done: bool
    still_needed: int
