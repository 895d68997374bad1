"""What reading a file gives: the entries that are sound, and every fault by line and field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from amparo.library.data import CONTENT, AnyContent, FileRefused


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. ``line`` counts from 1, 0 where it is not known; ``code`` and ``message`` are pydantic's."""

    line: int
    field: str
    code: str
    message: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.field or '(file)'}: {self.code}" + (
            f": {self.message}" if self.message else ""
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries of a file in its order, and its faults. A file with a fault is not imported."""

    contents: tuple[AnyContent, ...]
    faults: tuple[Fault, ...]


FieldPath = tuple[str | int, ...]


def validate(data: object, at: FieldPath, lines: dict[FieldPath, int]) -> AnyContent | list[Fault]:
    """Return the entry that ``data`` is, or its faults with the lines of their fields."""
    try:
        return CONTENT.validate_python(data)
    except ValidationError as error:
        return [_fault(at, fault["loc"], fault["type"], fault["msg"], lines) for fault in error.errors()]


def _fault(at: FieldPath, path: FieldPath, code: str, message: str, lines: dict[FieldPath, int]) -> Fault:
    shapes = {"instrument", "provision", "decision"}
    inside = path[1:] if path and path[0] in shapes else path
    where = (*at, *inside)
    while where not in lines and where:
        where = where[:-1]
    name = ".".join(str(part) for part in (*at, *inside))
    return Fault(lines.get(where, 0), name, code, message)


def refuse_large(content: bytes, limit: int) -> None:
    """Refuse a file above the limit of its way in."""
    if len(content) > limit:
        raise FileRefused(problem="too_large")


def find_twice(contents: Iterable[AnyContent]) -> list[str]:
    """Return the keys that a file uses more than once, in order."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for content in contents:
        if content.key in seen:
            twice[content.key] = None
        seen.add(content.key)
    return list(twice)
