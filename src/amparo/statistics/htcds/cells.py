"""One cell: from what the spreadsheet holds to a typed value, or a problem that says why not."""

from __future__ import annotations

import datetime

from amparo.core.names import has_letter
from amparo.statistics.data import Effect, Problem, ReadDate, Value
from amparo.statistics.htcds.codes import (
    is_unknown_word,
    read_countries,
    read_language,
    read_many,
    read_one,
    read_tick,
)
from amparo.statistics.htcds.dates import read_date, read_number
from amparo.statistics.htcds.sandbox import Cell
from amparo.statistics.htcds.standard import Field
from amparo.statistics.htcds.texts import read_text

OLDEST_YEARS = 115
NAME_FIELDS = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")
TEXT_NOTES = frozenset({"text.invisible", "text.formula"})


class CellReader:
    """Reads one cell and gathers its problems. None means: the row goes on without this value."""

    def __init__(self, field: Field, row: int, column: str, today: datetime.date) -> None:
        self.field, self.row, self.column, self.today = field, row, column, today
        self.problems: list[Problem] = []

    def say(self, code: str, effect: Effect = Effect.LEFT_OUT, **details: str | int) -> None:
        self.problems.append(Problem(self.row, self.column, self.field.code, code, effect, details))

    @property
    def effect_of_loss(self) -> Effect:
        """Half a name would be another person's name: somebody must look before the row is imported."""
        return Effect.HELD if self.field.code in NAME_FIELDS else Effect.LEFT_OUT

    def say_formula(self, *, is_empty: bool) -> None:
        """A formula is never run: what the spreadsheet last showed is all there is."""
        if is_empty:
            self.say("cell.formula_empty", self.effect_of_loss)
        else:
            self.say("cell.formula", Effect.NOTE)

    def read(self, cell: Cell) -> Value | None:
        """Return the typed value of a cell that is not blank."""
        assert cell is not None
        kind, raw = cell
        if kind == "s" and raw.startswith("#") and raw.rstrip("!?").isupper():
            self.say("cell.error")
            return None
        if self.field.kind == "date":
            return self.read_date_cell(kind, raw)
        if self.field.kind == "tick" and kind == "b":
            return bool(raw)
        text = self.read_text_cell(kind, raw)
        if not text:
            return None
        readers = {
            "one": self.read_one_value,
            "many": self.read_many_values,
            "countries": self.read_country_codes,
            "language": self.read_language_code,
            "tick": self.read_yes_or_no,
            "number": self.read_whole_number,
        }
        reader = readers.get(self.field.kind)
        return reader(text) if reader is not None else text

    def read_text_cell(self, kind: str, raw: object) -> str:
        if kind == "n":
            assert isinstance(raw, int | float)
            if self.field.kind == "text":
                self.say("cell.number", Effect.NOTE)
            return str(int(raw)) if raw == int(raw) else repr(raw)
        if kind in {"d", "t"}:
            self.say("cell.date_as_text", Effect.NOTE)
        text, codes = read_text(str(raw), self.field.holds)
        for code in codes:
            self.say(code, Effect.NOTE if code in TEXT_NOTES else self.effect_of_loss)
        if text and self.field.code in NAME_FIELDS and not has_letter(text):
            self.say("text.no_letter", self.effect_of_loss)
            return ""
        return text

    def read_date_cell(self, kind: str, raw: object) -> ReadDate | None:
        if kind == "d":
            date, how = ReadDate(str(raw), "day"), "spreadsheet"
        elif kind == "n":
            assert isinstance(raw, int | float)
            found, how = read_number(raw)
            if found is None:
                self.say(how)
                return None
            date = found
        else:
            text = self.read_text_cell(kind, raw)
            if not text or is_unknown_word(text):
                return None
            found, how = read_date(text)
            if found is None:
                self.say(how)
                return None
            date = found
        return self.judge_date(date, how)

    def judge_date(self, date: ReadDate, how: str) -> ReadDate | None:
        """Keep a date that can be true; say how it was read."""
        if date.iso > self.today.isoformat()[: len(date.iso)]:
            self.say("date.future")
            return None
        if int(date.iso[:4]) < self.today.year - OLDEST_YEARS:
            self.say("date.too_old")
            return None
        if date.precision != "day" and self.field.code != "prs_Birthdate":
            self.say("date.incomplete")
            return None
        self.say("date.read", Effect.NOTE, read_as=how, precision=date.precision)
        return date

    def read_one_value(self, text: str) -> str | None:
        found = read_one(text, self.field)
        if found is None:
            self.say("code.unknown")
            return None
        value, is_exact = found
        if not is_exact:
            self.say("code.by_label", Effect.NOTE, value=value)
        return value

    def read_many_values(self, text: str) -> tuple[str, ...] | None:
        values, others = read_many(text, self.field)
        if others:
            self.say("code.unknown_part", parts=len(others))
        return tuple(values) or None

    def read_country_codes(self, text: str) -> tuple[str, ...] | None:
        if is_unknown_word(text):
            return None
        codes, others = read_countries(text)
        if others:
            # Nationality decides who must never learn of the file: half of it is not enough.
            self.say("country.unknown", Effect.HELD)
            return None
        return tuple(codes)

    def read_language_code(self, text: str) -> str | None:
        code = read_language(text)
        if code is None:
            self.say("code.unknown")
        return code

    def read_yes_or_no(self, text: str) -> bool | None:
        answer = read_tick(text)
        if answer is None:
            self.say("tick.unknown")
        return answer

    def read_whole_number(self, text: str) -> int | None:
        if not text.isdecimal() or len(text) > 6:
            self.say("number.unreadable")
            return None
        return int(text)
