"""What the panel of a procedure decided, in words: for its page, its memorandum and the panel's own page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.procedures.data.rulings import Again, Ruling, RulingView
from amparo.procedures.data.words import label_of, option_label
from amparo.procedures.models import Procedure
from amparo.procedures.queries.editions import definition_of, guides_of
from amparo.procedures.queries.elements import element_label
from amparo.procedures.rulings import find_ruling
from amparo.vault.data import Compartment, Veiled


class Narrative(Protocol):
    """Opened words: of the file, or of the extract that a member of a panel received."""

    def get(self, compartment: Compartment, name: str) -> Veiled | None: ...


def find_ruling_view(
    procedure: Procedure, words: Narrative | None, *, language: str, now: datetime
) -> RulingView | None:
    """Return the latest decision in force of the procedure's panel as it stands, or ``None``."""
    ruling = find_ruling(procedure.id, now)
    return ruling_view(procedure, ruling, words, language) if ruling else None


def ruling_view(procedure: Procedure, ruling: Ruling, words: Narrative | None, language: str) -> RulingView:
    """Put a ruling into words, with the panel's reason for deciding without the guide. No query."""
    said = words.get(Compartment.NARRATIVE, ruling.place) if words is not None else None
    return RulingView(
        ruling=ruling,
        options=tuple(option_label(ruling.options_list, code, language) for code in ruling.options),
        elements=labels_of(procedure, ruling.elements_since, language),
        why_without=said.part("without") if said is not None and ruling.decides_without else None,
    )


def labels_of(procedure: Procedure, elements: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the labels of elements of the guides of a procedure, and of its choices, in their order."""
    known = {element: guide for guide in guides_of(procedure) for element in guide.texts}
    choices = definition_of(procedure).choices
    return tuple(
        element_label(known[one], one, language) if one in known else choices[one].label[language]
        for one in elements
        if one in known or one in choices
    )


def ruling_lines(view: RulingView, why_without: str, language: str) -> list[str]:
    """Say for a document how a decision stands. ``why_without``: the panel's reason as plain text, or ""."""
    ruling = view.ruling
    told = {
        "body": ruling.body_name,
        "day": _day(ruling.in_force_at.date()),
        "review": _day(ruling.review_date),
    }
    lines = [_("%(body)s, in force since %(day)s, to be reviewed on %(review)s.") % told]
    if ruling.decides_without:
        why = why_without or _("The panel's reason is withheld: this was printed without unlocking.")
        lines.append(f"{_('Decided without the guide')}: {why}")
    if ruling.is_refused:
        lines.append(_("The person refused what the panel decided."))
    for reason in ruling.again_sorted:
        since = f": {'; '.join(view.elements)}" if reason is Again.NEW_FACTS and view.elements else ""
        lines.append(label_of("again", reason, language) + since)
    return lines


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
