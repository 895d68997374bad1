"""Law that procedures keep and that is no longer in the doctrine: what lists show, and what the start names.

A page of such a procedure is refused with :class:`LawMissing`. A list goes on: one procedure whose law is
missing hides no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import override

from amparo.doctrine.data import INTERNATIONAL, ProcedureFile, Signatures, Text
from amparo.doctrine.registry import UnknownDoctrine, get_guide_edition, get_procedure_edition
from amparo.procedures.models import Procedure


@dataclass(frozen=True, slots=True, order=True)
class MissingLaw:
    """One version that procedures keep and nobody can read. No case is named."""

    id: str
    edition: str
    procedures: int


def definition_in_lists(definition_id: str, edition: str) -> ProcedureFile:
    """Return a definition for a line of a list; where it is missing, one that says so and offers no step."""
    try:
        return get_procedure_edition(definition_id, edition)
    except UnknownDoctrine:
        title = _missing_title(f"{definition_id} {edition}")
        place, _slash, number = edition.partition("/")
        return ProcedureFile(
            id=definition_id,
            version=int(number),
            effective=date.min,
            country="" if place == INTERNATIONAL else place,
            title=title,
            about=title,
            guide="",
            beside=(),
            first_stage="",
            stages={},
            transitions=(),
            clocks={},
            signatures=Signatures(),
        )


def _missing_title(law: str) -> Text:
    said = {}
    for language in ("es", "en"):
        with override(language):
            said[language] = _("%(law)s (its text is missing)") % {"law": law}
    return Text(said["es"], said["en"])


def list_missing_law() -> list[MissingLaw]:
    """Return every version that procedures keep and that is not in the doctrine, by id. One query."""
    missing: Counter[tuple[str, str]] = Counter()
    kept = Procedure.objects.order_by().values_list("definition", "definition_edition", "editions")
    for definition, edition, guides, count in kept.annotate(count=Count("pk")):
        missing[definition, edition] += 0 if _is_here(get_procedure_edition, definition, edition) else count
        for guide, guide_edition in guides.items():
            is_here = _is_here(get_guide_edition, guide, guide_edition)
            missing[guide, guide_edition] += 0 if is_here else count
    return sorted(MissingLaw(*law, count) for law, count in missing.items() if count)


def _is_here(get: Callable[[str, str], object], law: str, edition: str) -> bool:
    try:
        get(law, edition)
    except UnknownDoctrine:
        return False
    return True
