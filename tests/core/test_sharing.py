"""The sharing plan: nothing without consent, the least with it, never what was withheld."""

from __future__ import annotations

import doctest
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.core import sharing
from amparo.core.sharing import ALWAYS, MINIMUM, SENSITIVE, Item, Override, SharingPlan, Terms, plan_extract

ASYLUM, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2026, 6, 1)
items = st.frozensets(st.sampled_from(Item))


def terms(agreed: frozenset[Item] = MINIMUM, restricted: frozenset[Item] = frozenset()) -> Terms:
    return Terms("REFERRAL", frozenset({ASYLUM}), agreed, restricted, date(2026, 5, 1), date(2026, 7, 1))


def plan(
    requested: frozenset[Item],
    consent: Terms | None,
    override: Override | None = None,
    *,
    purpose: str = "REFERRAL",
    recipient: UUID = ASYLUM,
    as_of: date = DAY,
) -> SharingPlan:
    return plan_extract(
        requested, purpose=purpose, recipient=recipient, terms=consent, override=override, as_of=as_of
    )


def test_the_example_of_the_module_holds() -> None:
    assert doctest.testmod(sharing).failed == 0


@given(items)
def test_without_consent_nothing_is_shared(requested: frozenset[Item]) -> None:
    assert plan(requested, None) == SharingPlan(
        (), tuple(sharing.Withheld(item, "no_consent") for item in sorted(requested)), "", None
    )


@given(items, items, items)
def test_only_what_was_asked_agreed_and_not_withheld_is_shared(
    requested: frozenset[Item], agreed: frozenset[Item], restricted: frozenset[Item]
) -> None:
    made = plan(requested, terms(agreed, restricted))
    assert set(made.included) == (requested & (agreed | ALWAYS)) - restricted
    assert set(made.included) | {each.item for each in made.withheld} == requested


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"purpose": "RESEARCH"}, "other_purpose"),
        ({"recipient": OTHER}, "other_recipient"),
        ({"as_of": date(2026, 7, 2)}, "expired"),
        ({"as_of": date(2026, 4, 30)}, "expired"),
    ],
)
def test_consent_to_something_else_is_no_consent(change: dict[str, object], why: str) -> None:
    made = plan(MINIMUM, terms(), **change)  # type: ignore[arg-type]
    assert not made.is_allowed
    assert {each.why for each in made.withheld} == {why}


@given(items, items)
def test_an_override_never_shares_more_than_the_minimum(
    requested: frozenset[Item], restricted: frozenset[Item]
) -> None:
    override = Override("VITAL_INTEREST", "staff:1")
    made = plan(requested, terms(frozenset(), restricted), override, recipient=OTHER)
    assert set(made.included) == (requested & MINIMUM) - restricted
    assert not set(made.included) & SENSITIVE


@pytest.mark.parametrize("override", [Override("CONTRACT", "staff:1"), Override("VITAL_INTEREST", "")])
def test_an_override_needs_its_basis_and_its_signature(override: Override) -> None:
    assert not plan(MINIMUM, None, override).is_allowed
