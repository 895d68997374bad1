"""The law that a document stands on: every source once, and what nobody has checked, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.doctrine.data import GuideFile
from amparo.doctrine.registry import decisions_for
from amparo.procedures.data.shapes import DecisionView, SourceView
from amparo.procedures.models import Procedure
from amparo.procedures.queries.editions import guide_of
from amparo.procedures.queries.elements import decision_view, source_view


def law_of_guides(guides: Iterable[GuideFile], language: str) -> dict[str, Any]:
    """Return the lists of the law that these guides cite; see :func:`law_lists`."""
    texts = {element: text for guide in guides for element, text in guide.texts.items()}
    cited = {one for text in texts.values() for one in text.sources}
    rulings = {one.id: one for element in texts for one in decisions_for(element)}
    return law_lists(
        (source_view(one, language) for one in cited),
        (decision_view(one, language) for one in rulings.values()),
    )


def law_of_procedures(procedure_ids: Iterable[UUID], language: str) -> dict[str, Any]:
    """Return the law of the guides that procedures follow, as each began with it. One query."""
    rows = Procedure.objects.filter(id__in=list(procedure_ids)).order_by("opened_at", "id")
    return law_of_guides((guide_of(row) for row in rows), language)


def law_lists(sources: Iterable[SourceView], decisions: Iterable[DecisionView] = ()) -> dict[str, Any]:
    """Return what ``law.typ`` prints: every source, then each source and decision that nobody checked."""
    cited = list(sources)
    unverified = {f"{one.label}, {one.place}" for one in cited if one.is_unverified}
    unverified |= {f"{one.label} ({one.country})" for one in decisions if one.is_unverified}
    return {
        "sources": sorted({marked(f"{one.label}, {one.place}", one.is_unverified) for one in cited}),
        "unverified": sorted(unverified),
        "words": {
            "sources": _("List of sources"),
            "unverified": _("Rows not verified"),
            "unverified_note": _("Nobody has checked these against the original text yet."),
            "none": _("There are none."),
        },
    }


def marked(text: str, is_unverified: bool) -> str:
    """Return the text of a source or decision, marked where nobody has checked it."""
    mark = _("not verified")  # outside the f-string, where the messages tool does not look
    return f"{text} [{mark}]" if is_unverified else text
