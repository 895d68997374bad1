"""The shape of a guide: a legal test or a list of safeguards as a graph of elements.

A guide is a directed graph without cycles and with one root; an element may stand under several
parents and is answered once. Leaves are *findings* (a person answers) and *facts* (a named provider
computes them from records). ``note`` elements are duties or prompts: they are answered and shown,
and never count in their parent.

>>> guide = Guide("exit", "exit", (
...     Element("exit", Kind.ALL, ("exit.wish", "exit.means", "exit.told")),
...     Element("exit.wish", Kind.FINDING),
...     Element("exit.means", Kind.UNLESS_CHILD, ("exit.ticket",)),
...     Element("exit.ticket", Kind.FACT, fact="ticket.paid"),
...     Element("exit.told", Kind.NOTE),
... ))
>>> guide.leaf_ids
('person.child', 'exit.wish', 'exit.ticket', 'exit.told')
>>> Guide("empty", "a", (Element("a", Kind.NOT, ("b",)), Element("b", Kind.NOT, ("a",))))
Traceback (most recent call last):
    ...
amparo.core.guides.GuideError: cycle at a: a > b > a
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.core.plans import Plan

CHILD = "person.child"
"""The leaf "the person is, or is presumed to be, a child"; ``evaluate`` takes its answer as ``child``."""


class Kind(StrEnum):
    """How an element's truth follows from its children.

    ``UNLESS_CHILD`` holds when the person is a child or its one child element holds (the child rule
    of Palermo 3(c)); ``IF_CHILD`` holds when the person is no child or its child element holds.
    ``CONSIDER``: every factor under it must be weighed (established or not), then people conclude
    on the element itself, with reasons; the factors never decide by themselves.
    """

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NOT = "not"
    UNLESS_CHILD = "unless_child"
    IF_CHILD = "if_child"
    CONSIDER = "consider"
    NOTE = "note"
    FINDING = "finding"
    FACT = "fact"


SINGLE = frozenset({Kind.NOT, Kind.UNLESS_CHILD, Kind.IF_CHILD})
ANSWERED = frozenset({Kind.FINDING, Kind.FACT, Kind.CONSIDER})


class GuideError(ValueError):
    """A guide that is not well formed. ``code`` is stable; ``element_id`` says where."""

    def __init__(self, code: str, element_id: str, detail: str = "") -> None:
        self.code = code
        self.element_id = element_id
        self.detail = detail
        super().__init__(f"{code} at {element_id}" + (f": {detail}" if detail else ""))


@dataclass(frozen=True, slots=True)
class Element:
    """One element. ``count`` is for ``AT_LEAST``, ``fact`` names the provider of a ``FACT``.

    ``absolute`` elements cannot be overridden by anyone. A ``NOTE`` without children is a leaf.
    """

    id: str
    kind: Kind
    children: tuple[str, ...] = ()
    count: int = 0
    fact: str = ""
    absolute: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether somebody or something answers this element itself; a ``CONSIDER`` is concluded."""
        return self.kind in ANSWERED or (self.kind is Kind.NOTE and not self.children)


@dataclass(frozen=True)
class Guide:
    """A checked graph. Raises ``GuideError`` when built of elements that do not make a guide.

    ``is_gate``: what is not established under the root blocks an action.
    """

    id: str
    root: str
    elements: tuple[Element, ...]
    is_gate: bool = False

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for element in self.elements:
            if element.id in seen or element.id == CHILD:
                raise GuideError("duplicate_element", element.id)
            seen.add(element.id)
        for element in self.elements:
            self._check_shape(element)
        self._check_graph()
        _ = self.plan

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {element.id: element for element in self.elements}

    @cached_property
    def plan(self) -> Plan:
        """The compiled form that ``evaluate`` runs; structure only, no answers."""
        from amparo.core.plans import compile_guide

        return compile_guide(self)

    @property
    def leaf_ids(self) -> tuple[str, ...]:
        """Every leaf that can be answered, in guide order; ``person.child`` first where it is read."""
        return self.plan.leaf_ids

    def counted(self, element: Element) -> tuple[str, ...]:
        """The children that count: notes count only under a note."""
        if element.kind is Kind.NOTE:
            return element.children
        return tuple(c for c in element.children if self.by_id[c].kind is not Kind.NOTE)

    def _check_shape(self, element: Element) -> None:
        for child in element.children:
            if child not in self.by_id:
                raise GuideError("unknown_element", element.id, child)
        if len(set(element.children)) != len(element.children):
            raise GuideError("repeated_child", element.id)
        if element.kind in {Kind.FINDING, Kind.FACT, Kind.NOTE}:
            self._check_leaf(element)
            return
        counted = self.counted(element)
        if not counted:
            raise GuideError("no_children", element.id)
        if element.kind in SINGLE and len(element.children) != 1:
            raise GuideError("one_child_only", element.id)
        if element.kind is Kind.AT_LEAST and not 1 <= element.count <= len(counted):
            raise GuideError("count_out_of_range", element.id, str(element.count))

    def _check_leaf(self, element: Element) -> None:
        if element.children and element.kind is not Kind.NOTE:
            raise GuideError("leaf_with_children", element.id)
        if (element.kind is Kind.FACT) != bool(element.fact):
            raise GuideError(
                "fact_without_name" if element.kind is Kind.FACT else "name_without_fact", element.id
            )

    def _check_graph(self) -> None:
        if self.root not in self.by_id:
            raise GuideError("unknown_element", self.root, "root")
        if self.by_id[self.root].kind is Kind.NOTE and not self.by_id[self.root].children:
            raise GuideError("no_children", self.root)
        reached = set(self.in_post_order())
        for element in self.elements:
            if element.id not in reached:
                raise GuideError("orphan_element", element.id)

    def in_post_order(self) -> Iterator[str]:
        """Ids reachable from the root, children before parents, each once. Raises on a cycle."""
        done: set[str] = set()
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(self.root, False)]
        while stack:
            current, is_leaving = stack.pop()
            if is_leaving:
                path.pop()
                done.add(current)
                yield current
            elif current in path:
                raise GuideError("cycle", current, " > ".join([*path[path.index(current) :], current]))
            elif current not in done:
                path.append(current)
                stack.append((current, True))
                stack.extend((child, False) for child in reversed(self.by_id[current].children))
