"""The people around one person, placed for a drawing: the person on the left, the others in a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.cases.data.shapes import PersonRef
from amparo.vault.data import Veiled

WIDTH, ROW, NODE_WIDTH, NODE_HEIGHT, OTHERS_X = 360, 58, 170, 44, 182


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody related to the person. ``kinds`` are codes of ``relation_kind``; ``other`` has a file."""

    other: PersonRef | None
    name: Veiled | None
    kinds: tuple[str, ...]
    is_family: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A tie with its place: the corner of its box, and the line that leads to it."""

    tie: Tie
    y: int
    text_y: int
    path: str


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody around one person. Sizes are in units of the drawing, which scales with the page."""

    nodes: tuple[Node, ...]
    height: int
    own_y: int

    @property
    def is_empty(self) -> bool:
        return not self.nodes

    @property
    def own_text_y(self) -> int:
        return self.own_y + 27


def draw(ties: Sequence[Tie]) -> Network:
    """Place the ties from top to bottom, the person at half the height.

    >>> [node.y for node in draw([Tie(None, None, ("MOTHER",), False)] * 2).nodes]
    [7, 65]
    """
    height = max(1, len(ties)) * ROW
    own_y = (height - NODE_HEIGHT) // 2
    return Network(tuple(_node(tie, at, own_y) for at, tie in enumerate(ties)), height, own_y)


def _node(tie: Tie, at: int, own_y: int) -> Node:
    y = at * ROW + (ROW - NODE_HEIGHT) // 2
    middle, own_middle = y + NODE_HEIGHT // 2, own_y + NODE_HEIGHT // 2
    path = f"M120 {own_middle} C150 {own_middle} 152 {middle} {OTHERS_X} {middle}"
    return Node(tie, y, y + 18, path)
