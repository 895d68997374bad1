"""Write the report that importing the fictitious workbook must produce. Review the difference.

    python -m tools.make_htcds_report tests/statistics/files/htcds_messy_200.xlsx

It is made from reading alone; the test compares it with what a real import reports.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import sys
from pathlib import Path

import django

READ_AT = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


def write(workbook: Path) -> None:
    """Write ``<workbook>.report.json`` and the same in words, in both languages, beside the workbook."""
    from django.utils import translation

    from amparo.statistics.data import RowState
    from amparo.statistics.imports import read_workbook
    from amparo.statistics.report import as_json, as_text, build_report, lines_of_book

    book = read_workbook(workbook.read_bytes(), now=READ_AT)
    lines = [
        dataclasses.replace(line, state=RowState.IMPORTED) if line.state is RowState.READY else line
        for line in lines_of_book(book)
    ]
    report = build_report(columns=book.column_problems, lines=lines, empty_rows=book.empty_rows, is_dry=False)
    problems = [*book.column_problems, *(problem for line in lines for problem in line.problems)]
    base = workbook.with_suffix("")
    Path(f"{base}.report.json").write_text(as_json(report), encoding="utf-8")
    for language in ("es", "en"):
        with translation.override(language):
            Path(f"{base}.report.{language}.txt").write_text(as_text(report, problems), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")
    django.setup()
    write(Path(sys.argv[1]))
