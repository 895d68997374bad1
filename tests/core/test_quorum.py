"""Quorum against a count over every subset of the seats; observers, advisers and the recused never count."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from amparo.core.parties import AgencyKind
from amparo.core.quorum import Absence, Quorum, Sitter, Standing, absence_of, shortfall_of

KINDS = [AgencyKind.NGO, AgencyKind.UN, AgencyKind.ASYLUM_AUTHORITY, AgencyKind.CHILD_PROTECTION]
sitters = st.builds(
    Sitter,
    agency_kind=st.sampled_from(KINDS),
    answers_to_state=st.booleans(),
    standing=st.sampled_from(Standing),
    in_term=st.booleans(),
    is_recused=st.booleans(),
    has_declared=st.booleans(),
    is_shared=st.booleans(),
    prepared_it=st.booleans(),
    is_present=st.booleans(),
)
full = st.builds(Sitter, st.sampled_from(KINDS), st.booleans(), st.just(Standing.MEMBER))
tables = st.lists(st.one_of(sitters, full), max_size=7)
quorums = st.builds(
    Quorum,
    members=st.integers(1, 4),
    must_include=st.frozensets(st.sampled_from(KINDS), max_size=2),
    non_state=st.integers(0, 2),
)


def may_decide(one: Sitter, *, not_caseworker: bool) -> bool:
    """The rule in words, written apart from the code under test."""
    return (
        one.standing == "MEMBER"
        and one.in_term
        and one.is_present
        and one.is_shared
        and one.has_declared
        and not one.is_recused
        and not (not_caseworker and one.prepared_it)
    )


def some_group_decides(quorum: Quorum, table: list[Sitter], *, not_caseworker: bool) -> bool:
    """Look for any group of exactly enough members, among all groups of the table."""
    for size in range(len(table) + 1):
        for group in combinations(table, size):
            if not all(may_decide(one, not_caseworker=not_caseworker) for one in group):
                continue
            outside = [
                one
                for one in group
                if not one.answers_to_state and one.agency_kind in ("ngo", "shelter", "un")
            ]
            has_kinds = all(any(one.agency_kind == kind for one in group) for kind in quorum.must_include)
            if size >= quorum.members and has_kinds and len(outside) >= quorum.non_state:
                return True
    return False


@given(quorums, tables, st.booleans())
def test_a_quorum_is_there_exactly_when_some_group_of_members_makes_one(
    quorum: Quorum, table: list[Sitter], not_caseworker: bool
) -> None:
    found = shortfall_of(quorum, table, not_caseworker=not_caseworker)
    assert found.is_quorate == some_group_decides(quorum, table, not_caseworker=not_caseworker)


@given(quorums, tables, st.sampled_from(["is_recused", "ADVISER", "OBSERVER"]))
def test_who_is_recused_or_only_advises_adds_nothing(quorum: Quorum, table: list[Sitter], how: str) -> None:
    extra = Sitter("asylum_authority", False, Standing.MEMBER)
    silent = (
        replace(extra, is_recused=True) if how == "is_recused" else replace(extra, standing=Standing(how))
    )
    before = shortfall_of(quorum, table, not_caseworker=False)
    assert shortfall_of(quorum, [*table, silent], not_caseworker=False) == before


def test_more_members_than_the_most_are_too_many() -> None:
    here = [Sitter("ngo", False, Standing.MEMBER)] * 6
    assert shortfall_of(Quorum(3, most_members=5), here, not_caseworker=False).too_many == 1


def test_each_reason_not_to_count_has_its_name() -> None:
    member = Sitter("un", False, Standing.MEMBER)
    assert absence_of(member, not_caseworker=True) is None
    assert absence_of(replace(member, prepared_it=True), not_caseworker=True) is Absence.PREPARED_IT
    assert absence_of(replace(member, prepared_it=True), not_caseworker=False) is None
    assert absence_of(replace(member, has_declared=False), not_caseworker=False) is Absence.UNDECLARED
