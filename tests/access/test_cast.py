"""The cast can be made through the real actions, and stands where it should."""

from __future__ import annotations

from amparo.core.policy import Role
from amparo.ledger.models import Entry
from tests.people import Cast


def test_bruno_and_amina_share_a_unit(cast: Cast) -> None:
    assert cast.amina.actor.unit_ids == cast.bruno.actor.unit_ids
    assert cast.bruno.actor.roles == {Role.SUPERVISOR}


def test_making_the_cast_is_in_the_ledger(cast: Cast) -> None:
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {"access.found_agency", "access.found_unit", "access.add_staff", "access.grant_post"}
