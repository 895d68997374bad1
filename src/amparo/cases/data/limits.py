"""Which days can be: asked by the actions, and by the forms so that they say it beside the field.

The day of a moment differs from place to place. ``day`` is the reader's own in a form; an action asks
with :func:`latest_day`, the latest that it is anywhere, so that it never refuses somebody's today.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amparo.cases.data.age import years_later
from amparo.cases.data.identity import Birth
from amparo.cases.data.refusals import (
    BadInterval,
    BirthInFuture,
    BirthTooEarly,
    ConsentTooLong,
    ConsentTooOld,
    DueTooFar,
    HappensInFuture,
    HappensTooEarly,
)
from amparo.core.refusal import Refusal

EARLIEST_BIRTH_YEAR = 1900
LONGEST_CONSENT_YEARS = 5
OLDEST_CONSENT_YEARS = 10
DUE_YEARS_BACK, DUE_YEARS_AHEAD = 10, 20
"""A task of an old file may long be late; one of a small child may wait until the child is of age."""

AHEAD = timedelta(hours=14)
"""The clock of the easternmost time zone is this far ahead of UTC."""


def latest_day(now: datetime) -> date:
    """Return the latest day that it is anywhere.

    >>> from datetime import UTC
    >>> latest_day(datetime(2026, 3, 1, 11, tzinfo=UTC))
    datetime.date(2026, 3, 2)
    """
    return (now + AHEAD).date()


def find_birth_problem(birth: Birth, day: date) -> Refusal | None:
    """Return why nobody is born then, or ``None``."""
    if birth.earliest is None or birth.latest is None:
        return None
    if birth.earliest > day:
        return BirthInFuture()
    return BirthTooEarly(year=EARLIEST_BIRTH_YEAR) if birth.earliest.year < EARLIEST_BIRTH_YEAR else None


def find_day_problem(day_of_it: date, day: date) -> Refusal | None:
    """Return why something cannot have happened or begun on that day, or ``None``."""
    if day_of_it > day:
        return HappensInFuture()
    return HappensTooEarly(year=EARLIEST_BIRTH_YEAR) if day_of_it.year < EARLIEST_BIRTH_YEAR else None


def find_due_problem(due: date, day: date) -> Refusal | None:
    """Return why nothing can be due on that day, or ``None``: a year was mistyped."""
    if years_later(day, -DUE_YEARS_BACK) <= due <= years_later(day, DUE_YEARS_AHEAD):
        return None
    return DueTooFar(past=DUE_YEARS_BACK, ahead=DUE_YEARS_AHEAD)


def find_consent_day_problem(start: date, end: date, day: date) -> Refusal | None:
    """Return why a consent cannot run from one day to the other, or ``None``."""
    if end < start:
        return BadInterval()
    if start < years_later(day, -OLDEST_CONSENT_YEARS):
        return ConsentTooOld(years=OLDEST_CONSENT_YEARS)
    if end > years_later(day, LONGEST_CONSENT_YEARS):
        return ConsentTooLong(years=LONGEST_CONSENT_YEARS)
    return None


def require(problem: Refusal | None) -> None:
    """Raise what a question above found."""
    if problem is not None:
        raise problem
