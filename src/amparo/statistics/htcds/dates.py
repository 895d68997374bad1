"""Dates as people write them. What can be read two ways is not read: it is said."""

from __future__ import annotations

import datetime
import re
import unicodedata

from amparo.statistics.data import ReadDate

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene janvier janv janeiro",
            "february feb febrero fevrier fevr fevereiro fev",
            "march mar marzo mars marco",
            "april apr abril abr avril avr",
            "may mayo mai maio",
            "june jun junio juin junho",
            "july jul julio juillet juil julho",
            "august aug agosto ago aout",
            "september sep sept septiembre setiembre septembre setembro set",
            "october oct octubre octobre outubro out",
            "november nov noviembre novembre novembro",
            "december dec diciembre dic decembre dezembro dez",
        ),
        start=1,
    )
    for name in names.split()
}
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
YEAR_FIRST = re.compile(r"^(\d{4})[./](\d{1,2})[./](\d{1,2})$")
YEAR_LAST = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
SHORT_YEAR = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{2}$")
YEAR_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
YEAR = re.compile(r"^(\d{4})$")
WORDS = re.compile(
    r"^(?:(\d{1,2})(?:st|nd|rd|th|o|a)? ?(?:de )?)?"  # 5 de, 5th, 1o de
    r"([a-z]+)\.? ?"  # marzo, Mar.
    r"(?:(\d{1,2})(?:st|nd|rd|th)?, ?)?(?:del? )?(\d{4})$"  # 5, 1999; de 1999
)
ABOUT = re.compile(
    r"^(?:~|c\.? |ca\.? |circa |about |approx\.? |aprox\.? |aproximadamente |hacia |alrededor de )"
)
SERIAL_FROM, SERIAL_TO = 3_000, 60_000

Reading = tuple[ReadDate | None, str]


def read_date(raw: str) -> Reading:
    """Return the date and how it was read, or None and the code of the problem.

    >>> read_date("13/02/1999")
    (ReadDate(iso='1999-02-13', precision='day', is_estimated=False), 'day-month-year')
    >>> read_date("03/02/1999")
    (None, 'date.ambiguous')
    """
    text = plain(raw)
    about = ABOUT.match(text)
    if about:
        date, how = read_date(text[about.end() :])
        return (ReadDate(date.iso, date.precision, True), how) if date else (None, how)
    if SHORT_YEAR.match(text):
        return None, "date.short_year"
    if match := ISO.match(text):
        return whole(match[1], match[2], match[3], "iso")
    if match := YEAR_FIRST.match(text):
        return whole(match[1], match[2], match[3], "year-month-day")
    if match := YEAR_LAST.match(text):
        return year_last(int(match[1]), int(match[2]), match[3])
    if match := YEAR_MONTH.match(text):
        return month_only(match[1], int(match[2]), "year-month")
    if match := YEAR.match(text):
        return ReadDate(match[1], "year"), "year"
    return words(text)


def read_number(value: float) -> Reading:
    """Read a number in a date column: a year is a year, a day count is not guessed."""
    if value == int(value) and 1900 <= value <= 2100:
        return ReadDate(str(int(value)), "year"), "year"
    if SERIAL_FROM <= value <= SERIAL_TO:
        return None, "date.serial"
    return None, "date.unreadable"


def plain(raw: str) -> str:
    folded = unicodedata.normalize("NFD", raw.casefold().replace("º", "o").replace("ª", "a"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def year_last(first: int, second: int, year: str) -> Reading:
    if first > 12 >= second:
        return whole(year, str(second), str(first), "day-month-year")
    if second > 12 >= first:
        return whole(year, str(first), str(second), "month-day-year")
    if first == second:
        return whole(year, str(first), str(second), "day-month-year")
    if first > 12:
        return None, "date.impossible"
    return None, "date.ambiguous"


def words(text: str) -> Reading:
    match = WORDS.match(text)
    if match is None or match[2] not in MONTHS:
        return None, "date.unreadable"
    day, month = match[1] or match[3], MONTHS[match[2]]
    if day is None:
        return month_only(match[4], month, "month-name")
    return whole(match[4], str(month), day, "month-name")


def whole(year: str, month: str, day: str, how: str) -> Reading:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None, "date.impossible"
    return ReadDate(date.isoformat(), "day"), how


def month_only(year: str, month: int, how: str) -> Reading:
    if not 1 <= month <= 12:
        return None, "date.impossible"
    return ReadDate(f"{year}-{month:02}", "month"), how
