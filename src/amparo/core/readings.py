"""What was said of the leaves, laid on a plan: agreed answers, conflicts, conclusions held back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from amparo.core.guides import CHILD
from amparo.core.nodes import ConsiderNode, Node, Run
from amparo.core.plans import Plan
from amparo.core.results import Held
from amparo.core.truth import Truth


class Answer(NamedTuple):
    """What one person or provider says of one leaf. ``by`` is a reference, never a name."""

    truth: Truth
    by: str
    has_reasons: bool = False


class Reading:
    """The answers as sets of leaves: agreed established, agreed not established, in conflict."""

    __slots__ = ("answered_nodes", "conflicts", "held", "no", "yes")

    def __init__(self) -> None:
        self.yes = 0
        self.no = 0
        self.conflicts = 0
        self.held: dict[str, Held] = {}
        self.answered_nodes: list[int] = []

    @property
    def answered(self) -> int:
        return self.yes | self.no

    def add(self, node: Node, truths: Collection[Truth]) -> None:
        says_yes, says_no = Truth.ESTABLISHED in truths, Truth.NOT_ESTABLISHED in truths
        if says_yes and says_no:
            self.conflicts |= node.bit
        elif says_yes or says_no:
            self.agree(node, is_yes=says_yes)

    def agree(self, node: Node, *, is_yes: bool) -> None:
        if is_yes:
            self.yes |= node.bit
        else:
            self.no |= node.bit
        self.answered_nodes.append(node.at)


def read(plan: Plan, answers: Mapping[str, Sequence[Answer]], child: Truth) -> Reading:
    reading = Reading()
    for leaf_id, said in answers.items():
        node = plan.leaf_nodes.get(leaf_id)
        if node is None or leaf_id == CHILD:
            continue
        if isinstance(node, ConsiderNode):
            reading.add(node, _admit(reading, leaf_id, said))
        elif len(said) == 1:
            if (truth := said[0].truth) is not Truth.NOT_ASSESSED:
                reading.agree(node, is_yes=truth is Truth.ESTABLISHED)
        else:
            reading.add(node, [answer.truth for answer in said])
    if CHILD in plan.leaf_nodes:
        reading.add(plan.leaf_nodes[CHILD], (child,))
    return reading


def _admit(reading: Reading, leaf_id: str, said: Sequence[Answer]) -> set[Truth]:
    """The conclusions that come with reasons; a conclusion without reasons is held back."""
    concluded = {a.truth for a in said if a.truth is not Truth.NOT_ASSESSED}
    reasoned: set[Truth] = {a.truth for a in said if a.has_reasons and a.truth is not Truth.NOT_ASSESSED}
    if concluded:
        reading.held[leaf_id] = Held.FACTORS_NOT_WEIGHED if reasoned else Held.NO_REASONS
    return reasoned


def prepare(plan: Plan, reading: Reading) -> Run:
    """Lay the answers on the leaves; an open leaf used in both directions gets half of the cases."""
    cases = 1
    patterns: dict[int, int] = {}
    for leaf in bits(plan.split & ~reading.answered):
        patterns = {one: pattern | pattern << cases for one, pattern in patterns.items()}
        patterns[leaf] = ((1 << cases) - 1) << cases
        cases *= 2
    run = Run(len(plan.nodes), (1 << cases) - 1, reading.answered, plan.evens)
    for at in reading.answered_nodes:
        node = plan.nodes[at]
        run.open_evens ^= node.yes
        side = run.is_so if reading.yes & node.bit else run.is_not
        side[at] = run.every_case
        run.because[at] = node.bit
    for leaf, pattern in patterns.items():
        at = plan.node_of[plan.leaf_ids[leaf]]
        run.is_so[at], run.is_not[at] = pattern, run.every_case & ~pattern
    return run


def bits(leaves: int) -> list[int]:
    return [leaf for leaf in range(leaves.bit_length()) if leaves >> leaf & 1]
