"""Frozen shapes of doctrine, as other rooms read them.

Status of every row: ``S`` stated in the seed paper; ``V`` checked against a published copy of the
source; ``V2`` checked through a secondary source; ``U-h``, ``U-m``, ``U-l`` unverified, with high,
medium or low confidence. Unverified rows are shown as unverified.
"""

from __future__ import annotations

from amparo.doctrine.data.guides import (
    Conclusion,
    ElementText,
    GuideFile,
    Override,
    Weight,
)
from amparo.doctrine.data.procedures import (
    Choice,
    Clock,
    Panel,
    ProcedureFile,
    Safeguard,
    Signatures,
    Stage,
    Transition,
)
from amparo.doctrine.data.registers import (
    CaseDecision,
    Code,
    CodeList,
    EvidenceEntry,
    Fact,
    QualityNote,
    Source,
)
from amparo.doctrine.data.words import (
    INTERNATIONAL,
    Status,
    Subject,
    Text,
    edition_of,
)

__all__ = [
    "INTERNATIONAL",
    "CaseDecision",
    "Choice",
    "Clock",
    "Code",
    "CodeList",
    "Conclusion",
    "ElementText",
    "EvidenceEntry",
    "Fact",
    "GuideFile",
    "Override",
    "Panel",
    "ProcedureFile",
    "QualityNote",
    "Safeguard",
    "Signatures",
    "Source",
    "Stage",
    "Status",
    "Subject",
    "Text",
    "Transition",
    "Weight",
    "edition_of",
]
