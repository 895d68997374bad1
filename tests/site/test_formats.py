"""Dates read the same to everybody, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize(("language", "day"), [("es", "07/08/2026"), ("en", "7 Aug 2026")])
def test_a_short_date_cannot_be_misread(language: str, day: str) -> None:
    with override(language):
        assert date_format(date(2026, 8, 7), "SHORT_DATE_FORMAT") == day


def test_english_times_are_of_twenty_four_hours() -> None:
    with override("en"):
        assert (
            date_format(datetime(2026, 8, 7, 19, 5, tzinfo=UTC), "SHORT_DATETIME_FORMAT")
            == "7 Aug 2026, 19:05"
        )
