"""What a participant's extract carries beside the sealed reasons, and what its receiver reads of it.

The extract is all that a participant sees of it: nothing here reads the tables for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from amparo.procedures.data.shapes import FindingView, SealedCitation
from amparo.procedures.queries.citations import list_cited
from amparo.vault.data import Json, OpenedExtract

LANGUAGES = ("es", "en")
CITED = "cited"


def build_extra(procedure_id: UUID, findings: list[FindingView]) -> Mapping[str, Json]:
    """Return what an extract of these findings carries: the law that each cites, in both languages.

    ``{"cited": {finding: [{"key", "version", "es", "en"}]}}``, findings by their ``said_id``. Four queries.
    """
    shown = {one.said_id for one in findings}
    by_language = {language: list_cited(procedure_id, language) for language in LANGUAGES}
    cited: dict[str, Json] = {}
    for finding_id in sorted(shown & by_language["es"].keys()):
        rows = zip(*(by_language[language][finding_id] for language in LANGUAGES), strict=True)
        cited[str(finding_id)] = [
            {"key": es.key, "version": es.version, "es": es.label, "en": en.label} for es, en in rows
        ]
    return {CITED: cited}


def sealed_citations(
    sealed: OpenedExtract, finding: FindingView, language: str
) -> tuple[SealedCitation, ...]:
    """Return the law that a finding cited when the extract was sealed; none for a later finding."""
    cited = sealed.extra.part(CITED)
    rows = cited.part(str(finding.said_id)) if cited else None
    found = []
    for row in rows.parts() if rows else ():
        key, label = row.part("key"), row.part(language)
        if key is not None and label is not None:
            found.append(SealedCitation(key, label))
    return tuple(found)
