"""Why a workbook is not read, or an import not done: what happened, why, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.core.refusal import Refusal

MEASURES = {
    "file": _("the size of the file (megabytes)"),
    "unpacked": _("the size after unpacking (megabytes)"),
    "ratio": _("the compression ratio"),
    "entries": _("the number of parts inside the file"),
    "depth": _("the nesting of its parts"),
    "cells": _("the number of cells"),
    "columns": _("the number of columns"),
    "rows": _("the number of rows"),
    "text": _("the amount of text (characters)"),
    "memory": _("the memory to read it (megabytes)"),
    "time": _("the time to read it (seconds)"),
}
KINDS = {
    "text": _("a text or CSV file"),
    "pdf": _("a PDF document"),
    "rtf": _("a text document"),
    "word": _("a Word document"),
    "image": _("a picture"),
    "html": _("a web page"),
    "xml": _("an XML file"),
    "zip": _("a ZIP archive"),
    "opendocument": _("an OpenDocument file"),
    "database": _("a database"),
    "other": _("another kind of file"),
}


def measure_label(code: str) -> str:
    return str(MEASURES.get(code, code))


def kind_label(code: str) -> str:
    return str(KINDS.get(code, KINDS["other"]))


class WorkbookRefused(Refusal):
    """The workbook was not read; nothing was staged and nothing imported."""

    what = _("The workbook was not read. Nothing was imported.")
    status = 400


class EmptyFile(WorkbookRefused):
    code = "statistics.empty_file"
    why = _("The file is empty.")
    next_step = _("Choose the workbook again; perhaps it was not saved or not copied to the end.")


class NotAWorkbook(WorkbookRefused):
    code = "statistics.not_a_workbook"
    why = _("It is not an Excel workbook: it looks like %(kind)s.")
    next_step = _("Open it in your spreadsheet program and save it as “Excel workbook (.xlsx)”.")


class OldWorkbook(WorkbookRefused):
    code = "statistics.old_workbook"
    why = _("It is a workbook in the old Excel format (.xls).")
    next_step = _("Open it in your spreadsheet program and save it as “Excel workbook (.xlsx)”.")


class ProtectedWorkbook(WorkbookRefused):
    code = "statistics.protected_workbook"
    why = _("It is protected with a password.")
    next_step = _("Open it, remove the password, save it on an encrypted disk and import that copy.")


class MacroWorkbook(WorkbookRefused):
    code = "statistics.macro_workbook"
    why = _("It holds macros, and macros are never accepted.")
    next_step = _("Save it as “Excel workbook (.xlsx)”, which leaves the macros out.")


class OtherEncoding(WorkbookRefused):
    code = "statistics.other_encoding"
    why = _("The part “%(part)s” is not written in UTF-8.")
    next_step = _("Open it in your spreadsheet program and save it again as “Excel workbook (.xlsx)”.")


class UnreadableWorkbook(WorkbookRefused):
    code = "statistics.unreadable_workbook"
    why = _("It is damaged, or holds something no workbook needs (at: %(part)s).")
    next_step = _("Open it in your spreadsheet program; if it opens, save a new copy and import that one.")


class TooLarge(WorkbookRefused):
    code = "statistics.too_large"
    why = _("It goes over the limit for %(measure)s: %(limit)s.")
    next_step = _("Keep only the sheet and the rows to import, in several workbooks if need be.")


class SlowWorkbook(WorkbookRefused):
    code = "statistics.slow_workbook"
    why = _("Reading it took longer than %(seconds)s seconds.")
    next_step = _("Keep only the sheet and the rows to import, in several workbooks if need be.")


class NoFieldCodes(WorkbookRefused):
    code = "statistics.no_field_codes"
    why = _(
        "No row with the field codes of HTCDS 2.0 (such as prs_FirstName) was found on sheet “%(sheet)s”."
    )
    next_step = _("Copy your rows into the HTCDS 2.0 template, under its two heading rows.")


class OtherTemplate(WorkbookRefused):
    code = "statistics.other_template"
    why = _("Not the HTCDS 2.0 template: sheet “%(sheet)s”, row %(row)s has no column for %(columns)s.")
    next_step = _("Copy your rows into the HTCDS 2.0 template, under its two heading rows.")


class RepeatedColumn(WorkbookRefused):
    code = "statistics.repeated_column"
    why = _(
        "Sheet “%(sheet)s”, row %(row)s: the field %(field)s stands in two columns, %(first)s and %(second)s."
    )
    next_step = _("Delete one of the two columns.")


class NoRows(WorkbookRefused):
    code = "statistics.no_rows"
    why = _("Under the headings of sheet “%(sheet)s” there is no row with data.")
    next_step = _("Check that the rows are on that sheet, from row 3 on.")


class RowNotHeld(Refusal):
    """Somebody decided about this row already."""

    code = "statistics.row_not_held"
    what = _("Your decision was not recorded.")
    why = _("This row is not waiting for a decision any more.")
    next_step = _("Look at the preview again.")
