"""What a participant's extract carries beside the sealed reasons, and what its receiver reads of it.

The extract is all that a participant sees of it: nothing here reads the tables for them.
"""

from __future__ import annotations

from collections.abc import Mapping

from amparo.procedures.data.choices import SealedChoice
from amparo.procedures.data.shapes import FindingView, SealedCitation
from amparo.procedures.models import Procedure
from amparo.procedures.queries.choices import list_choices
from amparo.procedures.queries.citations import list_cited
from amparo.vault.data import Compartment, Json, OpenedExtract, Veiled

LANGUAGES = ("es", "en")
CITED = "cited"
CHOICES = "choices"
NARRATIVE, PLACE = Compartment.NARRATIVE, "choice."


def build_extra(procedure: Procedure, findings: list[FindingView]) -> Mapping[str, Json]:
    """Return what an extract of these findings carries besides reasons, in both languages.

    ``{"cited": {finding: [{"key", "version", "es", "en"}]}, "choices": {id: {"by", "es", "en"}}}``:
    the law that each finding cites, by its ``said_id``, and the choices that stand. Six queries.
    """
    shown = {one.said_id for one in findings}
    by_language = {language: list_cited(procedure.id, language) for language in LANGUAGES}
    cited: dict[str, Json] = {}
    for finding_id in sorted(shown & by_language["es"].keys()):
        rows = zip(*(by_language[language][finding_id] for language in LANGUAGES), strict=True)
        cited[str(finding_id)] = [
            {"key": es.key, "version": es.version, "es": es.label, "en": en.label} for es, en in rows
        ]
    return {CITED: cited, CHOICES: _choices(procedure)}


def _choices(procedure: Procedure) -> Json:
    """Return what stands for each choice by its id, in words of both languages."""
    views = zip(*(list_choices(procedure, language, None) for language in LANGUAGES), strict=True)
    return {
        str(es.standing.id): {
            "by": es.standing.by_name,
            "es": {"label": es.label, "lines": list(es.lines)},
            "en": {"label": en.label, "lines": list(en.lines)},
        }
        for es, en in views
        if es.standing is not None
    }


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


def sealed_choices(sealed: OpenedExtract, language: str) -> tuple[SealedChoice, ...]:
    """Return the choices that stood when the extract was sealed, with their reasons, oldest first."""
    carried = sealed.extra.part(CHOICES)
    if carried is None:
        return ()
    places = sorted(name for part, name in sealed.fields if part is NARRATIVE and name.startswith(PLACE))
    found = (_sealed_choice(sealed, carried, place, language) for place in places)
    return tuple(one for one in found if one is not None)


def _sealed_choice(sealed: OpenedExtract, carried: Veiled, place: str, language: str) -> SealedChoice | None:
    row, words = carried.part(place.removeprefix(PLACE)), sealed.get(NARRATIVE, place)
    said = row.part(language) if row else None
    label, lines = (said.part("label"), said.part("lines")) if said else (None, None)
    by_name = row.part("by") if row else None
    if label is None or lines is None or by_name is None:
        return None
    return SealedChoice(label, lines.parts(), by_name, words.part("reasons") if words else None)
