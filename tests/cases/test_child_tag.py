"""Whether somebody is a child is said alike in a search, among possible duplicates and in the header."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from amparo.cases.actions import register_person
from amparo.cases.data import AgeStatus, Birth, Precision
from amparo.cases.queries import get_refs
from tests.cases.conftest import NOW, House, name
from tests.cases.test_pages import english, text, typed

UNKNOWN = Birth(Precision.UNKNOWN)
ROUND_18 = Birth(Precision.ESTIMATED, date(2004, 1, 1), date(2011, 1, 1))
CHILD = Birth(Precision.EXACT, date(2015, 3, 3), date(2015, 3, 3))
ADULT = Birth(Precision.EXACT, date(1990, 3, 3), date(1990, 3, 3))
AGES: list[tuple[Birth, AgeStatus, bool, list[str]]] = [
    (UNKNOWN, AgeStatus.UNKNOWN, False, ["Age not known: ask whether the person may be under 18"]),
    (UNKNOWN, AgeStatus.UNKNOWN, True, ["Presumed child"]),
    (UNKNOWN, AgeStatus.DISPUTED, False, ["Presumed child"]),
    (ROUND_18, AgeStatus.ESTIMATED, False, ["Presumed child"]),
    (CHILD, AgeStatus.KNOWN, False, ["Child"]),
    (ADULT, AgeStatus.KNOWN, False, []),
]
SAID = {"Age not known: ask whether the person may be under 18", "Presumed child", "Child"}


def tags(html: str) -> list[str]:
    """Return the words of the tags that say something about being a child."""
    words = re.findall(r'<strong class="am-tag [^>]*>.*?<span>([^<]*)</span></strong>', html, re.DOTALL)
    return [word for word in words if word in SAID]


def part(response: Any, start: str, end: str) -> str:
    return text(response).split(start, 1)[1].split(end, 1)[0]


@pytest.mark.parametrize(("birth", "status", "may_be_child", "said"), AGES)
def test_a_doubt_is_never_shown_as_a_fact(
    house: House, birth: Birth, status: AgeStatus, may_be_child: bool, said: list[str]
) -> None:
    person_id = register_person(
        house.amina,
        now=NOW,
        unit_id=house.cast.amina.unit_id,
        names=[name("Xiomara", "Chavarría")],
        birth=birth,
        age_status=status,
        may_be_child=may_be_child,
    )
    client = house.cast.amina.client(english())
    code = get_refs(house.amina, [person_id])[person_id].code
    header = client.get(reverse("cases_file", args=[code]))
    assert tags(part(header, '<section class="am-file"', "</section>")) == said
    found = client.post(reverse("cases_search"), {"text": "Xiomara Chavarría"})
    assert tags(part(found, code, "</tr>")) == said
    alike = {"names-0-given": "Xiomara", "names-0-first_surname": "Chavarria"}
    asked = client.post(reverse("cases_register"), typed(unit=str(house.cast.amina.unit_id)) | alike)
    assert tags(part(asked, code, "</tr>")) == said
