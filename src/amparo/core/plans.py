"""A guide compiled for evaluation: nodes in post-order, leaves as bits. Structure only, never results.

**Exactness.** A leaf that is used in one direction only (never both plain and negated) is handled by
plain strong Kleene, which is exact for it even when several parents share it. A leaf used in both
directions (``person.child`` in a guide with ``unless_child`` and ``if_child`` rules, for example) is
*split on* while it is open: every node is worked out for each answer at once, one bit per case, and
is decided only if all cases agree. So the truth of every node equals what holds in all completions
of the open leaves. The split is bounded: at most ``MOST_SPLIT`` such leaves in a guide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from amparo.core import ways
from amparo.core.guides import CHILD, Element, Guide, GuideError, Kind
from amparo.core.nodes import (
    AllNode,
    AnyNode,
    AtLeastNode,
    ConsiderNode,
    LeafNode,
    Node,
    NotNode,
)
from amparo.core.results import leaf_results
from amparo.core.ways import IMPOSSIBLE, Family

MOST_SPLIT = 4
MOST_NAMED = 4096

Ways = tuple[frozenset[str], ...]
Named = TypeVar("Named")
Names = TypeVar("Names")


@dataclass
class Plan:
    """Nodes in post-order with the leaves they read; ``split`` are the leaves used in both directions."""

    leaf_ids: tuple[str, ...]
    nodes: list[Node] = field(default_factory=list)
    node_of: dict[str, int] = field(default_factory=dict)
    leaf_nodes: dict[str, Node] = field(default_factory=dict)
    element_nodes: dict[str, Node] = field(default_factory=dict)
    split: int = 0
    branches: list[Node] = field(default_factory=list)
    open_so: list[Family] = field(default_factory=list)
    open_not: list[Family] = field(default_factory=list)
    named: dict[int, tuple[str, ...]] = field(default_factory=dict)
    named_ways: dict[Family, Ways] = field(default_factory=dict)
    named_sideless: dict[Family, Ways] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.evens = sum(ways.yes(leaf) for leaf in range(len(self.leaf_ids)))
        self.leaf_at = {leaf_id: at for at, leaf_id in enumerate(self.leaf_ids)}

    def lay_out(self) -> None:
        """Prepare what every run starts from: the branches in order, and all leaves open."""
        self.branches = [node for node in self.nodes if not isinstance(node, LeafNode)]
        self.open_so = [(ways.yes(node.leaf),) if node.leaf >= 0 else IMPOSSIBLE for node in self.nodes]
        self.open_not = [(ways.no(node.leaf),) if node.leaf >= 0 else IMPOSSIBLE for node in self.nodes]
        for leaf_id, leaf in self.leaf_nodes.items():
            leaf.results = leaf_results(leaf_id) if isinstance(leaf, LeafNode) else None
        uses = Counter(child for node in self.nodes for child in node.children)
        for node in self.nodes:
            node.is_one_sided = node.is_one_sided and not node.support & self.split
            if isinstance(node, ConsiderNode):  # its factors are weighed one by one
                node.groups = ()
                self._sort_parts(node, {child for child in node.children if uses[child] == 1})
            else:
                self._sort_parts(node, {members[0] for members in node.groups if len(members) == 1})
                node.groups = tuple(members for members in node.groups if len(members) > 1)

    def _sort_parts(self, node: Node, alone: set[int]) -> None:
        """Tell leaves that stand alone, for which a mask of bits is enough, from all other parts."""
        leaves = [
            self.nodes[part]
            for part in alone
            if isinstance(self.nodes[part], LeafNode) and not self.nodes[part].support & self.split
        ]
        grouped = {part for members in node.groups if len(members) > 1 for part in members}
        node.leaf_evens = sum(leaf.yes for leaf in leaves)
        answers = sorted(leaf.yes for leaf in leaves)
        node.leaf_answers = (tuple(answers), tuple(yes << 1 for yes in answers))
        others = set(node.parts) - {leaf.at for leaf in leaves}
        node.rest = tuple(part for part in node.parts if part in others - grouped)

    def names(self, leaves: int) -> tuple[str, ...]:
        """The ids of a set of leaves, in guide order. The naming of sets is remembered, within bounds."""
        known = self.named.get(leaves)
        if known is None:
            known = tuple(self.leaf_ids[at] for at in range(leaves.bit_length()) if leaves >> at & 1)
            _remember(self.named, leaves, known)
        return known

    def names_of_ways(self, family: Family) -> Ways:
        """The ids of the leaves that each way asks for, of the smallest ways."""
        known = self.named_ways.get(family)
        if known is None:
            known = tuple(frozenset(self.names(ways.leaves_of(way))) for way in family[: ways.KEPT])
            _remember(self.named_ways, family, known)
        return known

    def names_without_sides(self, family: Family) -> Ways:
        """The same where one leaf may be asked for by either answer: that is one way."""
        known = self.named_sideless.get(family)
        if known is None:
            known = self.names_of_ways(ways.without_sides(family, self.evens))
            _remember(self.named_sideless, family, known)
        return known


def _remember(names: dict[Named, Names], key: Named, name: Names) -> None:
    if len(names) < MOST_NAMED:
        names[key] = name


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
    plan.lay_out()
    plan.element_nodes = {element.id: plan.nodes[plan.node_of[element.id]] for element in guide.elements}
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
        node.support |= child.support
        node.is_one_sided = node.is_one_sided and child.is_one_sided and node_type is not ConsiderNode
        if node_type is not ConsiderNode:
            node.plain |= child.plain
            node.negated |= child.negated
    if node_type is NotNode:
        node.plain, node.negated = node.negated, node.plain
    node.parts = _take_apart(plan, node_type, children)
    node.groups = _group(plan, node.parts)
    plan.nodes.append(node)
    return node


def _take_apart(plan: Plan, node_type: type[Node], children: tuple[int, ...]) -> tuple[int, ...]:
    """Children for the ways: one of the same kind that shares leaves with others gives way to its own.

    So a part that is named both in a whole and beside it is crossed with itself no more.
    """
    if node_type not in {AllNode, AnyNode}:
        return children
    parts: list[int] = []
    for members in _group(plan, children):
        for child in members:
            node = plan.nodes[child]
            is_taken = len(members) > 1 and type(node) is node_type
            parts.extend(node.parts if is_taken else (child,))
    return tuple(dict.fromkeys(parts)) or children


def _group(plan: Plan, children: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Put nodes together that share leaves, directly or through others."""
    groups: list[tuple[int, tuple[int, ...]]] = []
    for child in children:
        support = plan.nodes[child].support
        members: tuple[int, ...] = (child,)
        for other in [group for group in groups if group[0] & support]:
            groups.remove(other)
            support, members = support | other[0], (*other[1], *members)
        groups.append((support, members))
    return tuple(members for _, members in groups)


def _add_leaf(plan: Plan, leaf_id: str, node: Node | None = None) -> None:
    node = node or _add(plan, LeafNode)
    node.leaf = plan.leaf_at[leaf_id]
    node.bit, node.yes = 1 << node.leaf, ways.yes(node.leaf)
    node.support |= node.bit
    node.plain |= node.bit
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
