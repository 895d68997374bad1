"""Everything that was loaded, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from amparo.doctrine import data, gaps, packs

Versioned = TypeVar("Versioned", data.GuideFile, data.ProcedureFile)


@dataclass
class Library:
    """Everything that was loaded, by id. Guides and procedures: (country, id) to versions, oldest first."""

    evidence: dict[str, data.EvidenceEntry] = field(default_factory=dict)
    quality: dict[str, data.QualityNote] = field(default_factory=dict)
    facts: dict[str, data.Fact] = field(default_factory=dict)
    sources: dict[str, data.Source] = field(default_factory=dict)
    decisions: dict[str, data.CaseDecision] = field(default_factory=dict)
    code_lists: dict[str, data.CodeList] = field(default_factory=dict)
    guides: dict[tuple[str, str], list[data.GuideFile]] = field(default_factory=dict)
    procedures: dict[tuple[str, str], list[data.ProcedureFile]] = field(default_factory=dict)
    packs: dict[str, packs.Pack] = field(default_factory=dict)
    checklist: dict[str, gaps.ChecklistRow] = field(default_factory=dict)
    assessments: list[gaps.Assessment] = field(default_factory=list)

    def find_guide(self, guide_id: str, country: str, as_of: date | None) -> data.GuideFile | None:
        """The version in force, of the country where it has one; the newest where ``as_of`` is None."""
        return _in_force(self.guides, guide_id, country, as_of)

    def find_procedure(
        self, procedure_id: str, country: str, as_of: date | None = None
    ) -> data.ProcedureFile | None:
        return _in_force(self.procedures, procedure_id, country, as_of)

    def find_first_guide(self, guide_id: str, country: str, version: int | None) -> data.GuideFile | None:
        """The version of that number, or the first, of the country where it has one."""
        versions = _versions_in(self.guides, guide_id, country)
        return next((one for one in versions if version in {None, one.version}), None)


def find_edition(
    files: Mapping[tuple[str, str], list[Versioned]], wanted: str, edition: str
) -> Versioned | None:
    """The version that an edition names, repealed or not."""
    found = (one for (_, name), versions in files.items() if name == wanted for one in versions)
    return next((one for one in found if one.edition == edition), None)


def _versions_in(
    files: Mapping[tuple[str, str], list[Versioned]], wanted: str, country: str
) -> list[Versioned]:
    return files.get((country, wanted)) or files.get(("", wanted), [])


def _in_force(
    files: Mapping[tuple[str, str], list[Versioned]], wanted: str, country: str, as_of: date | None
) -> Versioned | None:
    for place in dict.fromkeys((country, "")):
        versions = [one for one in files.get((place, wanted), []) if _is_in_force(one, as_of)]
        if versions:
            return versions[-1]
    return None


def _is_in_force(one: data.GuideFile | data.ProcedureFile, as_of: date | None) -> bool:
    """On a day: begun and not repealed. Without a day: not repealed at all."""
    if as_of is None:
        return one.repealed is None
    return one.effective <= as_of and (one.repealed is None or as_of < one.repealed)
