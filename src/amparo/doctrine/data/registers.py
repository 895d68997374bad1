"""Sources, decisions, code lists and the other registers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from amparo.doctrine.data.words import Status, Text


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
    """``excludes``: codes of the same list that are not decided together with it, said on one side only."""

    code: str
    label: Text
    status: Status
    sources: tuple[str, ...] = ()
    note: Text | None = None
    excludes: frozenset[str] = frozenset()


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

    def list_clashes(self, chosen: Collection[str]) -> tuple[tuple[Code, Code], ...]:
        """Return the pairs among the chosen that exclude each other, in the order of the list."""
        known = [code for code in self.codes.values() if code.code in chosen]
        return tuple(
            (one, other)
            for one, other in combinations(known, 2)
            if one.code in other.excludes or other.code in one.excludes
        )

    @property
    def in_use(self) -> tuple[Code, ...]:
        return tuple(code for code in self.codes.values() if code.code not in self.retired)
