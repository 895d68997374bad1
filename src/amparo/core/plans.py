"""A guide compiled for evaluation: nodes in post-order, leaves as bits. Structure only, never results.

**Exactness.** A leaf that is used in one direction only (never both plain and negated) is handled by
plain strong Kleene, which is exact for it even when several parents share it. A leaf used in both
directions (``person.child`` in a guide with ``unless_child`` and ``if_child`` rules, for example) is
*split on* while it is open: every node is worked out for each answer at once, one bit per case, and
is decided only if all cases agree. So the truth of every node equals what holds in all completions
of the open leaves. The split is bounded: at most ``MOST_SPLIT`` such leaves in a guide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from amparo.core import ways
from amparo.core.guides import CHILD, Element, Guide, GuideError, Kind
from amparo.core.ways import ALREADY, IMPOSSIBLE, Family

MOST_SPLIT = 4


class Run:
    """The working memory of one evaluation: two bit sets per node, one bit per case of the split.

    ``is_so[n]`` holds the cases in which node n is established, ``is_not[n]`` those in which it is
    not; ``because[n]`` and ``answered`` are sets of leaves as bits. ``to_so`` and ``to_not`` hold the
    families of ways, filled per case.
    """

    __slots__ = ("answered", "because", "evens", "every_case", "is_not", "is_so", "to_not", "to_so")

    def __init__(self, plan: Plan, every_case: int, answered: int) -> None:
        size = len(plan.nodes)
        self.is_so = [0] * size
        self.is_not = [0] * size
        self.because = [0] * size
        self.to_so: list[Family] = [IMPOSSIBLE] * size
        self.to_not: list[Family] = [IMPOSSIBLE] * size
        self.every_case = every_case
        self.answered = answered
        self.evens = plan.evens

    def is_decided(self, node: int) -> bool:
        return self.is_so[node] == self.every_case or self.is_not[node] == self.every_case


@dataclass(slots=True)
class Node:
    """A compiled element. ``support``: the leaves under it; ``plain`` and ``negated``: how they count."""

    at: int
    children: tuple[int, ...] = ()
    leaf: int = -1
    count: int = 0
    support: int = 0
    plain: int = 0
    negated: int = 0
    is_disjoint: bool = True

    def settle(self, run: Run) -> None:
        """Work out ``is_so``, ``is_not`` and ``because`` from the children's."""
        raise NotImplementedError

    def find_ways(self, run: Run) -> None:
        """Work out the two families of an undecided node from the children's."""
        raise NotImplementedError


class LeafNode(Node):
    """Filled by ``evaluation`` before the run; nothing to work out."""

    def settle(self, run: Run) -> None:
        pass

    def find_ways(self, run: Run) -> None:
        run.to_so[self.at] = (ways.yes(self.leaf),)
        run.to_not[self.at] = (ways.no(self.leaf),)


def join(node: Node, run: Run, holds: list[int], fails: list[int]) -> None:
    """All of the children, read in ``holds`` and ``fails``; any of them when the two are exchanged."""
    every_case = run.every_case
    so, so_not = every_case, 0
    for child in node.children:
        so &= holds[child]
        so_not |= fails[child]
    at = node.at
    holds[at], fails[at] = so, so_not
    if so == every_case:
        because = 0
        for child in node.children:
            because |= run.because[child]
        run.because[at] = because
    elif so_not == every_case:
        because = 0
        for child in node.children:
            if fails[child] == every_case:
                because |= run.because[child]
        run.because[at] = because or node.support & run.answered


class AllNode(Node):
    def settle(self, run: Run) -> None:
        join(self, run, run.is_so, run.is_not)

    def find_ways(self, run: Run) -> None:
        to_so = [run.to_so[child] for child in self.children]
        to_not = [run.to_not[child] for child in self.children]
        run.to_so[self.at] = ways.every(to_so, run.evens, is_disjoint=self.is_disjoint)
        run.to_not[self.at] = ways.either(to_not, run.evens, is_disjoint=self.is_disjoint)


class AnyNode(Node):
    def settle(self, run: Run) -> None:
        join(self, run, run.is_not, run.is_so)

    def find_ways(self, run: Run) -> None:
        to_so = [run.to_so[child] for child in self.children]
        to_not = [run.to_not[child] for child in self.children]
        run.to_so[self.at] = ways.either(to_so, run.evens, is_disjoint=self.is_disjoint)
        run.to_not[self.at] = ways.every(to_not, run.evens, is_disjoint=self.is_disjoint)


class NotNode(Node):
    def settle(self, run: Run) -> None:
        (child,) = self.children
        run.is_so[self.at], run.is_not[self.at] = run.is_not[child], run.is_so[child]
        run.because[self.at] = run.because[child]

    def find_ways(self, run: Run) -> None:
        (child,) = self.children
        run.to_so[self.at], run.to_not[self.at] = run.to_not[child], run.to_so[child]


def cases_with_at_least(count: int, sets: Iterable[int], every_case: int) -> int:
    """The cases that lie in at least ``count`` of the sets."""
    reached = [every_case, *[0] * count]
    for cases in sets:
        for level in range(count, 0, -1):
            reached[level] |= reached[level - 1] & cases
    return reached[count]


class AtLeastNode(Node):
    @property
    def enough_failures(self) -> int:
        return len(self.children) - self.count + 1

    def settle(self, run: Run) -> None:
        holding = [run.is_so[child] for child in self.children]
        failing = [run.is_not[child] for child in self.children]
        run.is_so[self.at] = cases_with_at_least(self.count, holding, run.every_case)
        run.is_not[self.at] = cases_with_at_least(self.enough_failures, failing, run.every_case)
        for side, needed in ((run.is_so, self.count), (run.is_not, self.enough_failures)):
            if side[self.at] == run.every_case:
                deciding = [child for child in self.children if side[child] == run.every_case]
                for child in deciding:
                    run.because[self.at] |= run.because[child]
                if len(deciding) < needed:
                    run.because[self.at] = self.support & run.answered

    def find_ways(self, run: Run) -> None:
        to_so = [run.to_so[child] for child in self.children]
        to_not = [run.to_not[child] for child in self.children]
        run.to_so[self.at] = ways.at_least(self.count, to_so, run.evens, is_disjoint=self.is_disjoint)
        run.to_not[self.at] = ways.at_least(
            self.enough_failures, to_not, run.evens, is_disjoint=self.is_disjoint
        )


class ConsiderNode(Node):
    """People conclude on the element itself; the conclusion is admitted once every factor is weighed.

    Before the run its slots hold the recorded conclusion; ``settle`` takes it back while a factor is open.
    """

    def settle(self, run: Run) -> None:
        if not all(run.is_decided(child) for child in self.children):
            run.is_so[self.at] = run.is_not[self.at] = run.because[self.at] = 0
            return
        if run.because[self.at]:
            for child in self.children:
                run.because[self.at] |= run.because[child]

    def find_ways(self, run: Run) -> None:
        weighed = ALREADY
        for child in self.children:
            decided = ways.either((run.to_so[child], run.to_not[child]), run.evens, is_disjoint=False)
            weighed = ways.both(weighed, decided, run.evens, is_disjoint=self.is_disjoint)
        run.to_so[self.at] = ways.both(weighed, run.to_so[self.at], run.evens, is_disjoint=True)
        run.to_not[self.at] = ways.both(weighed, run.to_not[self.at], run.evens, is_disjoint=True)


@dataclass
class Plan:
    """Nodes in post-order with the leaves they read; ``split`` are the leaves used in both directions."""

    leaf_ids: tuple[str, ...]
    nodes: list[Node] = field(default_factory=list)
    node_of: dict[str, int] = field(default_factory=dict)
    leaf_nodes: dict[str, Node] = field(default_factory=dict)
    split: int = 0

    @property
    def evens(self) -> int:
        return self._evens

    def __post_init__(self) -> None:
        self._evens = sum(ways.yes(leaf) for leaf in range(len(self.leaf_ids)))
        self.leaf_at = {leaf_id: at for at, leaf_id in enumerate(self.leaf_ids)}

    def names(self, leaves: int) -> tuple[str, ...]:
        """The ids of a set of leaves, in guide order."""
        found = []
        while leaves:
            lowest = leaves & -leaves
            found.append(self.leaf_ids[lowest.bit_length() - 1])
            leaves ^= lowest
        return tuple(found)


NODE_TYPES: dict[Kind, type[Node]] = {
    Kind.ALL: AllNode,
    Kind.NOTE: AllNode,
    Kind.ANY: AnyNode,
    Kind.UNLESS_CHILD: AnyNode,
    Kind.IF_CHILD: AnyNode,
    Kind.AT_LEAST: AtLeastNode,
    Kind.NOT: NotNode,
    Kind.CONSIDER: ConsiderNode,
}


def compile_guide(guide: Guide) -> Plan:
    """Compile a guide whose shape was checked. Raises ``GuideError`` where it cannot be evaluated exactly."""
    plan = Plan(leaf_ids=tuple(_list_leaves(guide)))
    if CHILD in plan.leaf_at:
        _add_leaf(plan, CHILD)
        plan.node_of[NOT_CHILD] = _add(plan, NotNode, (plan.node_of[CHILD],)).at
    for element_id in guide.in_post_order():
        _add_element(plan, guide, guide.by_id[element_id])
    plan.split = _find_split(plan)
    _check_split(plan)
    return plan


NOT_CHILD = "not " + CHILD


def _list_leaves(guide: Guide) -> Iterator[str]:
    if any(element.kind in {Kind.UNLESS_CHILD, Kind.IF_CHILD} for element in guide.elements):
        yield CHILD
    for element in guide.elements:
        if element.is_leaf:
            yield element.id


def _add(plan: Plan, node_type: type[Node], children: tuple[int, ...] = (), *, count: int = 0) -> Node:
    """Append a node and work out what it reads."""
    node = node_type(len(plan.nodes), children, count=count)
    for child in (plan.nodes[at] for at in children):
        node.is_disjoint = node.is_disjoint and not node.support & child.support
        node.support |= child.support
        if node_type is not ConsiderNode:
            node.plain |= child.plain
            node.negated |= child.negated
    if node_type is NotNode:
        node.plain, node.negated = node.negated, node.plain
    plan.nodes.append(node)
    return node


def _add_leaf(plan: Plan, leaf_id: str, node: Node | None = None) -> None:
    node = node or _add(plan, LeafNode)
    node.leaf = plan.leaf_at[leaf_id]
    node.support |= 1 << node.leaf
    node.plain |= 1 << node.leaf
    plan.leaf_nodes[leaf_id] = node
    plan.node_of[leaf_id] = node.at


def _add_element(plan: Plan, guide: Guide, element: Element) -> None:
    if element.is_leaf and not element.children:
        _add_leaf(plan, element.id)
        return
    children = tuple(plan.node_of[child] for child in guide.counted(element))
    if element.kind is Kind.UNLESS_CHILD:
        children = (plan.node_of[CHILD], *children)
    elif element.kind is Kind.IF_CHILD:
        children = (plan.node_of[NOT_CHILD], *children)
    node = _add(plan, NODE_TYPES[element.kind], children, count=element.count)
    plan.node_of[element.id] = node.at
    if element.kind is Kind.CONSIDER:
        _add_leaf(plan, element.id, node)


def _find_split(plan: Plan) -> int:
    split = 0
    for node in plan.nodes:
        split |= node.plain & node.negated
    return split


def _check_split(plan: Plan) -> None:
    """A conclusion and the factors it waits for cannot depend on a leaf that is used in both directions."""
    if plan.split.bit_count() > MOST_SPLIT:
        raise GuideError("too_many_mixed_leaves", plan.names(plan.split)[MOST_SPLIT], str(MOST_SPLIT))
    for leaf_id, node in plan.leaf_nodes.items():
        if isinstance(node, ConsiderNode) and node.support & plan.split:
            raise GuideError(
                "mixed_leaf_in_consider", leaf_id, ", ".join(plan.names(node.support & plan.split))
            )
