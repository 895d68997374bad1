"""Names: one normal form for every script, and a comparison that is fair to how people write."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.core import names
from amparo.core.names import compare, normalise

LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúüñçãõäöåøłşğ"
a_word = st.text(alphabet=LETTERS, min_size=2, max_size=12)
a_name = st.lists(a_word, min_size=1, max_size=5).map(" ".join)
anything = st.text(max_size=40)


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(names).failed == 0


@given(anything, anything)
def test_comparison_is_symmetric(left: str, right: str) -> None:
    assert compare(left, right) == compare(right, left)


@given(anything, anything)
def test_comparison_stays_between_nothing_and_all(left: str, right: str) -> None:
    assert 0.0 <= compare(left, right) <= 100.0


@given(a_name, st.randoms(use_true_random=False))
def test_order_does_not_matter(name: str, rng: object) -> None:
    parts = name.split()
    rng.shuffle(parts)  # type: ignore[attr-defined]
    assert normalise(" ".join(parts)) == normalise(name)


@given(a_name)
def test_case_and_accents_do_not_matter(name: str) -> None:
    assert normalise(name.upper()) == normalise(name) == normalise(names.romanise(name))


@given(a_name)
def test_a_name_is_wholly_like_itself(name: str) -> None:
    assert compare(name, name) == 100.0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("María José Núñez Pérez", "Perez Nunez Maria Jose"),
        ("Ana de los Ángeles Rojas", "Ana Angeles Rojas"),
        ("Владимир Щукин", "Vladimir Shchukin"),
        ("ተስፋዬ ወልደ", "Tesfaye Welde"),
        ("ሰላም ገብረ", "SELAM GEBRE"),
        ("Jean-Baptiste Étienne", "Jean Baptiste Etienne"),
        ("Ali\u200fHasan", "AliHasan"),
    ],
)
def test_spellings_of_one_name_are_the_same(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("محمد يوسف", "Mohamed Youssef"),
        ("حسين خالد", "Hussein Khalid"),
        ("Ana Gómez Rojas", "Ana Gómez"),
        ("Yolanda Quiñones Vásquez", "Iolanda Kinones Vasques"),
        ("Хуссейн Махмудов", "Hussein Makhmudov"),
        ("M. Castillo Rojas", "Mario Castillo Rojas"),
        ("Abd Allah Nasser", "Abdallah Naser"),
    ],
)
def test_other_spellings_are_much_alike(left: str, right: str) -> None:
    assert compare(left, right) > 80


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("خالد خليل", "Jldphrupayxq Jowlupkykpbm"),
        ("علي", "Alejandrina"),
        ("سارة ملك", "Serafina Malakhovskaya"),
    ],
)
def test_few_consonants_are_not_like_every_word_that_they_begin(left: str, right: str) -> None:
    assert compare(left, right) < 70


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ana Gómez", "Pedro Castillo"),
        ("Amina Diallo", "Bruno Salas"),
        ("", "Ana"),
        ("محمد يوسف", "Ana Rojas"),
    ],
)
def test_other_names_are_not_alike(left: str, right: str) -> None:
    assert compare(left, right) < 60
