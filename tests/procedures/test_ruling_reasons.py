"""Why a panel looks again at its decision: whatever the order in which things came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amparo.procedures.data.rulings import Again, reasons_to_look_again

START = datetime(2026, 11, 20, tzinfo=UTC)
MOMENTS = st.integers(-50, 50).map(lambda hours: START + timedelta(hours=hours))
LISTS = st.lists(MOMENTS, max_size=4)


def ask(
    reviewed_at: datetime,
    decided_at: list[datetime],
    lapsed_at: list[datetime],
    now: datetime,
    *,
    has_new_facts: bool = False,
) -> frozenset[Again]:
    return reasons_to_look_again(
        START, reviewed_at, has_new_facts=has_new_facts, decided_at=decided_at, lapsed_at=lapsed_at, now=now
    )


@given(MOMENTS, LISTS, LISTS, MOMENTS, st.booleans(), st.randoms())
def test_order_and_repetition_mean_nothing(reviewed_at, decided, lapsed, now, is_new, random):
    found = ask(reviewed_at, decided, lapsed, now, has_new_facts=is_new)
    mixed = [*decided, *decided], [*lapsed, *lapsed]
    for one in mixed:
        random.shuffle(one)
    assert ask(reviewed_at, *mixed, now, has_new_facts=is_new) == found


@given(MOMENTS, LISTS, LISTS, MOMENTS, LISTS, LISTS, st.integers(0, 50))
def test_what_comes_later_never_lets_a_decision_stand_again(
    reviewed_at, decided, lapsed, now, more_decided, more_lapsed, hours
):
    before = ask(reviewed_at, decided, lapsed, now)
    later = now + timedelta(hours=hours)
    after = ask(reviewed_at, [*decided, *more_decided], [*lapsed, *more_lapsed], later)
    assert before <= after
    assert before <= ask(reviewed_at, decided, lapsed, later, has_new_facts=True)


@given(LISTS, LISTS, MOMENTS, MOMENTS)
def test_a_decision_stands_exactly_while_nothing_came_after_it(decided, lapsed, reviewed_at, now):
    stands = now < reviewed_at and max([START, *decided]) == START and all(at < START for at in lapsed)
    assert (not ask(reviewed_at, decided, lapsed, now)) is stands
