"""Ways to a conclusion in words: what is to be answered in the negative says so, line by line."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from amparo.core.evaluation import evaluate
from amparo.core.truth import Truth
from amparo.doctrine.registry import get_guide, list_guides
from amparo.procedures.queries.assessing import Assessment
from amparo.procedures.queries.elements import ways_to
from amparo.procedures.queries.memorandum import list_way_lines

YES, NO = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED
GUIDES = [file.id for file in list_guides() if file.is_scored]


def unanswered(guide_id: str) -> Assessment:
    guide = get_guide(guide_id)
    return Assessment(guide, evaluate(guide.logic, {}, child=NO), {}, {})


def test_what_rules_out_statelessness_says_which_answers_are_negative() -> None:
    with override("es"):
        first, *_rest = list_way_lines(unanswered("statelessness"), NO, "es")
    assert first == [
        "Vínculo por nacimiento (con respuesta afirmativa)",
        "La ley del lugar de nacimiento no la hace nacional (con respuesta negativa)",
        "En la práctica, ese Estado no la trata como nacional (con respuesta negativa)",
    ]


@pytest.mark.parametrize("guide_id", GUIDES)
@pytest.mark.parametrize("truth", [YES, NO], ids=["established", "ruled out"])
def test_no_negative_answer_goes_without_saying(guide_id: str, truth: Truth) -> None:
    assessment = unanswered(guide_id)
    for element in assessment.guide.logic.by_id:
        ways = ways_to(assessment, element, truth, "en")
        choices = [choice for way in ways for slot in way.slots for choice in slot]
        assert all(choice.says_answer for choice in choices if truth is NO or not choice.is_yes)
        assert not any(choice.says_answer for choice in choices if truth is YES and choice.is_yes)
