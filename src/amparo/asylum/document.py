"""An opinion of the register as plain data for its document."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.asylum import law
from amparo.asylum.data import RegisteredOpinion
from amparo.asylum.law import Point


def opinion_content(opinion: RegisteredOpinion, *, language: str, printed_by: str) -> dict[str, Any]:
    """Return the content of the document. It knows no case."""
    sources = law.name_sources(opinion.sources, language)
    decisions = law.name_decisions(opinion.decisions, language)
    elements = law.name_elements(opinion.elements, language)
    return {
        "language": language,
        "title": opinion.title,
        "kind": _("Advisory opinion"),
        "number": opinion.number,
        "printed_by": printed_by,
        "particulars": [
            {"label": _("Number"), "value": opinion.number},
            {"label": _("Given by"), "value": opinion.adviser},
            {"label": _("Month"), "value": date_format(opinion.given_date, "F Y")},
        ],
        "paragraphs": [part.strip() for part in opinion.statement.split("\n\n") if part.strip()],
        "lists": [
            {
                "title": _("Elements"),
                "lines": _lines(elements),
            },
            {"title": _("Sources"), "lines": _lines(sources)},
            {"title": _("Decisions"), "lines": _lines(decisions)},
            {
                "title": _("Rows not verified"),
                "lines": [one.label for one in (*sources, *decisions) if one.is_unverified],
            },
        ],
        "note": _("Advice on the law. The asylum authority decides."),
        "none": _("None"),
    }


def _lines(points: list[Point]) -> list[str]:
    unverified = _("unverified")
    return [f"{one.label} ({unverified})" if one.is_unverified else one.label for one in points]
