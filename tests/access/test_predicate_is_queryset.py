"""On random worlds, the object check and the queryset filter agree on every right.

The worlds are written straight into the tables, states that no action would make included: the two
readings of the rules must agree even there.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from amparo.access.data import Actor, Post
from amparo.access.gate import writes_outside_actions
from amparo.access.models import Agency, Grant, Scope, Staff, Unit
from amparo.access.scoping import facts_of, scope_facts_for, scopes_where
from amparo.core.policy import AgencyKind, Purpose, Relation, Role, decide
from amparo.core.rights import ABOUT_A_RECORD, RIGHTS

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ASKED = list(
    {
        replace(right, name="", opens=frozenset({"id"}) if right.opens else frozenset()): right.name
        for right in RIGHTS.values()
        if right.reach in ABOUT_A_RECORD
    }.values()
)
"""One right for each different declaration."""
STATES = st.sets(st.sampled_from(["COL", "NIC", "VEN"]), max_size=2).map(
    lambda codes: f" {' '.join(sorted(codes))} " if codes else ""
)
MOMENTS = st.sampled_from([NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)])

SCOPES = st.fixed_dictionaries(
    {
        "unit": st.integers(0, 2),
        "origin_states": STATES,
        "feared_states": STATES,
        "lifted_states": STATES,
        "is_sealed": st.booleans(),
        "is_child": st.booleans(),
        "has_best_interests": st.booleans(),
        "best_interests_until": st.one_of(st.none(), MOMENTS),
        "is_on_legal_hold": st.booleans(),
    }
)
GRANTS = st.fixed_dictionaries(
    {
        "scope": st.integers(0, 3),
        "relation": st.sampled_from(list(Relation)),
        "holder": st.sampled_from(["me", "other", "my unit", "other unit"]),
        "from_at": MOMENTS,
        "until_at": st.one_of(st.none(), MOMENTS),
    }
)
ACTORS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(list(AgencyKind)),
        "state": st.sampled_from(["", "COL", "NIC"]),
        "posts": st.lists(st.tuples(st.integers(0, 1), st.sampled_from(list(Role))), max_size=3),
        "is_machine": st.booleans(),
    }
)


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    scopes=st.lists(SCOPES, min_size=1, max_size=4),
    grants=st.lists(GRANTS, max_size=6),
    actor=ACTORS,
    purpose=st.sampled_from([None, Purpose.CASE_WORK, Purpose.TRACING]),
)
def test_predicate_and_queryset_agree(
    scopes: list[dict[str, Any]], grants: list[dict[str, Any]], actor: dict[str, Any], purpose: Purpose | None
) -> None:
    with writes_outside_actions("a random world"):
        me, people = _world(scopes, grants, actor)
    for right in ASKED:
        asked = purpose if RIGHTS[right].opens or RIGHTS[right].traces else None
        by_filter = set(scopes_where(me, right, purpose=asked).values_list("id", flat=True))
        by_rule = {
            person
            for person in people
            if decide(me.facts(), facts_of(me, person), right, purpose=asked).allowed
        }
        assert by_filter & set(people) == by_rule, right
    assert_read_together(me, people)


def assert_read_together(me: Actor, people: list[Any]) -> None:
    """What is read for several people of one moment is what is read for each."""
    if me.staff_id is None:
        return
    for scope in Scope.objects.filter(id__in=people):
        assert scope_facts_for([me], scope, at=me.at)[me.staff_id] == facts_of(me, scope.id)


_numbers = itertools.count()


def _world(
    scopes: list[dict[str, Any]], grants: list[dict[str, Any]], actor: dict[str, Any]
) -> tuple[Actor, list[Any]]:
    agency = Agency.objects.create(name="x", kind=actor["kind"], state=actor["state"])
    units = [Unit.objects.create(agency=agency, name=str(number)) for number in range(3)]
    staff = [Staff.objects.create(username=f"s{next(_numbers)}", name="s", agency=agency) for _ in range(2)]
    people = []
    for facts in scopes:
        person = uuid7()
        row = {**facts, "unit": units[facts["unit"]]}
        Scope.objects.create(id=person, code=f"C{next(_numbers)}", **row)
        people.append(person)
    holders = {
        "me": {"staff": staff[0]},
        "other": {"staff": staff[1]},
        "my unit": {"unit": units[0]},
        "other unit": {"unit": units[2]},
    }
    for grant in grants:
        row = {name: grant[name] for name in ("relation", "from_at", "until_at")}
        person = people[grant["scope"] % len(people)]
        Grant.objects.create(scope_id=person, granted_by="test", **row, **holders[grant["holder"]])
    posts = (
        () if actor["is_machine"] else tuple(Post(units[place].id, role) for place, role in actor["posts"])
    )
    me = Actor(
        ref="me",
        staff_id=None if actor["is_machine"] else staff[0].id,
        name="me",
        agency_id=agency.id,
        agency_kind=None if actor["is_machine"] else actor["kind"],
        agency_state="" if actor["is_machine"] else actor["state"],
        posts=posts,
        at=NOW,
    )
    return me, people
