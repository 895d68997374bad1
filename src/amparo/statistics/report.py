"""What an import did, as JSON and as text. It names rows, columns and fields, never what a cell said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.statistics.data import Problem, ReadBook, RowState, StagedLine
from amparo.statistics.problems import EFFECTS, READ_AS, say_problem
from amparo.statistics.staging import state_of

STATE_LABELS = {
    RowState.READY: gettext_lazy("Ready to import"),
    RowState.HELD: gettext_lazy("Waiting for a decision"),
    RowState.REFUSED: gettext_lazy("Not imported: refused"),
    RowState.DUPLICATE: gettext_lazy("Not imported: repeated in the workbook"),
    RowState.IMPORTED: gettext_lazy("Imported"),
    RowState.SKIPPED: gettext_lazy("Skipped by decision"),
}


def lines_of_book(book: ReadBook) -> list[StagedLine]:
    """Return the rows of a workbook that was only read, as they would be staged."""
    return [StagedLine(None, row.number, state_of(row), row.problems) for row in book.rows]


def build_report(
    *, columns: Iterable[Problem], lines: Iterable[StagedLine], empty_rows: Iterable[int], is_dry: bool
) -> dict[str, Any]:
    """Return the report as plain data: the same for a dry run, a staged run and a finished one."""
    rows, empty = list(lines), list(empty_rows)
    problems = [problem for row in rows for problem in row.problems]
    states = Counter(str(row.state) for row in rows)
    return {
        "layout": "HTCDS 2.0",
        "dry_run": is_dry,
        "rows": {
            "read": len(rows),
            "empty": len(empty),
            **{str(state): states.get(str(state), 0) for state in RowState},
        },
        "empty_rows": empty,
        "dates_read_as": dict(sorted(_dates(problems).items())),
        "problems_by_code": dict(sorted(Counter(p.code for p in problems if p.code != "date.read").items())),
        "columns": [_entry(problem) for problem in columns],
        "row_problems": [_entry(problem) for problem in problems],
    }


def _dates(problems: Iterable[Problem]) -> Counter[str]:
    return Counter(str(problem.details["read_as"]) for problem in problems if problem.code == "date.read")


def _entry(problem: Problem) -> dict[str, Any]:
    entry = {
        "row": problem.row,
        "column": problem.column,
        "field": problem.field,
        "code": problem.code,
        "effect": str(problem.effect),
    }
    return {**entry, "details": dict(problem.details)} if problem.details else entry


def as_json(report: Mapping[str, Any]) -> str:
    """Return the report as JSON with one problem on each line, so that two reports compare well."""
    parts = []
    for key, value in report.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value)
            parts.append(f" {json.dumps(key)}: [\n{items}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def as_text(report: Mapping[str, Any], problems: Iterable[Problem]) -> str:
    """Return the report in words, in the active language. Dates that were simply read are only counted."""
    rows = report["rows"]
    lines = [
        _("HTCDS import: %(layout)s") % {"layout": report["layout"]},
        _("Rows with data: %(read)s. Empty rows: %(empty)s.")
        % {"read": rows["read"], "empty": rows["empty"]},
    ]
    lines += [f"  {STATE_LABELS[state]}: {rows[str(state)]}" for state in RowState if rows[str(state)]]
    lines += ["", _("How dates were read")]
    lines += [f"  {READ_AS[how]}: {count}" for how, count in report["dates_read_as"].items()]
    lines += ["", _("What to look at")]
    lines += [f"  {say_line(problem)}" for problem in problems if not is_plain_date(problem)]
    return "\n".join(lines) + "\n"


def is_plain_date(problem: Problem) -> bool:
    """Say whether a problem only tells that a date cell of the spreadsheet was read as such."""
    return problem.code == "date.read" and problem.details["read_as"] == "spreadsheet"


def say_line(problem: Problem) -> str:
    """Return one line: where, what happened to the value, and what to do."""
    where = _("row %(row)s") % {"row": problem.row}
    if problem.column:
        where = _("row %(row)s, column %(column)s") % {"row": problem.row, "column": problem.column}
    field = f" ({problem.field})" if problem.field else ""
    return f"{where}{field}: {EFFECTS[problem.effect]}. {say_problem(problem)}"
