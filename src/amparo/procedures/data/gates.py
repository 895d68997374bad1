"""What the queries of the procedures room return about a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from amparo.core.truth import Truth
from amparo.procedures.data.shapes import SourceView
from amparo.procedures.facts import Fact
from amparo.vault.data import Veiled

OPEN = Truth.NOT_ASSESSED


class RuleGroup(StrEnum):
    """Where a condition stands on the page: those nobody can go past, a child's own, and the rest."""

    ABSOLUTE = "absolute"
    CHILD = "child"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RuleView:
    """One condition of a gate: whether it holds, and which elements would satisfy it, as (id, label)."""

    id: str
    group: RuleGroup
    rule: str
    label: str
    ask: str
    truth: Truth
    state: str
    is_absolute: bool
    is_unverified: bool
    sources: tuple[SourceView, ...]
    needs: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    fact: Fact | None
    findings: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.truth is Truth.ESTABLISHED


@dataclass(frozen=True, slots=True)
class SignatureView:
    staff_id: UUID
    name: str
    agency_kind: str
    purpose: str
    at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate and whether it is in force on the day asked about. ``lapse`` is a code, "" none."""

    id: UUID
    procedure_id: UUID
    issued_date: date
    expires_date: date
    travel_date: date
    rules: tuple[Mapping[str, object], ...]
    signatories: tuple[Mapping[str, str], ...]
    lapse: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate on one day. Fails closed: what was not assessed blocks like what is not met."""

    procedure_id: UUID
    guide: str
    guide_title: str
    child: Truth
    is_gate: bool
    is_open: bool
    rules: tuple[RuleView, ...]
    terms: Mapping[str, object]
    digest: str
    signatures: tuple[SignatureView, ...]
    certificate: CertificateView | None
    lapses_after_days: int

    @property
    def unmet(self) -> tuple[RuleView, ...]:
        return tuple(rule for rule in self.rules if rule.truth is Truth.NOT_ESTABLISHED)

    @property
    def unassessed(self) -> tuple[RuleView, ...]:
        return tuple(rule for rule in self.rules if rule.truth is Truth.NOT_ASSESSED)

    @property
    def blocking(self) -> tuple[tuple[RuleGroup, tuple[RuleView, ...]], ...]:
        """The conditions that do not hold by group, in each those that are not met before the rest."""
        order = sorted((rule for rule in self.rules if not rule.holds), key=lambda rule: rule.truth is OPEN)
        groups = {group: tuple(rule for rule in order if rule.group is group) for group in RuleGroup}
        return tuple((group, rules) for group, rules in groups.items() if rules)

    @property
    def met(self) -> tuple[RuleView, ...]:
        return tuple(rule for rule in self.rules if rule.holds)

    @property
    def current_signatures(self) -> tuple[SignatureView, ...]:
        return tuple(one for one in self.signatures if one.is_current)


@dataclass(frozen=True, slots=True)
class ContactView:
    """One message that was sent to a foreign authority. ``words`` is ``None`` in locked mode."""

    state: str
    authority: str
    at: datetime
    by_name: str
    words: Veiled | None


@dataclass(frozen=True, slots=True)
class ContactPage:
    """The conditions of contact as they stand, and the messages sent so far, latest first."""

    gate: GateState
    contacts: tuple[ContactView, ...]
