"""What changed between two versions of a guide or of a procedure, element by element and row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from amparo.core.guides import CHILD, Element
from amparo.doctrine.data import ElementText, GuideFile, ProcedureFile, Text

Row = TypeVar("Row")


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


class Part(StrEnum):
    """What of an element changed."""

    WORDS = "words"
    SOURCES = "sources"
    DECISIONS = "decisions"
    COMBINATOR = "combinator"
    ANSWER = "answer"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class ElementDifference:
    """One element in the old and in the new guide; the missing side is None. ``parts``: what changed."""

    id: str
    change: Change
    parts: frozenset[Part]
    before: ElementText | None
    after: ElementText | None
    shape_before: Element | None
    shape_after: Element | None

    @property
    def label(self) -> Text:
        text = self.after or self.before
        assert text is not None
        return text.label


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One stage, clock, transition, choice or safeguard of a procedure that is not as it was."""

    kind: str
    id: str
    change: Change
    before: Text | None
    after: Text | None


def compare_guides(old: GuideFile, new: GuideFile) -> tuple[ElementDifference, ...]:
    """Every element of either guide: those of the new one in its order, then those that went."""
    names = [one.id for one in new.logic.elements]
    names += [one.id for one in old.logic.elements if one.id not in new.logic.by_id]
    return tuple(_compare_element(name, old, new) for name in names if name != CHILD)


def _compare_element(name: str, old: GuideFile, new: GuideFile) -> ElementDifference:
    before, after = old.texts.get(name), new.texts.get(name)
    shape_before, shape_after = old.logic.by_id.get(name), new.logic.by_id.get(name)
    parts: frozenset[Part] = frozenset()
    if before is None or shape_before is None:
        change = Change.ADDED
    elif after is None or shape_after is None:
        change = Change.REMOVED
    else:
        parts = _parts(before, after) | _shape_parts(shape_before, shape_after)
        change = Change.CHANGED if parts else Change.SAME
    return ElementDifference(name, change, parts, before, after, shape_before, shape_after)


def _parts(before: ElementText, after: ElementText) -> frozenset[Part]:
    compared: dict[Part, Callable[[ElementText], object]] = {
        Part.WORDS: lambda one: (one.label, one.ask, one.look_for, one.grants, one.rule),
        Part.SOURCES: lambda one: one.sources,
        Part.DECISIONS: lambda one: one.decisions,
        Part.ANSWER: lambda one: (one.evidence, one.fact, one.override, one.hints, one.absolute),
        Part.STATUS: lambda one: (one.status, one.verify),
    }
    return frozenset(part for part, read in compared.items() if read(before) != read(after))


def _shape_parts(before: Element, after: Element) -> frozenset[Part]:
    is_same = (before.kind, before.children, before.count) == (after.kind, after.children, after.count)
    return frozenset() if is_same else frozenset({Part.COMBINATOR})


def compare_procedures(old: ProcedureFile, new: ProcedureFile) -> tuple[RowDifference, ...]:
    """What is not as it was: stages, clocks, transitions, choices and safeguards, in that order."""
    return (
        *_compare_rows("stage", old.stages, new.stages, lambda one: one.label),
        *_compare_rows("clock", old.clocks, new.clocks, lambda one: _with_days(one.label, one.days)),
        *_compare_rows(
            "transition",
            {one.id: one for one in old.transitions},
            {one.id: one for one in new.transitions},
            lambda one: one.label,
        ),
        *_compare_rows("choice", old.choices, new.choices, lambda one: one.label),
        *_compare_rows(
            "safeguard",
            {one.id: one for one in old.safeguards},
            {one.id: one for one in new.safeguards},
            lambda one: one.says,
        ),
    )


def _with_days(label: Text, days: int) -> Text:
    return Text(f"{label.es}: {days} días", f"{label.en}: {days} days")


def _compare_rows(
    kind: str, old: Mapping[str, Row], new: Mapping[str, Row], say: Callable[[Row], Text]
) -> list[RowDifference]:
    found = []
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        change = Change.CHANGED
        if before is None or after is None:
            change = Change.ADDED if before is None else Change.REMOVED
        said = (say(before) if before is not None else None, say(after) if after is not None else None)
        found.append(RowDifference(kind, name, change, *said))
    return found
