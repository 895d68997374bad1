"""Search finds what was just committed, by anyone in the unit, and nothing that may not be known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access import forgetting
from amparo.access.data import Locked
from amparo.access.gate import writes_outside_actions
from amparo.cases import name_memory, queries
from amparo.cases.data import NameEntry, NameKind
from amparo.ledger.models import Entry
from tests.cases.conftest import NOW, House, name, register
from tests.cases.test_register import edit


def codes(house: House, text: str, actor: object = None) -> list[str]:
    found = queries.search_people(actor or house.amina, text, now=NOW)  # type: ignore[arg-type]
    return [candidate.person.code for candidate in found]


@pytest.mark.parametrize(
    "text", ["lucia nanez", "QUISPE ÑAÑEZ LUCIA", "Luzia Esperansa", "Лусия Ньяньес Киспе"]
)
def test_a_person_is_found_under_another_spelling(house: House, text: str) -> None:
    assert codes(house, text)[0] == house.code


def test_a_colleague_finds_the_person_and_dora_does_not(house: House) -> None:
    assert codes(house, "Lucía Ñáñez", house.bruno) == [house.code]
    assert codes(house, "Lucía Ñáñez", house.dora) == []


def test_locked_there_is_no_search_by_name_but_by_code(house: House) -> None:
    locked = house.cast.amina.locked.as_of(NOW)
    with pytest.raises(Locked):
        codes(house, "Lucía", locked)
    found = queries.find_by_typed_code(locked, house.code.lower().replace("-", " "))
    assert found is not None
    assert found.id == house.lucia
    assert queries.find_by_typed_code(house.dora, house.code) is None


def test_a_changed_name_is_found_and_the_old_one_is_not(house: House) -> None:
    assert codes(house, "Quispe") == [house.code]
    edit(house.bruno, house, 1, "Milagros")
    assert codes(house, "Milagros") == [house.code]
    assert codes(house, "Esperanza Quispe") == []


def test_the_ledger_counts_a_search_and_never_holds_its_text(house: House) -> None:
    before = Entry.objects.count()
    codes(house, "Quispe Zutano")
    rows = list(Entry.objects.order_by("at", "id")[before:].values_list("verb", "details"))
    assert rows
    assert "utano" not in repr(rows)


def test_idle_names_are_dropped_from_memory(house: House) -> None:
    codes(house, "Quispe")
    (held,) = name_memory._held.values()
    name_memory.sweep(held.used + name_memory.IDLE.total_seconds() - 1)
    assert name_memory._held
    name_memory.sweep(held.used + name_memory.IDLE.total_seconds() + 1)
    assert not name_memory._held


def test_locking_drops_what_a_user_holds(house: House) -> None:
    client = house.cast.amina.client(Client())
    assert client.post("/people/search/", {"text": "Quispe"}).status_code == 200
    assert name_memory._held
    client.post("/lock/")
    assert not name_memory._held


def test_forgetting_drops_what_a_user_holds(house: House) -> None:
    codes(house, "Quispe")
    name_memory.forget(house.cast.amina.id)
    assert not name_memory._held


def test_an_erased_person_is_forgotten_by_every_memory(house: House) -> None:
    assert codes(house, "Quispe") == [house.code]
    with writes_outside_actions("the erasure's own action is tested in access"):
        forgetting.tell_erasure(house.lucia)
    assert codes(house, "Quispe") == []
    assert len(name_memory._held[house.cast.amina.id, house.cast.amina.unit_id].index) == 0


def test_duplicates_are_those_much_alike(house: House) -> None:
    alike = queries.find_duplicates(house.amina, [name("Luzia", "Nañez")], now=NOW)
    assert [candidate.person.code for candidate in alike] == [house.code]
    assert queries.find_duplicates(house.amina, [name("Pedro", "Castillo")], now=NOW) == []


def count_queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_a_search_costs_the_same_however_many_people_there_are(house: House) -> None:
    codes(house, "Quispe")
    few = count_queries(lambda: codes(house, "Quispe"))
    for number in range(12):
        register(house.amina, house.cast.amina.unit_id, name(f"Nadie {number}", "Zzyzx"))
    codes(house, "Quispe")
    assert count_queries(lambda: codes(house, "Quispe")) == few


words = st.text(alphabet="abcdefgilmnorstuáéñ", min_size=3, max_size=9)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, words, st.booleans()), min_size=1, max_size=3))
def test_search_finds_what_was_just_committed(house: House, typed: list[tuple[str, str, bool]]) -> None:
    for given_name, surname, is_bruno in typed:
        writer = house.bruno if is_bruno else house.amina
        person_id = register(writer, house.cast.amina.unit_id, name(given_name, surname))
        found = queries.search_people(house.amina, f"{surname} {given_name}", now=NOW)
        assert person_id in {candidate.person.id for candidate in found}


def test_a_letter_or_a_given_name_alone_is_no_likeness(house: House) -> None:
    assert codes(house, "L") == []
    (found,) = queries.search_people(house.amina, "Lucía", now=NOW)
    assert found.score < 82
    typed = NameEntry(NameKind.OFFICIAL, "Lucía")
    assert queries.find_duplicates(house.amina, [typed], now=NOW) == []
    whole = NameEntry(NameKind.OFFICIAL, "Lucia", "Nanez")
    assert [one.person.code for one in queries.find_duplicates(house.amina, [whole], now=NOW)] == [house.code]
