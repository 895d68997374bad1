"""The examples in the docstrings of ``core`` run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("module", ["truth", "guides", "evaluation", "quorum", "way_lines", "traces"])
def test_the_examples_of_the_module_hold(module: str) -> None:
    result = doctest.testmod(import_module(f"amparo.core.{module}"))
    assert result.attempted > 0
    assert result.failed == 0
