"""Three independent histories that never overlap on themselves."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.data import Stale
from amparo.access.gate import writes_outside_actions
from amparo.cases.actions import correct_status, record_status
from amparo.cases.data import Axis, BadInterval, StatusOverlap
from amparo.cases.models import StatusInterval
from amparo.cases.queries import current_statuses, find_replacement, list_statuses
from amparo.core.refusal import Refusal, Unknown
from tests.cases.conftest import NOW, House

DAY = date(2026, 1, 1)


def record(house: House, code: str, start: date, end: date | None = None, axis: Axis = Axis.MANDATE) -> None:
    record_status(
        house.amina,
        now=NOW,
        person_id=house.lucia,
        axis=axis,
        code=code,
        from_date=start,
        until_date=end,
        basis="STATED",
    )


def standing(house: House) -> list[str]:
    return [status.code for status in current_statuses(house.lucia, as_of=NOW.date())]


def test_nothing_recorded_is_unknown_on_every_axis(house: House) -> None:
    assert standing(house) == ["", "", ""]


def test_one_axis_says_nothing_about_the_others(house: House) -> None:
    record(house, "IDENTIFIED", DAY, axis=Axis.TRAFFICKING)
    assert standing(house) == ["", "IDENTIFIED", ""]


def test_a_new_status_ends_the_open_one_and_keeps_it_in_the_history(house: House) -> None:
    record(house, "ASY", DAY)
    record(house, "REF", date(2026, 6, 1))
    history = list_statuses(house.amina, house.lucia)[Axis.MANDATE]
    assert [(each.code, each.until_date) for each in history] == [("REF", None), ("ASY", date(2026, 6, 1))]
    assert StatusInterval.objects.filter(person_id=house.lucia).count() == 3


def test_overlap_and_backward_intervals_are_refused(house: House) -> None:
    record(house, "ASY", DAY, date(2026, 3, 1))
    with pytest.raises(StatusOverlap):
        record(house, "REF", date(2026, 2, 1), date(2026, 4, 1))
    with pytest.raises(BadInterval):
        record(house, "REF", date(2026, 4, 1), date(2026, 4, 1))


def test_the_database_itself_refuses_an_overlap(house: House) -> None:
    record(house, "ASY", DAY, date(2026, 3, 1))
    row = StatusInterval.objects.get(person_id=house.lucia)
    row.pk, row.from_date, row.until_date = None, date(2026, 2, 1), None
    with writes_outside_actions("a planted breach"), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_a_correction_voids_the_old_row_and_the_second_of_two_is_stale(house: House) -> None:
    record(house, "ASY", DAY)
    wrong = StatusInterval.objects.get(person_id=house.lucia).id

    def correct(actor: object, code: str) -> None:
        correct_status(
            actor,  # type: ignore[arg-type]
            now=NOW,
            person_id=house.lucia,
            interval_id=wrong,
            code=code,
            from_date=DAY,
            until_date=None,
            basis="DOCUMENT",
        )

    correct(house.amina, "REF")
    with pytest.raises(Stale):
        correct(house.bruno, "STA")
    assert standing(house)[0] == "REF"
    now_standing = find_replacement(house.amina, house.lucia, wrong)
    assert now_standing is not None
    assert (now_standing.code, now_standing.version) == ("REF", 2)


def test_dora_records_nothing(house: House) -> None:
    with pytest.raises((Unknown, Refusal)):
        record_status(
            house.dora,
            now=NOW,
            person_id=house.lucia,
            axis=Axis.MANDATE,
            code="REF",
            from_date=DAY,
            basis="STATED",
        )


spans = st.tuples(st.integers(0, 60), st.none() | st.integers(1, 40))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(spans, max_size=6))
def test_whatever_is_recorded_intervals_never_overlap(
    house: House, asked: list[tuple[int, int | None]]
) -> None:
    with transaction.atomic():
        for start, length in asked:
            begin = DAY + timedelta(days=start)
            try:
                record(house, "ASY", begin, begin + timedelta(days=length) if length else None)
            except (StatusOverlap, BadInterval):
                continue
        rows = StatusInterval.objects.filter(person_id=house.lucia, voided_at=None).order_by("from_date")
        taken = [(row.from_date, row.until_date or date.max) for row in rows]
        transaction.set_rollback(True)
    assert all(end <= start for (_, end), (start, _) in pairwise(taken))
