"""Families: founded from a page, drawn with a table, and only of people whom the reader may know."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from amparo.cases import actions, queries
from amparo.cases.data import NameEntry, NameKind, PersonRef
from amparo.cases.data.network import ROW, Tie, draw
from amparo.cases.models import FamilyMember
from tests.cases.conftest import NOW, House, name, register


def code_of(house: House, person_id: UUID) -> str:
    return queries.get_refs(house.amina, [person_id])[person_id].code


@pytest.fixture
def sister(house: House) -> UUID:
    return register(house.amina, house.cast.amina.unit_id, name("Hermana"))


@pytest.fixture
def amina(house: House) -> Client:
    client = house.cast.amina.client(Client())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_family_is_founded_from_the_page_and_both_see_each_other(
    house: House, amina: Client, sister: UUID
) -> None:
    typed = {"role": "SIBLING", "code_1": code_of(house, sister), "role_1": "SIBLING"}
    answer = amina.post(f"/files/{house.code}/family/new/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"/files/{house.code}/family/")
    assert FamilyMember.objects.count() == 2
    html = amina.get(f"/files/{house.code}/family/").content.decode()
    assert html.count("Hermana") == 2, "once drawn, once in the table"
    assert "Yes, as a family" in html
    assert house.code in amina.get(f"/files/{code_of(house, sister)}/family/").content.decode()


def test_what_was_typed_wrongly_stays_and_says_so(house: House, amina: Client, sister: UUID) -> None:
    url = f"/files/{house.code}/family/new/"
    own = {"role": "SIBLING", "code_1": house.code, "role_1": "SIBLING"}
    assert "named already" in amina.post(url, own).content.decode()
    without_role = {
        "role": "SIBLING",
        "code_1": code_of(house, sister),
        "role_1": "OTHER",
        "code_2": "AM-2222-2222",
    }
    answer = amina.post(url, without_role)
    assert answer.status_code == 422
    assert "AM-2222-2222" in answer.content.decode()
    assert FamilyMember.objects.count() == 0


def test_a_file_that_may_not_be_known_answers_like_one_that_does_not_exist(
    house: House, amina: Client
) -> None:
    hidden = register(house.dora, house.cast.dora.unit_id, name("Ajena"))
    (code,) = (ref.code for ref in queries.get_refs(house.dora, [hidden]).values())
    url = f"/files/{house.code}/family/new/"
    real, made_up = (
        amina.post(url, {"role": "SIBLING", "code_1": one, "role_1": "SIBLING"}).content.decode()
        for one in (code, "AM-2222-2222")
    )
    token = 'name="csrfmiddlewaretoken" value="'
    strip = [text.split(token)[0] for text in (real.replace(code, "AM-2222-2222"), made_up)]
    assert strip[0] == strip[1]
    assert real.count("no file with this code") == made_up.count("no file with this code") > 0


def test_the_network_names_each_once_and_nobody_unknown(house: House, sister: UUID) -> None:
    about = {"now": NOW, "person_id": house.lucia}
    actions.relate(house.amina, **about, kind="SIBLING", other_id=sister)
    actions.relate(house.amina, **about, kind="TRAVELLED_WITH", other_id=sister)
    actions.relate(house.amina, **about, kind="MOTHER", name=NameEntry(NameKind.SPOKEN, "Petrona"))
    actions.found_family(house.amina, **about, role="SIBLING", others={sister: "SIBLING"})
    network = queries.get_network(house.amina, house.lucia, None, now=NOW)
    first, second = (node.tie for node in network.nodes)
    assert (first.kinds, first.is_family) == (("SIBLING", "TRAVELLED_WITH"), True)
    assert (second.other, second.kinds, second.name) == (None, ("MOTHER",), None)


def test_boxes_do_not_overlap_and_stay_in_the_drawing() -> None:
    ties = [Tie(PersonRef(UUID(int=1), "AM-2222-2222"), None, ("OTHER",), False)] * 5
    network = draw(ties)
    tops = [node.y for node in network.nodes]
    assert all(after - before == ROW for before, after in pairwise(tops))
    assert tops[-1] + 44 <= network.height
