"""Dates kept as text are said in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from amparo.access.data.days import say_day


@pytest.mark.parametrize(
    ("language", "kept", "said"),
    [
        ("es", "2008-10-30", "30/10/2008"),
        ("en", "2008-10-30", "30 Oct 2008"),
        ("es", "2008", "2008"),
        ("es", "2008-10", "2008-10"),
        ("es", "", ""),
        ("es", "2008-13-41", "2008-13-41"),
    ],
)
def test_a_day_is_said_and_a_year_stays(language: str, kept: str, said: str) -> None:
    with override(language):
        assert say_day(kept) == said
