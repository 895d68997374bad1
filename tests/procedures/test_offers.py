"""What a file offers to open: procedures about a person, in the order of doctrine, and no gate."""

from __future__ import annotations

import pytest

from amparo.procedures.queries import list_offered
from tests.procedures.world import NOW, World


def test_a_file_offers_procedures_about_a_person_and_no_gate():
    offered = [one.id for one in list_offered("", NOW.date())]
    assert (
        offered.index("screening") < offered.index("victim-identification") < offered.index("refugee-status")
    )
    assert "statelessness" in offered
    assert not {"return", "border-visit", "detention-visit"} & set(offered)


def test_a_visit_cannot_be_opened_on_a_file(world: World):
    with pytest.raises(ValueError, match="not about a person"):
        world.open("border-visit")


@pytest.mark.parametrize("definition", ["screening", "statelessness"])
def test_a_new_procedure_opens_on_a_file(world: World, definition: str):
    procedure_id = world.open(definition)
    assert definition in world.truths(procedure_id)
