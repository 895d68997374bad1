"""The timeline in words: every kind of event has a name in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import amparo
from amparo.cases import timeline

SOURCE = Path(amparo.__file__).parent
KIND = re.compile(r'TimelineItem\((?:[^()]|\([^()]*\))*?(?:kind=|at, )"(\w+)"')


def kinds_of_upper_rooms() -> set[str]:
    texts = [
        path.read_text(encoding="utf-8") for path in SOURCE.glob("*/**/*.py") if "cases" not in path.parts
    ]
    return {kind for text in texts for kind in KIND.findall(text)}


def test_the_kinds_of_the_upper_rooms_are_found() -> None:
    assert {"stage", "finding", "certificate", "return", "incident", "referral", "panel"} <= (
        kinds_of_upper_rooms()
    )


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_of_event_has_words(language: str) -> None:
    with override(language):
        assert [kind for kind in sorted(kinds_of_upper_rooms()) if timeline.kind_label(kind) == kind] == []


def test_a_kind_that_nobody_named_is_seen_by_this_test() -> None:
    assert timeline.kind_label("unheard_of") == "unheard_of"
