"""The gap analysis as plain data for documents."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.advocacy.data import Citation, Gap, Reading, Wording
from amparo.advocacy.queries import (
    cite,
    list_best,
    list_gaps,
    list_places,
    list_readings,
    list_rows,
    list_wordings,
    place_name,
)


def gap_report_content(country: str, *, language: str, printed_by: str, now: datetime) -> dict[str, Any]:
    """Return the content of the gap report of a country. Raises Unknown."""
    gaps = list_gaps(country, language, now.date())
    others = list_best(country, language, now.date())
    best = {gap.row.id: others[gap.row.id][:1] for gap in gaps}
    wordings = list_wordings(country)
    cited = cite(_keys(gaps, best), language)
    return {
        "language": language,
        "title": _("Gap analysis: %(country)s") % {"country": place_name(country, language)},
        "printed_by": printed_by,
        "date": date_format(now, "DATE_FORMAT"),
        "about": _(
            "Each row is a provision that an asylum-sensitive law against trafficking should hold. “Not "
            "assessed” means that nobody has read it yet; it is never “no”. Drafts are a start for lawyers."
        ),
        "gaps": [_gap(gap, best[gap.row.id], cited, wordings[gap.row.id], language) for gap in gaps],
        "words": {
            "standard": _("Standard"),
            "here": _("What the law says"),
            "best": _("Best provision in the region"),
            "draft": _("Draft wording"),
            "way": _("On the way"),
            "none": _("None known"),
            "sources": _("Sources"),
            "unverified": _("Unverified rows"),
        },
        "sources": [f"{one.label} ({one.key})" for one in cited.values()],
        "unverified": [one.label for one in cited.values() if one.is_unverified] + _rows_unverified(gaps),
    }


def _rows_unverified(gaps: list[Gap]) -> list[str]:
    return [f"{gap.row.id} {gap.row.provision}" for gap in gaps if gap.row.is_unverified]


def _keys(gaps: list[Gap], best: dict[str, list[Reading]]) -> list[str]:
    own = [key for gap in gaps for key in (*gap.row.standards, *gap.cell.citations)]
    own += [one.instrument for gap in gaps for one in gap.cell.ended]
    return own + [key for found in best.values() for one in found for key in one.citations]


def _gap(
    gap: Gap, best: list[Reading], cited: dict[str, Citation], wording: Wording, language: str
) -> dict[str, Any]:
    return {
        "id": gap.row.id,
        "provision": gap.row.provision,
        "value": gap.cell.value_label,
        "standards": [cited[key].label for key in gap.row.standards],
        "here": [cited[key].label for key in gap.cell.citations]
        + [one.note for one in gap.cell.readings if one.note and one.counts]
        + [_ended(one, cited) for one in gap.cell.ended],
        "best": [
            f"{place_name(one.country, language)}: " + "; ".join(cited[key].label for key in one.citations)
            for one in best
        ],
        "draft": wording.en if language == "en" else wording.es,
        "initiatives": [one.title for one in gap.initiatives],
    }


def _ended(reading: Reading, cited: dict[str, Citation]) -> str:
    return _("No longer in force, so not counted: %(law)s. The law that followed is still to be read.") % {
        "law": cited[reading.instrument].label
    }


def make_workbook(language: str, now: datetime) -> bytes:
    """Return the matrix and the readings behind it as an XLSX file. Texts are never formulas.

    The file says the day on which it was made, not the moment: two of one day are the same.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime(now.year, now.month, now.day)})  # noqa: DTZ001 (a day, as XLSX writes it)
    bold = book.add_format({"bold": True, "text_wrap": True})
    _write_matrix(book.add_worksheet(_("Matrix")), bold, language, now.date())
    _write_readings(book.add_worksheet(_("Readings")), bold, language, now.date())
    book.close()
    return stream.getvalue()


def _write_matrix(sheet: Any, bold: Any, language: str, today: date) -> None:
    names = [place.name for place in list_places(language, today)]
    sheet.write_row(0, 0, [_("Row"), _("Provision"), *names], bold)
    for at, row in enumerate(list_rows(language, today), start=1):
        sheet.write_row(at, 0, [row.id, row.provision, *(cell.value_label for cell in row.cells)])
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, 60)


def _write_readings(sheet: Any, bold: Any, language: str, today: date) -> None:
    heads = [_("Country"), _("Instrument"), _("Row"), _("Value"), _("Cites"), _("Note")]
    sheet.write_row(0, 0, [*heads, _("Read by"), _("Date"), _("Unverified"), _("Last day in force")], bold)
    for at, one in enumerate(list_readings(language, today), start=1):
        told = [
            place_name(one.country, language),
            one.instrument,
            one.row,
            one.value_label,
            ", ".join(one.citations),
            one.note,
            one.assessor,
            one.assessed_date.isoformat(),
            _("yes") if one.is_unverified else _("no"),
            one.last_day.isoformat() if one.last_day else "",
        ]
        sheet.write_row(at, 0, told)
    sheet.freeze_panes(1, 0)
