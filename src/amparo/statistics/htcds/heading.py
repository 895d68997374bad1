"""Which column holds which field: the code row decides, and every disagreement is said.

The template's code row and label row do not agree everywhere (docs/decisions/0020): the code is the
standard's identifier, the label may be adapted by whoever uses it.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.statistics.data import Effect, Problem
from amparo.statistics.htcds.sandbox import RawBook
from amparo.statistics.htcds.standard import CODE_SHAPE, Field, Standard, fold
from amparo.statistics.refusals import NoFieldCodes, OtherTemplate, RepeatedColumn

REQUIRED = ("prs_FirstName", "prs_SecondName", "prs_Birthdate", "vic_TraffickingStatus")
SEARCHED_ROWS = 10
ENOUGH_CODES = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """``columns``: field by column index (from 0). ``first_row``: index of the first data row."""

    columns: dict[int, Field]
    first_row: int
    problems: tuple[Problem, ...]


def column_letter(index: int) -> str:
    """Return A for 0, AA for 26."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_heading(book: RawBook, standard: Standard) -> Heading:
    """Find the code row and label row. Raises NoFieldCodes, OtherTemplate or RepeatedColumn."""
    position = find_code_row(book, standard)
    codes = row_texts(book, position)
    labels = row_texts(book, position + 1)
    has_labels = sum(standard.find_by_label(label) is not None for label in labels) >= ENOUGH_CODES
    columns: dict[int, Field] = {}
    problems: list[Problem] = []
    for index in range(max(len(codes), len(labels))):
        code_text = codes[index] if index < len(codes) else ""
        label = labels[index] if has_labels and index < len(labels) else ""
        field, found = read_column(position + 1, index, code_text, label, standard)
        problems += found
        if field is None:
            continue
        if field in columns.values():
            first = next(other for other, known in columns.items() if known == field)
            raise RepeatedColumn(
                sheet=book.sheet,
                row=position + 1,
                field=field.code,
                first=column_letter(first),
                second=column_letter(index),
            )
        columns[index] = field
    present = {field.code for field in columns.values()}
    missing = [code for code in REQUIRED if code not in present]
    if missing:
        raise OtherTemplate(sheet=book.sheet, row=position + 1, columns=", ".join(missing))
    problems += [
        Problem(position + 1, "", code, "column.missing", Effect.NOTE)
        for code in standard.template
        if code not in present
    ]
    return Heading(columns, position + (2 if has_labels else 1), tuple(problems))


def find_code_row(book: RawBook, standard: Standard) -> int:
    for position in range(min(SEARCHED_ROWS, len(book.rows))):
        known = [text for text in row_texts(book, position) if standard.find_code(text)]
        if len(known) >= ENOUGH_CODES:
            return position
    raise NoFieldCodes(sheet=book.sheet)


def row_texts(book: RawBook, position: int) -> list[str]:
    if position >= len(book.rows):
        return []
    return [cell[1].strip() if cell is not None and cell[0] == "s" else "" for cell in book.rows[position]]


def read_column(
    row: int, index: int, code_text: str, label: str, standard: Standard
) -> tuple[Field | None, list[Problem]]:
    """Return the field of one column, or None when the column is not read, and what is to be said."""
    letter = column_letter(index)
    code = standard.find_code(code_text)
    if not code_text:
        code = standard.find_by_label(label) if label else None
        if code is None:
            said = [Problem(row, letter, "", "column.unknown", Effect.LEFT_OUT)] if label else []
            return None, said
        return standard.fields[code], [Problem(row, letter, code, "column.no_code", Effect.NOTE)]
    if code is None:
        shown = code_text if CODE_SHAPE.match(code_text) else ""
        return None, [Problem(row, letter, shown, "column.unknown", Effect.LEFT_OUT)]
    field = standard.fields[code]
    problems = []
    if code != code_text:
        problems.append(Problem(row, letter, code, "column.spelling", Effect.NOTE))
    if label and fold(label) != fold(field.label):
        problems.append(Problem(row, letter, code, "column.label_differs", Effect.NOTE))
    if field.is_deprecated:
        problems.append(Problem(row, letter, code, "column.deprecated", Effect.NOTE))
    return field, problems
