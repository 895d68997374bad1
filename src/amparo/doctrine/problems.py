"""What is wrong in a doctrine file: always the file, the line and the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """``code`` is stable; ``file`` is relative to the doctrine folder; ``line`` counts from 1."""

    file: str
    line: int
    field: str
    code: str
    detail: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.field or '(file)'}"
        return f"{place}: {self.code}" + (f": {self.detail}" if self.detail else "")


class DoctrineError(Exception):
    """Doctrine that cannot be used. Holds every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
