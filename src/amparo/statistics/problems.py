"""What each problem of a workbook means, and what to do about it. Texts only; codes in the report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.statistics.data import Effect, Problem

EFFECTS = {
    Effect.NOTE: _("read"),
    Effect.LEFT_OUT: _("left out"),
    Effect.HELD: _("waits for a decision"),
    Effect.REFUSED: _("not imported"),
}
READ_AS = {
    "spreadsheet": _("a date cell of the spreadsheet"),
    "iso": _("year-month-day (ISO)"),
    "year-month-day": _("year, month, day"),
    "day-month-year": _("day, month, year"),
    "month-day-year": _("month, day, year"),
    "month-name": _("the month written as a word"),
    "year-month": _("year and month only"),
    "year": _("year only"),
}
TEXTS = {
    "column.label_differs": _("Code and label name different fields; the code decides. Check the cells."),
    "column.spelling": _("The code is misspelt as in the distributed template; read as the standard's code."),
    "column.no_code": _("The column has no code; recognised by its label."),
    "column.unknown": _("Not a field of the standard: the column was not read."),
    "column.missing": _("The column is not in the workbook."),
    "column.deprecated": _("The standard has withdrawn this field; it was read all the same."),
    "cell.formula": _("Formula: it was not run; the value last shown was read."),
    "cell.formula_empty": _("Formula without a value: type the value itself."),
    "cell.error": _("The cell holds a spreadsheet error: type the value."),
    "cell.number": _("A number where text was expected; leading zeros may be lost. Check it."),
    "cell.date_as_text": _("A date where text was expected; kept as text. Check it."),
    "text.invisible": _("Invisible or direction-changing characters were removed. Check how it reads."),
    "text.formula": _("Text that looks like a formula; kept as plain text."),
    "text.control": _("Control characters: type the text again."),
    "text.encoding": _("The letters were damaged by a wrong encoding: type the text again."),
    "text.no_letter": _("No letter in it, so no name: write the name, or leave the cell empty."),
    "text.too_long": _("Longer than this field may be: shorten it."),
    "date.read": _("Read as: %(read_as)s."),
    "date.ambiguous": _("Day and month can be read both ways: write the month as a word, or year-month-day."),
    "date.short_year": _("Year of two figures: write four."),
    "date.serial": _("A number, not a date: give the cell a date format."),
    "date.impossible": _("This date does not exist."),
    "date.unreadable": _("Not a date: write year-month-day, or only the year."),
    "date.incomplete": _("Day and month are missing."),
    "date.future": _("This date is in the future."),
    "date.too_old": _("This date is too long ago."),
    "code.unknown": _("Not one of the standard's values for this field."),
    "code.unknown_part": _("Values not in the standard were left out: %(parts)s; the others were read."),
    "code.by_label": _("Written as a label; read as %(value)s."),
    "country.unknown": _("A nationality could not be read, and it decides who must never see the file."),
    "tick.unknown": _("Neither yes nor no."),
    "number.unreadable": _("Not a whole number."),
    "row.no_name": _("Neither first nor second name: a file could not be found again."),
    "row.consent_refused": _("The person did not consent: nothing of this row is kept."),
    "row.consent_missing": _("Consent is not recorded: not a consent, and not a refusal. Ask the person."),
    "row.address_by_label": _("The address seems typed by the labels; kept as it stands. Check it."),
    "row.repeated": _("The same as row %(of_row)s."),
    "row.maybe_repeated": _("May be the same person as in row %(of_row)s: decide."),
    "row.maybe_known": _("May be a person who already has a file: decide."),
}  # fmt: skip


def say_problem(problem: Problem) -> str:
    """Return the translated sentence for one problem."""
    details = dict(problem.details)
    if "read_as" in details:
        details["read_as"] = str(READ_AS[str(details["read_as"])])
    text = str(TEXTS[problem.code])
    return text % details if details else text
