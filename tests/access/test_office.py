"""Administration, oversight and emergencies, page by page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from amparo.access.models import Agency, Membership, Staff, Unit
from tests.access.worlds import code_of, person_of
from tests.people import BORN_AT, Cast, Member

EVES = [
    "/administration/",
    "/administration/agencies/add/",
    "/administration/units/add/",
    "/administration/staff/add/",
]
INESES = ["/oversight/openings/", "/oversight/openings/?all=1", "/oversight/emergencies/"]
EVERYBODYS = ["/notices/", "/requests/"]


@pytest.mark.parametrize("path", EVES)
def test_only_eve_administers(client: Client, cast: Cast, path: str) -> None:
    for name, member in cast.everybody.items():
        status = member.client(Client()).get(path).status_code
        assert status == (200 if name == "eve" else 403), name


@pytest.mark.parametrize("path", INESES)
def test_only_ines_oversees(client: Client, cast: Cast, path: str) -> None:
    for name, member in cast.everybody.items():
        status = member.client(Client()).get(path).status_code
        assert status == (200 if name == "ines" else 403), name


@pytest.mark.parametrize("path", EVERYBODYS)
def test_everybody_has_their_own_pages(cast: Cast, path: str) -> None:
    for member in cast.everybody.values():
        assert member.client(Client()).get(path).status_code == 200


def test_eve_founds_an_agency_and_staffs_it(client: Client, cast: Cast) -> None:
    eve = cast.eve.client(client)
    eve.post("/administration/agencies/add/", {"name": "Casa Yigüirro", "kind": "shelter", "state": ""})
    agency = Agency.objects.get(name="Casa Yigüirro")
    eve.post("/administration/units/add/", {"agency": str(agency.id), "name": "Acogida"})
    unit = Unit.objects.get(agency=agency)
    form = {
        "agency": str(agency.id),
        "name": "Gael Brenes",
        "username": "gael",
        "passphrase": "ocho lanchas vuelven tarde",
    }
    page = eve.post("/administration/staff/add/", form, follow=True)
    assert page.status_code == 200
    gael = Staff.objects.get(username="gael")
    place = f"/administration/staff/{gael.id}/"
    eve.post(f"{place}posts/add/", {"unit": str(unit.id), "role": "caseworker"})
    post = Membership.objects.get(staff=gael)
    eve.post(f"{place}posts/{post.id}/end/")
    eve.post(f"{place}close/")
    gael.refresh_from_db()
    assert not gael.is_active
    assert Client().post("/sign-in/", {"login": "gael", "password": form["passphrase"]}).status_code == 200


def test_a_taken_user_name_and_a_weak_passphrase_are_named_at_the_field(client: Client, cast: Cast) -> None:
    form = {
        "agency": str(cast.eve.agency_id),
        "name": "Otra Amina",
        "username": "amina",
        "passphrase": "corta",
    }
    page = cast.eve.client(client).post("/administration/staff/add/", form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"username", "passphrase"}


def test_ines_reads_codes_and_staff_and_no_identity(client: Client, cast: Cast) -> None:
    person = person_of(cast)
    code = code_of(person)
    page = cast.ines.client(client).get("/oversight/openings/", {"code": code.lower(), "all": "1"})
    text = page.content.decode()
    assert code in text
    assert "Amina Diallo" in text
    assert "Yolanda" not in text


@pytest.mark.parametrize("after", ["x", "' OR 1=1", "2026"])
def test_a_broken_page_mark_is_a_plain_404(client: Client, cast: Cast, after: str) -> None:
    assert cast.ines.client(client).get("/oversight/openings/", {"after": after}).status_code == 404


def _emergency_page(member: Member, code: str) -> tuple[int, str]:
    form = {"code": code, "reason_code": "medical", "reason": "La persona necesita su medicina hoy mismo, ya"}
    answer = member.client(Client()).post("/emergency/", form)
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    return answer.status_code, text.replace(code, "")


def test_the_emergency_page_says_the_same_of_a_hidden_code_and_of_no_code(cast: Cast) -> None:
    code = code_of(person_of(cast))
    assert _emergency_page(cast.dora, code) == _emergency_page(cast.dora, "AM-2222-2222")
    assert _emergency_page(cast.dora, code)[0] == 422


def test_who_has_posts_in_two_units_says_for_which_one_the_glass_breaks(client: Client, cast: Cast) -> None:
    """The first unit by id is the office, where Dora's post opens nothing: it is not even offered."""
    units = [
        Unit.objects.create(agency_id=cast.dora.agency_id, name=name)
        for name in ("Archivo", "Guardia", "Noche")
    ]
    for unit, role in zip(units, ("statistician", "caseworker", "health"), strict=True):
        Membership.objects.create(staff_id=cast.dora.id, unit=unit, role=role, from_at=BORN_AT)
    Membership.objects.filter(staff_id=cast.dora.id, unit_id=cast.dora.unit_id).update(until_at=BORN_AT)
    dora = cast.dora.client(client)
    form = {
        "code": "AM-2222-2222",
        "reason_code": "medical",
        "reason": "Necesita su medicina hoy mismo. " * 2,
    }
    page = dora.post("/emergency/", form)
    assert set(page.context["form"].errors) == {"unit"}
    assert [name for _, name in page.context["form"].fields["unit"].choices] == ["Guardia", "Noche"]
    assert set(dora.post("/emergency/", {**form, "unit": units[0].id}).context["form"].errors) == {"unit"}
    assert set(dora.post("/emergency/", {**form, "unit": units[2].id}).context["form"].errors) == {"code"}
