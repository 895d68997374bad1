"""From raw cells to typed rows, with everything that is to be said about each cell."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator

from anyascii import anyascii

from amparo.statistics.data import Effect, Problem, ReadBook, ReadRow, Value
from amparo.statistics.htcds.cells import NAME_FIELDS, CellReader
from amparo.statistics.htcds.codes import read_countries, strip_marks
from amparo.statistics.htcds.heading import Heading, column_letter, read_heading
from amparo.statistics.htcds.sandbox import Cell, RawBook, read_workbook
from amparo.statistics.htcds.standard import load_standard
from amparo.statistics.refusals import NoRows


def read_book(data: bytes, *, today: datetime.date) -> ReadBook:
    """Read a workbook in the layout of the HTCDS 2.0 template.

    ``today`` bounds dates. Raises a refusal of ``statistics.refusals`` when the workbook as a whole
    cannot be read; everything about single cells comes back as problems.
    """
    raw = read_workbook(data)
    heading = read_heading(raw, load_standard())
    rows = list(read_rows(raw, heading, today))
    if not rows:
        raise NoRows(sheet=raw.sheet)
    numbers = {row.number for row in rows}
    empty = tuple(number for number in range(heading.first_row + 1, rows[-1].number) if number not in numbers)
    return ReadBook(
        sheet=raw.sheet,
        digest=hashlib.sha256(data).hexdigest(),
        rows=tuple(mark_duplicates(rows)),
        empty_rows=empty,
        column_problems=heading.problems,
    )


def read_rows(raw: RawBook, heading: Heading, today: datetime.date) -> Iterator[ReadRow]:
    for index in range(heading.first_row, len(raw.rows)):
        cells = raw.rows[index]
        if any(position in heading.columns and not is_blank(cell) for position, cell in enumerate(cells)):
            yield read_row(index + 1, cells, raw, heading, today)


def is_blank(cell: Cell) -> bool:
    return cell is None or (cell[0] == "s" and not cell[1].strip())


def read_row(number: int, cells: list[Cell], raw: RawBook, heading: Heading, today: datetime.date) -> ReadRow:
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for position, field in heading.columns.items():
        cell = cells[position] if position < len(cells) else None
        letter = column_letter(position)
        reader = CellReader(field, number, letter, today)
        if f"{letter}{number}" in raw.formulas:
            reader.say_formula(is_empty=is_blank(cell))
        value = None if cell is None or is_blank(cell) else reader.read(cell)
        problems += reader.problems
        if value is not None:
            values[field.code] = value
    problems += judge_row(number, values)
    return ReadRow(number, values, tuple(problems))


def judge_row(number: int, values: dict[str, Value]) -> Iterator[Problem]:
    """Say what holds for the row as a whole: who it is about, consent, and a shifted address."""
    if not any(values.get(code) for code in NAME_FIELDS):
        yield Problem(number, "", "prs_FirstName", "row.no_name", Effect.REFUSED)
    if values.get("con_Consent") is False:
        yield Problem(number, "", "con_Consent", "row.consent_refused", Effect.REFUSED)
    elif values.get("con_Consent") is None:
        yield Problem(number, "", "con_Consent", "row.consent_missing", Effect.NOTE)
    country, postal = values.get("prs_MailingCountry"), values.get("prs_MailingPostalCode")
    if (
        isinstance(postal, str)
        and is_country(postal)
        and not (isinstance(country, str) and is_country(country))
    ):
        yield Problem(number, "", "prs_MailingCountry", "row.address_by_label", Effect.NOTE)


def is_country(text: str) -> bool:
    codes, others = read_countries(text)
    return bool(codes) and not others


def name_key(values: dict[str, Value]) -> str:
    """Return the name's words without accents, script and order, for comparison inside one file."""
    words = " ".join(str(values.get(code, "")) for code in NAME_FIELDS)
    return " ".join(sorted(strip_marks(word) for word in anyascii(words).split() if strip_marks(word)))


def mark_duplicates(rows: list[ReadRow]) -> Iterator[ReadRow]:
    """Mark a row that repeats an earlier one, and hold one that may be about the same person."""
    seen: dict[str, list[ReadRow]] = {}
    for row in rows:
        key = name_key(row.values)
        earlier = seen.setdefault(key, []) if key else []
        problem = compare_with(row, earlier)
        earlier.append(row)
        yield row if problem is None else ReadRow(row.number, row.values, (*row.problems, problem))


def compare_with(row: ReadRow, earlier: list[ReadRow]) -> Problem | None:
    for other in earlier:
        if other.values == row.values:
            return Problem(row.number, "", "", "row.repeated", Effect.REFUSED, {"of_row": other.number})
    birth = row.values.get("prs_Birthdate")
    for other in earlier:
        if birth is None or other.values.get("prs_Birthdate") in (None, birth):
            return Problem(row.number, "", "", "row.maybe_repeated", Effect.HELD, {"of_row": other.number})
    return None
