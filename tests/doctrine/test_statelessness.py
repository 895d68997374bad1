"""Statelessness: silence settles nothing alone, nor does a law that the State itself does not follow."""

from __future__ import annotations

import pytest

from amparo.doctrine.registry import get_guide

BRANCHES = ("birth", "descent", "marriage", "residence", "former")


@pytest.mark.parametrize("branch", BRANCHES)
def test_an_authority_that_does_not_answer_has_not_treated_the_person_as_a_foreigner(branch: str) -> None:
    practice = get_guide("statelessness").texts[f"stateless.{branch}.practice"]
    assert practice.ask is not None
    assert "no respondieron" not in practice.ask["es"]
    assert "no answer" not in practice.ask["en"]
    assert any("silencio" in line["es"] and "no basta" in line["es"] for line in practice.look_for)
    assert any("Silence" in line["en"] and "not enough" in line["en"] for line in practice.look_for)


@pytest.mark.parametrize("branch", BRANCHES)
def test_the_law_alone_does_not_count_where_the_state_treats_the_person_as_a_national(branch: str) -> None:
    law = get_guide("statelessness").texts[f"stateless.{branch}.law"]
    assert any("a pesar de su ley" in line["es"] and "negativa" in line["es"] for line in law.look_for)
    assert any("in spite of its law" in line["en"] and "negative" in line["en"] for line in law.look_for)


@pytest.mark.parametrize("branch", BRANCHES)
def test_what_a_jurist_must_still_say_of_law_and_practice_is_on_the_branch(branch: str) -> None:
    text = get_guide("statelessness").texts[f"stateless.{branch}"]
    assert text.unverified
    assert text.verify is not None
