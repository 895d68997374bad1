"""Whoever leaves loses the named keys that the post carried; no sealed file is lost by it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from amparo.access import actions
from amparo.access.actions import posts
from amparo.access.models import Grant, Membership
from amparo.access.queries import machine_actor
from amparo.core.policy import Relation, Role
from amparo.vault.actions import grant_unit
from amparo.vault.models import Wrap
from tests.cases.conftest import NOW, House
from tests.cases.conftest import house as house
from tests.people import Member


def end_post(member: Member, unit_id: UUID) -> None:
    post = Membership.objects.get(staff_id=member.id, unit_id=unit_id, until_at=None)
    actions.end_post(machine_actor("setup", now=NOW), now=NOW, post_id=post.id)


def seal(house: House, *members: Member) -> None:
    staff_ids = {member.id for member in members}
    actions.seal_case(house.bruno, now=NOW, person_id=house.lucia, staff_ids=staff_ids)


def named_keys(house: House, member: Member) -> int:
    held = Wrap.objects.filter(holder="user", holder_id=member.id, record__identity_id=house.lucia)
    return held.count()


def assert_leaves_nothing_behind(house: House) -> None:
    amina, bruno = house.cast.amina, house.cast.bruno
    seal(house, amina, bruno)
    assert named_keys(house, amina) == 5
    end_post(amina, amina.unit_id)
    assert (named_keys(house, amina), named_keys(house, bruno)) == (0, 5)
    lasting = Grant.objects.filter(staff_id=amina.id, until_at=None)
    assert not lasting.filter(relation=Relation.CASE_TEAM).exists()


def test_a_named_member_of_a_sealed_case_leaves_its_keys_behind(house: House) -> None:
    assert_leaves_nothing_behind(house)


def test_a_planted_end_that_forgets_the_named_keys_is_caught(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "leave_files", lambda *_args, now: 0)
    with pytest.raises(AssertionError):
        assert_leaves_nothing_behind(house)


def test_the_only_one_who_opens_a_sealed_file_does_not_lose_it_for_everybody(house: House) -> None:
    amina, bruno = house.cast.amina, house.cast.bruno
    seal(house, amina, bruno)
    end_post(amina, amina.unit_id)
    grant_unit(bruno.keys, bruno.unit_id, house.cast.dora.id, NOW)  # the last key of a unit is not taken
    end_post(bruno, bruno.unit_id)
    assert named_keys(house, bruno) == 5


def test_a_delegate_loses_the_file_with_the_last_post_only(house: House) -> None:
    dora = house.cast.dora
    until_at = NOW + timedelta(days=7)
    actions.delegate(house.bruno, now=NOW, person_id=house.lucia, staff_id=dora.id, until_at=until_at)
    setup = machine_actor("setup", now=NOW)
    actions.grant_post(setup, now=NOW, staff_id=dora.id, unit_id=dora.unit_id, role=Role.SUPERVISOR)
    first, last = Membership.objects.filter(staff_id=dora.id, until_at=None).order_by("id")
    actions.end_post(setup, now=NOW, post_id=first.id)
    assert named_keys(house, dora) == 5
    grant_unit(dora.keys, dora.unit_id, house.cast.chidi.id, NOW)  # the last key of a unit is not taken
    actions.end_post(setup, now=NOW, post_id=last.id)
    assert named_keys(house, dora) == 0
