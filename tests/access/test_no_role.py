"""What is about no file does not speak of one when it is refused; a form with a mistake is no success."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.people import Cast


def english(cast: Cast, who: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return cast.everybody[who].client(client)


@pytest.mark.parametrize(
    ("who", "url"), [("ines", "/imports/"), ("eve", "/emergency/"), ("ines", "/emergency/")]
)
def test_a_page_of_other_roles_is_refused_without_a_word_of_a_file(cast: Cast, who: str, url: str) -> None:
    answer = english(cast, who).get(url)
    main = answer.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    assert answer.status_code == 403
    assert "It belongs to other roles than yours." in main
    assert "file" not in main.replace("data-refusal", "")


def test_a_workbook_that_is_missing_is_answered_as_every_mistake(cast: Cast) -> None:
    client = english(cast, "amina")
    assert client.get("/imports/").status_code == 200
    answer = client.post("/imports/", {"unit": str(cast.amina.unit_id)})
    assert answer.status_code == 422
    assert 'href="#id_workbook"' in answer.content.decode()
