"""Whoever must not know of a person is answered the same bytes with that person and without."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import clear_url_caches, path

from amparo.access.actions import delegate, end_grant, exclude, record_conflict
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


def delegate_to_dora(demo: Demo, person_id: UUID) -> UUID:
    until_at, dora = NOW + timedelta(days=7), demo.staff["dora"]
    return delegate(demo.actor("bruno"), now=NOW, person_id=person_id, staff_id=dora, until_at=until_at)


def test_whose_delegation_ended_is_answered_the_same_with_and_without_the_person(demo: Demo) -> None:
    def delegate_and_end(person_id: UUID) -> None:
        grant_id = delegate_to_dora(demo, person_id)
        end_grant(demo.actor("bruno"), now=NOW, person_id=person_id, grant_id=grant_id)

    assert_same(*both_worlds(demo, "dora", delegate_and_end))


def test_a_delegate_is_answered_otherwise_by_the_search_itself(demo: Demo) -> None:
    """The comparison notices the search by name, which reaches whom a delegation opens."""
    searches = [Ask(Request("/people/search/", {"text": "Eulalia Quebracho"}, is_sent=True))]
    with passing():
        hide(demo, partial(delegate_to_dora, demo))
        present = observe(demo, "dora", searches)
    with pytest.raises(AssertionError, match="/people/search/"):
        assert_same(present, observe(demo, "dora", searches))


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
