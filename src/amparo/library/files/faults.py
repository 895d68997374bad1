"""What reading a file gives: the entries that are sound, and every fault by line and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from amparo.library.data import CONTENT, AnyContent, FileRefused, Flaw

FieldPath = tuple[str | int, ...]


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
    """The entries of a file in its order, and its faults. A file with a fault is not imported.

    ``places`` says of each entry where it stands in the file, ``lines`` on which lines its fields are, and
    ``left_out`` which parts of the file become no entry.
    """

    contents: tuple[AnyContent, ...]
    faults: tuple[Fault, ...]
    places: tuple[FieldPath, ...] = ()
    lines: Mapping[FieldPath, int] = field(default_factory=dict)
    left_out: tuple[Fault, ...] = ()

    def fault_of(self, flaw: Flaw) -> Fault:
        """Return a flaw of one of the entries as a fault of the file, with line and field."""
        parts = (int(part) if part.isdecimal() else part for part in flaw.field.split("."))
        path = (*self.places[flaw.number], *parts)
        return Fault(line_of(path, self.lines), name_of(path), flaw.code)


def line_of(path: FieldPath, lines: Mapping[FieldPath, int]) -> int:
    """Return the line of a field, else of what it is in; 0 where no line is known."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def name_of(path: FieldPath) -> str:
    return ".".join(str(part) for part in path)


def validate(data: object, at: FieldPath, lines: Mapping[FieldPath, int]) -> AnyContent | list[Fault]:
    """Return the entry that ``data`` is, or its faults with the lines of their fields."""
    try:
        return CONTENT.validate_python(data)
    except ValidationError as error:
        return [_fault(at, fault["loc"], fault["type"], fault["msg"], lines) for fault in error.errors()]


def _fault(at: FieldPath, path: FieldPath, code: str, message: str, lines: Mapping[FieldPath, int]) -> Fault:
    shapes = {"instrument", "provision", "decision"}
    inside = path[1:] if path and path[0] in shapes else path
    if code == "value_error" and message.endswith("wrong_order"):
        inside = ("in_force_until",)
    return Fault(line_of((*at, *inside), lines), name_of((*at, *inside)), code, message)


def refuse_large(content: bytes, limit: int) -> None:
    """Refuse a file above the limit of its way in."""
    if len(content) > limit:
        raise FileRefused(problem="too_large")


def with_twice(reading: Reading) -> Reading:
    """Add a fault for every entry whose key an earlier one of the file has; faults by line."""
    seen: set[str] = set()
    twice = []
    for number, content in enumerate(reading.contents):
        if content.key in seen:
            twice.append(reading.fault_of(Flaw(number, "key", "duplicate_key")))
        seen.add(content.key)
    return replace(reading, faults=tuple(sorted([*reading.faults, *twice])))
