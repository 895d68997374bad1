"""What a file offers to open: procedures about a person, in the order of doctrine, and no gate."""

from __future__ import annotations

import pytest

from amparo.core.truth import Truth
from amparo.procedures.queries import list_offered
from tests.procedures.world import NO, NOW, OPEN, YES, World

NEW = (
    "needs-assessment",
    "guardianship",
    "best-interests-assessment",
    "best-interests-determination",
    "tracing",
    "resettlement",
)


def test_a_file_offers_procedures_about_a_person_and_no_gate():
    offered = [one.id for one in list_offered("", NOW.date(), child=OPEN)]
    assert (
        offered.index("screening") < offered.index("victim-identification") < offered.index("refugee-status")
    )
    assert "statelessness" in offered
    assert not {"return", "border-visit", "detention-visit"} & set(offered)


@pytest.mark.parametrize(("child", "is_offered"), [(YES, True), (OPEN, True), (NO, False)])
def test_procedures_for_children_are_offered_until_the_person_is_known_to_be_an_adult(
    child: Truth, is_offered: bool
):
    offered = {one.id for one in list_offered("", NOW.date(), child=child)}
    for_children = {"guardianship", "best-interests-assessment", "best-interests-determination"}
    assert for_children & offered == (for_children if is_offered else set())
    assert {"tracing", "needs-assessment", "resettlement"} <= offered


def test_a_visit_cannot_be_opened_on_a_file(world: World):
    with pytest.raises(ValueError, match="not about a person"):
        world.open("border-visit")


@pytest.mark.parametrize("definition", ["screening", "statelessness", *NEW])
def test_a_new_procedure_opens_on_a_file(world: World, definition: str):
    procedure_id = world.open(definition)
    assert definition in world.truths(procedure_id)
