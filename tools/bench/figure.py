"""One measured figure and the aim it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """``aim`` is in ``unit``; ``better`` says on which side of it the figure should lie."""

    name: str
    value: float
    unit: str
    aim: float
    better: Literal["more", "less"]

    @property
    def holds(self) -> bool:
        return self.value >= self.aim if self.better == "more" else self.value <= self.aim


def measure(subject: str) -> list[Figure]:
    """Return the figures of ``tools.bench.<subject>``."""
    return list(import_module(f"tools.bench.{subject}").measure())
