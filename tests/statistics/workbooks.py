"""Small workbooks for tests."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

CODES = [
    "prs_FirstName",
    "prs_SecondName",
    "prs_Birthdate",
    "vic_TraffickingStatus",
    "prs_Citizenship",
    "con_Consent",
]


def make_book(rows: list[list[object]], codes: list[str] | None = None) -> bytes:
    """Return a workbook: the code row, then the rows. Dates become date cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Casos")
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([codes or CODES, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, column, datetime.datetime.combine(value, datetime.time()), date)
            else:
                sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()
