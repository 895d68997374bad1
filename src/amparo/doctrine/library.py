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
        """The version in force, of the country where it has one."""
        return _in_force(self.guides, guide_id, country, as_of)

    def find_procedure(self, procedure_id: str, country: str) -> data.ProcedureFile | None:
        return _in_force(self.procedures, procedure_id, country, None)


def _in_force(
    files: Mapping[tuple[str, str], list[Versioned]], wanted: str, country: str, as_of: date | None
) -> Versioned | None:
    for place in dict.fromkeys((country, "")):
        versions = [one for one in files.get((place, wanted), []) if as_of is None or one.effective <= as_of]
        if versions:
            return versions[-1]
    return None
