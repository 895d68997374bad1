"""Whoever must not know of a person is answered the same bytes with that person and without."""

from __future__ import annotations

from functools import partial
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import clear_url_caches, path

from amparo.access.actions import exclude, record_conflict
from amparo.access.pages import public_page
from amparo.cases.models import Person
from tests.doors.noninterference import Request, assert_same
from tests.proof.invisible import Ask, both_worlds, hide, observe
from tests.proof.world import NOW, Demo, passing

pytestmark = pytest.mark.timeout(900)
UNRELATED = {
    "dora": "another organisation",
    "camilo": "the consulate of the country of origin",
    "eve": "an administrator",
    "flor": "a prosecutor",
}


@pytest.mark.parametrize("who", UNRELATED)
def test_the_unrelated_are_answered_the_same_with_and_without_the_person(demo: Demo, who: str) -> None:
    assert_same(*both_worlds(demo, who))


@pytest.mark.parametrize("how", [exclude, record_conflict])
def test_the_excluded_are_answered_the_same_with_and_without_the_person(demo: Demo, how: Any) -> None:
    def leave_out(person_id: UUID) -> None:
        how(demo.actor("bruno"), now=NOW, person_id=person_id, staff_id=demo.staff["amina"])

    assert_same(*both_worlds(demo, "amina", leave_out))


def test_a_colleague_who_may_know_is_answered_otherwise(demo: Demo) -> None:
    """The comparison itself notices a person: Amina, who is not excluded, sees the file."""
    with pytest.raises(AssertionError):
        assert_same(*both_worlds(demo, "amina"))


def test_a_planted_view_that_counts_people_is_caught(demo: Demo) -> None:
    @public_page
    def counting(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(Person.objects.count()))

    planted = ModuleType("planted")
    planted.urlpatterns = [path("counting/", counting, name="counting")]  # type: ignore[attr-defined]
    ask = partial(observe, demo, "dora", [Ask(Request("/counting/"))])
    with override_settings(ROOT_URLCONF=planted):
        clear_url_caches()
        with passing():
            hide(demo)
            present = ask()
        absent = ask()
    clear_url_caches()
    with pytest.raises(AssertionError, match="/counting/"):
        assert_same(present, absent)
