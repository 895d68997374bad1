"""Words for codes: doctrine's code lists first, then what only this room uses."""

from __future__ import annotations

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from amparo.core.guides import CHILD
from amparo.doctrine.registry import UnknownDoctrine, get_code_list

CONFIDENCE = {
    "HIGH": _("High"),
    "MEDIUM": _("Medium"),
    "LOW": _("Low"),
}
OWN = {
    "procedures.element": {CHILD: _("Whether the person is, or must be treated as, a child")},
    "procedures.confidence": CONFIDENCE,
    "change": {
        "added": _("Added by the later version"),
        "removed": _("Left out by the later version"),
        "changed": _("Different in the later version"),
        "same": _("Same words"),
    },
    "part": {
        "words": _("words"),
        "sources": _("sources"),
        "decisions": _("decisions"),
        "combinator": _("how it follows from its parts"),
        "answer": _("how it is answered"),
        "status": _("whether it is verified"),
    },
    "row": {
        "stage": _("Stage"),
        "clock": _("Period"),
        "transition": _("Step"),
        "choice": _("Choice"),
        "safeguard": _("Safeguard"),
    },
    "again": {
        "NEW_FACTS": _("New facts came after it"),
        "REVIEW_PASSED": _("Its date of review is over"),
        "DECIDED_ANEW": _("The panel has decided anew since"),
        "REOPENED": _("The procedure was reopened after it"),
    },
    "lapse": {
        "new_finding": _("A new finding was recorded"),
        "nationality": _("A nationality was recorded"),
        "fear": _("A fear was recorded"),
        "travel_date": _("The date of travel changed"),
        "facts": _("The records changed"),
        "expired": _("Its time ran out"),
    },
}


def label_of(list_name: str, code: str, language: str) -> str:
    """Return the label of a code, or the code where no list knows it."""
    own = OWN.get(list_name, {}).get(code)
    if own is not None:
        with override(language):
            return str(own)
    try:
        return get_code_list(list_name).label(code)[language]
    except UnknownDoctrine:
        return code


def option_label(list_name: str, code: str, language: str) -> str:
    """Return the label of an option, with its number where the field knows it by one (M01 to M17)."""
    label = label_of(list_name, code, language)
    return f"{code} {label}" if code[1:].isdigit() else label


def language_of() -> str:
    """Return the language in which the reader is answered: ``es`` or ``en``."""
    return (get_language() or "es")[:2]
