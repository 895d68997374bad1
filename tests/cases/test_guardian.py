"""What a guardian is shown of a child's file: that it is theirs, and only the ways that they may go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import resolve, reverse

from amparo.access.actions import appoint_guardian, end_grant
from amparo.access.models import Grant, Membership
from amparo.cases import actions, queries, tabs
from amparo.cases.data import AgeStatus, Birth, Precision, TaskKind, WorkGroup
from amparo.core.policy import Relation, Role
from tests.cases.conftest import NOW, House, name
from tests.people import Member

SECRET = "Lo que la niña contó en confianza."
BORN = date(2015, 5, 4)
APPOINTED = datetime.now(UTC) - timedelta(hours=1)


@dataclass
class Ward:
    """A girl of the shelter; Dora, for this test a guardian by profession, is appointed hers."""

    house: House
    person_id: UUID
    code: str

    @property
    def guardian(self) -> Member:
        return self.house.cast.dora


@pytest.fixture
def ward(house: House) -> Ward:
    nila = actions.register_person(
        house.amina,
        now=NOW,
        unit_id=house.cast.amina.unit_id,
        names=[name("Nila", "Coc")],
        birth=Birth(Precision.EXACT, BORN, BORN),
        age_status=AgeStatus.KNOWN,
    )
    actions.add_task(house.amina, now=NOW, person_id=nila, kind=TaskKind.CALL, due_at=NOW, text=SECRET)
    Membership.objects.filter(staff_id=house.cast.dora.id).update(role=Role.GUARDIAN)
    appoint_guardian(
        house.cast.bruno.actor_at(APPOINTED),
        now=APPOINTED,
        person_id=nila,
        staff_id=house.cast.dora.id,
        until_at=APPOINTED + timedelta(days=30),
    )
    return Ward(house, nila, queries.get_refs(house.amina, [nila])[nila].code)


def charges(ward: Ward) -> list[str]:
    now = datetime.now(UTC)
    items = queries.list_new_charges(ward.guardian.actor_at(now), now)
    assert all(item.group is WorkGroup.NEW for item in items)
    return [item.code for item in items]


def test_the_child_stands_in_the_guardians_worklist_until_they_open_the_file(
    ward: Ward, client: Client
) -> None:
    guardian = ward.guardian.client(client)
    url = reverse("cases_file", args=[ward.code])
    for _ in range(2):
        assert f'href="{url}"' in guardian.get("/").content.decode()
    assert charges(ward) == [ward.code]
    assert guardian.get(url).status_code == 200
    assert charges(ward) == []


def test_whose_appointment_ended_is_told_of_nobody(ward: Ward) -> None:
    grant = Grant.objects.get(relation=Relation.GUARDIAN)
    now = datetime.now(UTC)
    end_grant(ward.house.cast.bruno.actor_at(now), now=now, person_id=ward.person_id, grant_id=grant.id)
    assert charges(ward) == []


def test_nobody_else_is_told_of_the_appointment(ward: Ward) -> None:
    now = datetime.now(UTC)
    for who in ("amina", "bruno", "chidi", "eve", "ines", "consul"):
        assert queries.list_new_charges(ward.house.cast.everybody[who].actor_at(now), now) == []


@pytest.mark.parametrize("is_unlocked", [True, False])
def test_every_way_that_a_guardian_is_shown_is_open_to_them(
    ward: Ward, client: Client, is_unlocked: bool
) -> None:
    guardian = ward.guardian.client(client, is_unlocked=is_unlocked)
    root = f"/files/{ward.code}/"
    seen, waiting = set(), [root]
    while waiting:
        url = waiting.pop()
        page = guardian.get(url)
        assert page.status_code == 200, url
        html = page.content.decode()
        assert SECRET not in html
        seen.add(url)
        waiting += set(re.findall(rf'href="({root}[^"#?]*)"', html)) - seen - set(waiting)
        assert f'action="{root}' not in html
    names = {resolve(url).url_name for url in seen}
    assert {"cases_file", "cases_plan", "cases_consents", "cases_timeline", "cases_access"} <= names
    assert not names & {"procedures_of_file", "panels_of_file", "referrals_of_file", "solutions_return"}


def test_a_guardian_is_not_told_that_nothing_is_planned(ward: Ward, client: Client) -> None:
    url = reverse("cases_file", args=[ward.code])
    assert "am-file__next" not in ward.guardian.client(client).get(url).content.decode()
    assert "am-file__next" in ward.house.cast.amina.client(Client()).get(url).content.decode()


def test_a_tab_names_the_right_of_its_page() -> None:
    for tab in tabs.list_tabs():
        view = resolve(reverse(tab.url_name, args=["AM-2222-2222"])).func
        assert tab.right == vars(view)["right"], tab.url_name
