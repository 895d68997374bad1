"""Three-valued truth against its meaning: what holds in every completion of the unknowns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from amparo.core.truth import Truth, all_of, any_of, at_least, negate

YES, NO, OPEN = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED


def completed(truths: tuple[Truth, ...], claim: Callable[[list[bool]], bool]) -> Truth:
    choices = [[truth is YES] if truth is not OPEN else [True, False] for truth in truths]
    answers = {claim(list(one)) for one in product(*choices)}
    return OPEN if len(answers) == 2 else YES if answers == {True} else NO


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_combinators_say_what_holds_in_every_completion(size: int) -> None:
    for truths in product((YES, NO, OPEN), repeat=size):
        assert all_of(*truths) is completed(truths, all)
        assert any_of(*truths) is completed(truths, any)
        for count in range(size + 2):
            assert at_least(count, *truths) is completed(truths, lambda t, n=count: sum(t) >= n)  # type: ignore[misc]


def test_negating_twice_changes_nothing() -> None:
    for truth in Truth:
        assert negate(negate(truth)) is truth
    assert negate(OPEN) is OPEN


def test_a_truth_refuses_to_be_a_boolean() -> None:
    for truth in Truth:
        with pytest.raises(TypeError, match="three values"):
            bool(truth)
