"""From a birth as it is known to the coded facts about age. Doubt is decided for the child.

Source: domain 06 (CRC General Comment 6, para 31; Palermo Article 3(c), (d)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from amparo.cases.data.codes import AgeStatus
from amparo.cases.data.identity import Birth
from amparo.core.truth import Truth

MAJORITY_YEARS = 18
BANDS = (
    (4, "A00_04"),
    (11, "A05_11"),
    (14, "A12_14"),
    (17, "A15_17"),
    (24, "A18_24"),
    (39, "A25_39"),
    (59, "A40_59"),
    (200, "A60_PLUS"),
)
"""The last completed year of each band of the code list ``age_band``."""
UNKNOWN_BAND = "UNKNOWN"
SPANNING_BAND = "SPANS_18"
"""The plausible ages lie on both sides of 18: neither band would be true."""


@dataclass(frozen=True, slots=True)
class AgeFacts:
    """What may lie outside the vault about an age."""

    status: AgeStatus
    band: str
    adult_from: date | None
    is_presumed_child: bool

    def child_on(self, day: date) -> Truth:
        """Say whether the person is a child on that day, for every rule that asks."""
        if self.is_presumed_child:
            return Truth.ESTABLISHED
        if self.adult_from is None:
            return Truth.NOT_ASSESSED
        return Truth.ESTABLISHED if day < self.adult_from else Truth.NOT_ESTABLISHED


def years_later(day: date, years: int) -> date:
    """Return the anniversary; 29 February becomes 1 March.

    >>> years_later(date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Return the completed years; a day before the birth counts as zero."""
    return max(0, day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)))


def monday_on_or_after(day: date) -> date:
    """Return the week's precision of a date: dates outside the vault are no finer."""
    return day + timedelta(days=(-day.weekday()) % 7)


def age_facts(birth: Birth, *, status: AgeStatus, may_be_child: bool, as_of: date) -> AgeFacts:
    """Return the coded facts of an age.

    ``may_be_child`` is the worker's statement that there are reasons to think the person is under
    18. A disputed age presumes a child; so does a range of plausible ages that reaches under 18,
    because ``adult_from`` comes from the latest plausible birth date.
    """
    presumed = may_be_child or status is AgeStatus.DISPUTED
    if birth.earliest is None or birth.latest is None:
        known = AgeStatus.DISPUTED if status is AgeStatus.DISPUTED else AgeStatus.UNKNOWN
        return AgeFacts(known, UNKNOWN_BAND, None, presumed)
    adult_from = monday_on_or_after(years_later(birth.latest, MAJORITY_YEARS))
    youngest, oldest = age_on(birth.latest, as_of), age_on(birth.earliest, as_of)
    in_doubt = youngest < MAJORITY_YEARS <= oldest
    band = SPANNING_BAND if in_doubt else band_of((youngest + oldest) // 2)
    return AgeFacts(status, band, adult_from, presumed or in_doubt)


def band_of(years: int) -> str:
    """Return the age band of completed years.

    >>> [band_of(years) for years in (0, 11, 17, 18, 60)]
    ['A00_04', 'A05_11', 'A15_17', 'A18_24', 'A60_PLUS']
    """
    return next(band for top, band in BANDS if years <= top)
