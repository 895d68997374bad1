"""On random worlds the rule, the queryset and the vault's permission open the same people.

PostgreSQL's row-level security, the fourth reading that the design names, is not built: see
THREAT_MODEL.md.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.data import Actor, Denied
from amparo.access.gate import writes_outside_actions
from amparo.access.scoping import facts_of, scopes_where
from amparo.access.vault_hooks import permit
from amparo.core.policy import Purpose, decide
from amparo.core.refusal import Unknown
from amparo.vault.data import Act, Compartment
from tests.access.test_predicate_is_queryset import ACTORS, GRANTS, NOW, SCOPES, _world

COMPARTMENTS = st.sets(st.sampled_from(list(Compartment)), min_size=1, max_size=3).map(frozenset)


@pytest.mark.django_db
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    scopes=st.lists(SCOPES, min_size=1, max_size=4),
    grants=st.lists(GRANTS, max_size=6),
    facts=ACTORS.filter(lambda facts: not facts["is_machine"]),
    compartments=COMPARTMENTS,
    purpose=st.sampled_from([Purpose.CASE_WORK, Purpose.TRACING]),
)
def test_rule_queryset_and_permission_open_the_same_people(
    scopes: list[dict[str, Any]],
    grants: list[dict[str, Any]],
    facts: dict[str, Any],
    compartments: frozenset[Compartment],
    purpose: Purpose,
) -> None:
    with writes_outside_actions("a random world"):
        me, people = _world(scopes, grants, facts)
    rights = [f"vault.open_{compartment}" for compartment in compartments]
    by_rule = {person for person in people if _by_rule(me, person, rights, purpose)}
    by_filter = set(people)
    for right in rights:
        by_filter &= set(scopes_where(me, right, purpose=purpose).values_list("id", flat=True))
    one_by_one = {person for person in people if _by_permit(me, person, compartments, purpose)}
    assert by_filter == by_rule
    assert one_by_one == by_rule
    if len(people) > 1:
        as_list = permit(me, Act.OPEN, people, compartments, purpose, now=NOW)
        assert as_list.ids == by_rule


def _by_rule(me: Actor, person: UUID, rights: list[str], purpose: Purpose) -> bool:
    facts = facts_of(me, person)
    return all(decide(me.facts(), facts, right, purpose=purpose).allowed for right in rights)


def _by_permit(me: Actor, person: UUID, compartments: frozenset[Compartment], purpose: Purpose) -> bool:
    try:
        return permit(me, Act.OPEN, [person], compartments, purpose, now=NOW).ids == {person}
    except (Denied, Unknown):
        return False
