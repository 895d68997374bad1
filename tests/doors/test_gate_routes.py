"""Every route declares a right; what may not be known is answered as what does not exist."""

from __future__ import annotations

import pytest
from django.urls import reverse

from amparo.access.actions import exclude
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Scope
from amparo.access.pages import PUBLIC, list_routes
from amparo.core.rights import RIGHTS
from tests.access.worlds import NOW, person_of
from tests.doors.noninterference import Request, assert_same, observe, worlds
from tests.people import Cast

CODE = "AM-7KQ3-9XTR"
RANDOM_BY_DESIGN = ("/sign-", "/account/factors/")
"""Pages that show a fresh secret each time, about the member's own account."""

OUTSIDERS = ["chidi", "dora", "eve", "ines", "consul", "fiscal"]


def _plain_routes() -> list[Request]:
    """Every route without a parameter that one can look at, and every route of a file by its code."""
    requests = []
    for route in list_routes():
        path = "/" + route.pattern.replace("<str:code>", CODE).replace("<code>", CODE)
        path = path.replace("<case_code:code>", CODE)
        if "<" not in path and "^" not in path and not path.startswith(RANDOM_BY_DESIGN):
            requests.append(Request(path))
    return requests


def test_every_route_declares_a_right_of_the_catalogue() -> None:
    undeclared = [route for route in list_routes() if route.right not in {PUBLIC, *RIGHTS}]
    assert not undeclared


def _make_person(cast: Cast, **facts: object) -> None:
    person = person_of(cast, **facts)
    with writes_outside_actions("the code that the requests ask for"):
        Scope.objects.filter(id=person).update(code=CODE)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_page_tells_an_outsider_that_a_person_exists(cast: Cast, who: str) -> None:
    member = cast.everybody[who]
    requests = [request for request in _plain_routes() if not request.path.startswith("/oversight/openings")]
    assert len(requests) > 10
    assert_same(*worlds(member, requests, lambda: _make_person(cast, origin_states=["COL"])))


def test_no_page_tells_the_excluded_that_a_person_exists(cast: Cast) -> None:
    def make() -> None:
        _make_person(cast)
        person = Scope.objects.get(code=CODE).id
        exclude(cast.bruno.actor, now=NOW, person_id=person, staff_id=cast.amina.id)

    assert_same(*worlds(cast.amina, _plain_routes(), make))


def test_the_comparison_notices_a_planted_difference(cast: Cast) -> None:
    """Ines may see that something was recorded: her page is where the two worlds differ."""
    requests = [Request(reverse("access_openings"), {"all": "1"})]
    present, absent = worlds(cast.ines, requests, lambda: _make_person(cast))
    with pytest.raises(AssertionError, match="oversight/openings"):
        assert_same(present, absent)


def test_an_outsider_gets_the_bytes_of_a_page_that_never_was(cast: Cast) -> None:
    _make_person(cast)
    real, made_up = observe(cast.dora, [Request(f"/files/{CODE}/"), Request("/files/AM-2222-2222/")])
    assert real.status == made_up.status == 404
    assert real.body.replace(CODE.encode(), b"") == made_up.body.replace(b"AM-2222-2222", b"")
    assert real.headers == made_up.headers
