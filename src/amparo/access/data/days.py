"""Dates as people read them, where doctrine and the library keep a day, a month or a year as text."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

DAY = len("2008-10-30")


def say_day(text: str) -> str:
    """Return a day in the reader's language. A month or a year alone stays as it is."""
    if len(text) != DAY:
        return text
    try:
        return str(date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT"))
    except ValueError:
        return text
