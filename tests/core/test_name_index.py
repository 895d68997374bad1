"""The index in memory: finds what was put, forgets what was removed."""

from __future__ import annotations

import doctest
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.core import name_index
from amparo.core.name_index import NameIndex

a_name = st.lists(
    st.text(alphabet="abcdefgilmnorstuáéñ", min_size=3, max_size=9), min_size=2, max_size=4
).map(" ".join)
PEOPLE = {
    1: ["María José Núñez Pérez", "Marijo"],
    2: ["Владимир Щукин"],
    3: ["محمد يوسف"],
    4: ["ተስፋዬ ወልደ ገብረ"],
    5: ["María Fernanda López"],
}


def index() -> NameIndex:
    made = NameIndex()
    for number, spellings in PEOPLE.items():
        made.put(UUID(int=number), spellings)
    return made


def first(query: str) -> int:
    return index().find(query, limit=1)[0].person_id.int


def test_the_example_of_the_module_holds() -> None:
    assert doctest.testmod(name_index).failed == 0


def test_each_script_is_found_from_latin() -> None:
    asked = ["nunes perez maria", "bladimir shukin", "mohamed youssef", "tesfaye gebre"]
    assert [first(query) for query in asked] == [1, 2, 3, 4]


def test_an_alias_leads_to_the_person_and_says_which_name_it_was() -> None:
    found = index().find("marijo", limit=1)[0]
    assert (found.person_id.int, found.name_number) == (1, 1)


def test_a_removed_person_is_not_found() -> None:
    made = index()
    made.remove(UUID(int=2))
    assert UUID(int=2) not in {found.person_id for found in made.find("Владимир Щукин", limit=10)}
    assert len(made) == len(PEOPLE) - 1


def test_new_names_replace_the_old() -> None:
    made = index()
    made.put(UUID(int=2), ["Otro Nombre"])
    assert made.find("otro nombre", limit=1)[0].person_id.int == 2
    assert UUID(int=2) not in {found.person_id for found in made.find("shchukin", limit=10)}


def test_nothing_is_like_nothing() -> None:
    assert index().find("", limit=10) == []
    assert NameIndex().find("ana", limit=10) == []


@given(st.lists(a_name, min_size=1, max_size=30, unique=True), st.data())
def test_every_name_is_found_by_itself(names: list[str], data: st.DataObject) -> None:
    made = NameIndex()
    for number, name in enumerate(names):
        made.put(UUID(int=number), [name])
    asked = data.draw(st.sampled_from(names))
    assert made.find(asked, limit=1)[0].score == 100.0


@pytest.mark.parametrize(
    ("asked", "borne", "alike"),
    [
        ("Yolanda", "Yolanda Caldera", "Ileana"),
        ("Marizol", "Marisol Arboleda Ríos", "Mari"),
        ("Arboleda Marisol", "Marisol Arboleda de la Cruz", "Maricel Arboledas"),
    ],
)
def test_who_bears_the_name_comes_before_who_bears_one_like_it(asked: str, borne: str, alike: str) -> None:
    index = NameIndex()
    index.put(UUID(int=1), ["Ana Rojas", alike])
    index.put(UUID(int=2), [borne])
    first, *_others = index.find(asked, limit=5)
    assert first.person_id == UUID(int=2)
    assert first.is_whole
    assert all(not other.is_whole for other in _others)
