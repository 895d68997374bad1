"""What cannot be is refused by the actions, whoever calls them: a form, an import, a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from amparo.cases import actions
from amparo.cases.data import Axis, Birth, NoteKind, Precision, TaskKind
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
from amparo.cases.models import Consent, Need, Note, Person, StatusInterval, Task
from amparo.core.refusal import Refusal
from amparo.core.sharing import Item
from tests.cases.conftest import NOW, House, name

TODAY = NOW.date()
DAY = timedelta(days=1)
YEAR = timedelta(days=366)
NEXT_YEAR = Birth(Precision.PARTIAL, date(2027, 1, 1), date(2027, 12, 31))


def exact(day: date) -> Birth:
    return Birth(Precision.EXACT, day, day)


def born(house: House, birth: Birth) -> object:
    unit_id = house.cast.amina.unit_id
    return actions.register_person(house.amina, now=NOW, unit_id=unit_id, names=[name("Ana")], birth=birth)


def noted(house: House, day: date) -> object:
    about: dict[str, Any] = {"now": NOW, "person_id": house.lucia}
    return actions.add_note(house.amina, **about, kind=NoteKind.CONTACT, happened_on=day, text="Vino.")


def at_risk(house: House, day: date) -> object:
    about: dict[str, Any] = {"now": NOW, "person_id": house.lucia, "axis": Axis.TRAFFICKING}
    return actions.record_status(house.amina, **about, code="AT_RISK", from_date=day, basis="STATED")


def agreed(house: House, start: date, end: date) -> object:
    about: dict[str, Any] = {"now": NOW, "person_id": house.lucia, "purpose": "ASYLUM"}
    terms = {"recipients": [house.cast.chidi.unit_id], "data_items": [Item.NAMES]}
    return actions.record_consent(house.amina, **about, **terms, from_date=start, until_date=end)


def owed(house: House, day: date) -> object:
    about: dict[str, Any] = {"now": NOW, "person_id": house.lucia, "kind": TaskKind.FOLLOW_UP}
    return actions.add_task(house.amina, **about, due_at=datetime.combine(day, time(12), UTC))


def needed(house: House, day: date) -> object:
    about: dict[str, Any] = {"now": NOW, "person_id": house.lucia, "code": "SM", "urgency": "HIGH"}
    return actions.add_need(house.amina, **about, target_date=day)


Deed = Callable[[House], object]
CASES: list[tuple[Deed, type[Refusal]]] = [
    (lambda house: born(house, exact(TODAY + 2 * DAY)), BirthInFuture),
    (lambda house: born(house, NEXT_YEAR), BirthInFuture),
    (lambda house: born(house, exact(date(1899, 12, 31))), BirthTooEarly),
    (lambda house: noted(house, TODAY + 2 * DAY), HappensInFuture),
    (lambda house: noted(house, date(1899, 12, 31)), HappensTooEarly),
    (lambda house: at_risk(house, TODAY + 2 * DAY), HappensInFuture),
    (lambda house: at_risk(house, date.min), HappensTooEarly),
    (lambda house: owed(house, date.min), DueTooFar),
    (lambda house: owed(house, date.max), DueTooFar),
    (lambda house: needed(house, date.max), DueTooFar),
    (lambda house: agreed(house, TODAY, TODAY - DAY), BadInterval),
    (lambda house: agreed(house, TODAY - 11 * YEAR, TODAY), ConsentTooOld),
    (lambda house: agreed(house, TODAY, TODAY + 5 * YEAR), ConsentTooLong),
]


@pytest.mark.parametrize(("deed", "refusal"), CASES)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    house: House, deed: Deed, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        deed(house)
    assert refused.value.reason
    kept = [table.objects.count() for table in (Consent, Need, Note, StatusInterval, Task)]
    assert (kept, Person.objects.count()) == ([0] * 5, 1)


def test_today_is_never_refused_wherever_it_is(house: House) -> None:
    """Fifteen hours in UTC is tomorrow already in the Pacific."""
    for day in (TODAY, TODAY + DAY):
        born(house, exact(day))
        noted(house, day)
    at_risk(house, TODAY + DAY)
    agreed(house, TODAY, TODAY)
