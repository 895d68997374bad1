"""Rows on their way through the vault: typed values to JSON and back, problems to codes and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.statistics.data import Effect, Problem, ReadDate, ReadRow, RowState, Value
from amparo.vault.data import Json

STATE_OF_EFFECT = {
    Effect.NOTE: RowState.READY,
    Effect.LEFT_OUT: RowState.READY,
    Effect.HELD: RowState.HELD,
    Effect.REFUSED: RowState.REFUSED,
}
KEPT_STATES = frozenset({RowState.READY, RowState.HELD})
"""Rows whose content is sealed; of the others nothing is kept but their number and why."""


def state_of(row: ReadRow) -> RowState:
    """Return where a row starts: a repeated one is a duplicate, not a refusal."""
    if any(problem.code == "row.repeated" for problem in row.problems):
        return RowState.DUPLICATE
    return STATE_OF_EFFECT[row.effect]


def values_to_json(values: Mapping[str, Value]) -> dict[str, Json]:
    """Return the values as the vault keeps them."""
    return {code: value_to_json(value) for code, value in values.items()}


def value_to_json(value: Value) -> Json:
    if isinstance(value, ReadDate):
        return {"iso": value.iso, "precision": value.precision, "estimated": value.is_estimated}
    return list(value) if isinstance(value, tuple) else value


def values_from_json(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values as they were read."""
    return {code: value_from_json(value) for code, value in values.items()}


def value_from_json(value: Any) -> Value:
    if isinstance(value, dict):
        return ReadDate(value["iso"], value["precision"], value["estimated"])
    return tuple(value) if isinstance(value, list) else value


def problem_to_json(problem: Problem) -> list[Any]:
    """Return a problem as the table keeps it: codes only, the row's number stands beside it."""
    return [problem.column, problem.field, problem.code, str(problem.effect), dict(problem.details)]


def problem_from_json(row: int, stored: list[Any]) -> Problem:
    column, field, code, effect, details = stored
    return Problem(row, column, field, code, Effect(effect), details)
