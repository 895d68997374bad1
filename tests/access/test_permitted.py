"""The compiled filter: one text for each actor and right, the moment of each request in it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db.models import Exists, OuterRef
from uuid_utils.compat import uuid7

from amparo.access.gate import writes_outside_actions
from amparo.access.models import Grant, Scope
from amparo.access.scoping import permitted, scopes_where, visible_scopes
from amparo.access.scoping.permitted import compiled
from amparo.core.policy import Relation
from tests.people import BORN_AT, Cast

KNOW = "record.know"
LATER = BORN_AT + timedelta(days=30)


@pytest.fixture
def person_id(cast: Cast) -> UUID:
    """A file of the shelter that Dora is delegated until ``LATER``."""
    with writes_outside_actions("the set-up of a test"):
        scope = Scope.objects.create(id=uuid7(), code="AM-TEST-TEST", unit_id=cast.amina.unit_id)
        Grant.objects.create(
            scope=scope, staff_id=cast.dora.id, relation=Relation.DELEGATE, from_at=BORN_AT, until_at=LATER
        )
    return scope.id


def test_each_request_asks_for_its_own_moment_of_one_compiled_filter(cast: Cast, person_id: UUID) -> None:
    compiled.cache_clear()
    for days, is_seen in ((-1, True), (0, False), (1, False), (-2, True)):
        dora = cast.dora.actor_at(BORN_AT).as_of(LATER + timedelta(days=days))
        assert visible_scopes(dora).filter(id=person_id).exists() is is_seen
    assert compiled.cache_info().currsize == 1


def test_no_key_is_kept_with_a_compiled_filter(cast: Cast) -> None:
    kept = permitted(cast.amina.actor, KNOW, "pk").ready
    assert [each.keys for each in kept.args if hasattr(each, "keys")] == [None]  # type: ignore[attr-defined]


def test_a_query_about_scopes_around_it_is_not_mistaken_for_it(cast: Cast, person_id: UUID) -> None:
    for member, is_seen in ((cast.amina, True), (cast.chidi, False)):
        actor = member.actor_at(BORN_AT)
        inner = scopes_where(actor, KNOW).filter(pk=OuterRef("pk"))
        assert Scope.objects.filter(Exists(inner), id=person_id).exists() is is_seen
        grants = Grant.objects.filter(permitted(actor, KNOW, "scope_id"), scope_id=OuterRef("pk"))
        assert Scope.objects.filter(Exists(grants), id=person_id).exists() is is_seen
        assert Scope.objects.filter(~permitted(actor, KNOW, "pk"), id=person_id).exists() is not is_seen


def test_an_actor_without_any_right_is_answered_without_a_filter(cast: Cast, person_id: UUID) -> None:
    eve = cast.eve.actor_at(BORN_AT)
    assert not scopes_where(eve, "referrals.read").exists()
    assert Scope.objects.filter(~permitted(eve, "referrals.read", "pk")).exists()
