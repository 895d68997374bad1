"""A guide as a sheet of paper to take along and fill in by hand: what its document needs, in one language.

It is doctrine only: no table is read, and nothing about anybody is on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.core.guides import CHILD, Element, Kind
from amparo.core.refusal import Unknown
from amparo.doctrine.data import ElementText, GuideFile, Text
from amparo.doctrine.registry import find_pack, get_guide, get_source, list_guides
from amparo.procedures.queries.law_lists import marked

GROUPS = {
    Kind.ALL: lambda: _("All of these."),
    Kind.ANY: lambda: _("One of these is enough."),
    Kind.NOT: lambda: _("Holds where this does not."),
    Kind.UNLESS_CHILD: lambda: _("Not asked of a child."),
    Kind.IF_CHILD: lambda: _("Asked of a child only."),
    Kind.CONSIDER: lambda: _("Weigh each of these, then answer the question that closes them."),
    Kind.NOTE: lambda: _("Reminders and facts to write down; they do not count in the result."),
}
ALWAYS_SAID = frozenset({Kind.NOT, Kind.UNLESS_CHILD, Kind.IF_CHILD})
"""Said also of a single part; a list of one needs no word on how many are enough."""


def get_blank_sheet(guide_id: str, country: str, *, language: str, today: date) -> dict[str, Any]:
    """Return the content of the sheet as JSON-able data: the guide in force, with its parts in order.

    Raises Unknown for a guide or a country that nobody has.
    """
    known = {one.id for one in list_guides(as_of=today)}
    if guide_id not in known or (country and find_pack(country) is None):
        raise Unknown
    guide = get_guide(guide_id, country=country, as_of=today)
    edition = {"edition": guide.edition, "day": date_format(guide.effective, "DATE_FORMAT")}
    return {
        "language": language,
        "title": guide.title[language],
        "kind": _("Blank sheet"),
        "edition": _("Text %(edition)s, in force from %(day)s") % edition,
        "about": guide.about[language],
        "rows": list(_rows(guide, language)),
        "words": _words(),
    }


def _rows(guide: GuideFile, language: str) -> Iterator[dict[str, Any]]:
    """Every element once, from top to bottom; what is concluded on factors comes after its factors."""
    drawn: set[str] = set()

    def walk(element_id: str, depth: int) -> Iterator[dict[str, Any]]:
        if element_id in drawn or element_id == CHILD:
            return
        drawn.add(element_id)
        element, text = guide.logic.by_id[element_id], guide.texts[element_id]
        if not element.children:
            yield _question(text, element, depth, language)
            return
        yield _group(text, element, depth, language)
        for child in element.children:
            yield from walk(child, depth + 1)
        if element.kind is Kind.CONSIDER:
            yield _question(text, element, depth + 1, language)

    for child in guide.logic.by_id[guide.logic.root].children:
        yield from walk(child, 0)


def _group(text: ElementText, element: Element, depth: int, language: str) -> dict[str, Any]:
    is_asked_below = element.kind is Kind.CONSIDER
    return {
        "is_group": True,
        "depth": depth,
        "label": text.label[language],
        "ask": "" if is_asked_below else _said(text.ask, language),
        "how": _how(element),
    }


def _how(element: Element) -> str:
    if element.kind is Kind.AT_LEAST:
        return _("At least %(n)d of these.") % {"n": element.count}
    return GROUPS[element.kind]() if len(element.children) > 1 or element.kind in ALWAYS_SAID else ""


def _question(text: ElementText, element: Element, depth: int, language: str) -> dict[str, Any]:
    sources = [get_source(one) for one in text.sources]
    return {
        "is_group": False,
        "depth": depth,
        "label": text.label[language],
        "ask": _said(text.ask, language),
        "look_for": [one[language] for one in text.look_for],
        "from_records": element.kind is Kind.FACT,
        "is_unverified": text.unverified,
        "sources": [marked(one.title[language], one.status.is_unverified) for one in sources],
    }


def _said(text: Text | None, language: str) -> str:
    return text[language] if text else ""


def _words() -> dict[str, Any]:
    return {
        "how": _(
            "Tick one box for each question. “Not asked” is never “no”. Write no name and nothing from which "
            "a person could be recognised: a code is enough."
        ),
        "blanks": [_("Code of the file or visit"), _("Place"), _("Date"), _("Filled in by (function)")],
        "boxes": [_("Yes"), _("No"), _("Not asked")],
        "look_for": _("Look for:"),
        "sources": _("Sources:"),
        "from_records": _("The program reads this from the records of the file."),
        "unverified": _("not verified"),
        "unverified_note": _("“not verified”: nobody has checked this against the original text yet."),
        "notes": _("Notes"),
        "decides": _("It documents; people decide."),
    }
