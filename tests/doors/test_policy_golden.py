"""The policy equals its reviewed table, and every single rule is seen in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from amparo.core import policy, rules
from amparo.core.conditions import Never, Not
from amparo.core.rights import Right
from amparo.core.rules import ALWAYS, BARS, Bar, Way, bars_on, ways_to
from tests.doors.policy_golden import PATH, rows

BAR_IDS = [bar.id for bar in BARS if bar.id != "purpose_missing"]
WAY_IDS = ["unit", "case_team", "delegate", "guardian", "emergency", "receiver", "role", "own", "machine"]


def test_the_policy_equals_the_golden_table() -> None:
    golden = PATH.read_text(encoding="utf-8").splitlines()
    differing = [pair for pair in zip(rows(), golden, strict=True) if pair[0] != pair[1]]
    assert not differing, "review, then: python -m tests.doors.policy_golden --write"


def _is_noticed() -> bool:
    golden = PATH.read_text(encoding="utf-8").splitlines()
    return any(now != before for now, before in zip(rows(), golden, strict=True))


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    yield
    bars_on.cache_clear()
    ways_to.cache_clear()


def _change_bar(monkeypatch: pytest.MonkeyPatch, bar_id: str, change: Bar | None) -> None:
    kept = [change if bar.id == bar_id else bar for bar in BARS]
    monkeypatch.setattr(rules, "BARS", tuple(bar for bar in kept if bar is not None))
    bars_on.cache_clear()


@pytest.mark.parametrize("bar_id", BAR_IDS)
def test_removing_a_bar_changes_the_table(monkeypatch: pytest.MonkeyPatch, bar_id: str) -> None:
    _change_bar(monkeypatch, bar_id, None)
    assert _is_noticed()


@pytest.mark.parametrize("bar_id", BAR_IDS)
def test_negating_a_bar_changes_the_table(monkeypatch: pytest.MonkeyPatch, bar_id: str) -> None:
    bar = next(bar for bar in BARS if bar.id == bar_id)
    _change_bar(monkeypatch, bar_id, replace(bar, when=Not(bar.when)))
    assert _is_noticed()


@pytest.mark.parametrize("way_id", WAY_IDS)
@pytest.mark.parametrize("when", [Never(), ALWAYS], ids=["never", "always"])
def test_closing_or_opening_a_way_changes_the_table(
    monkeypatch: pytest.MonkeyPatch, way_id: str, when: Never
) -> None:
    def changed(right: Right) -> tuple[Way, ...]:
        return tuple(replace(way, when=when) if way.id == way_id else way for way in ways_to(right))

    monkeypatch.setattr(policy, "ways_to", changed)
    assert _is_noticed()
