"""Evaluate a guide over the answers so far: for every element its truth, why, and what is missing.

The evaluation is total (every guide and every set of answers has a result), order-free, and exact:
a node is decided if and only if it comes out the same in every completion of the open leaves, also
where one leaf stands under several parents (see ``amparo.core.plans``). The conclusion of a
``consider`` element counts as open until every factor is weighed and reasons are given.

>>> from amparo.core.guides import Element, Guide, Kind
>>> guide = Guide("exit", "exit", (
...     Element("exit", Kind.ALL, ("exit.wish", "exit.means")),
...     Element("exit.wish", Kind.FINDING),
...     Element("exit.means", Kind.ANY, ("exit.ticket", "exit.lift")),
...     Element("exit.ticket", Kind.FINDING),
...     Element("exit.lift", Kind.FINDING),
... ))
>>> yes, no = Answer(Truth.ESTABLISHED, by="amina"), Answer(Truth.NOT_ESTABLISHED, by="bruno")
>>> result = evaluate(guide, {"exit.wish": [yes], "exit.lift": [no]}, child=Truth.NOT_ESTABLISHED)
>>> result.truth
<Truth.NOT_ASSESSED: 'not_assessed'>
>>> result.missing
(frozenset({'exit.ticket'}),)
>>> evaluate(guide, {"exit.wish": [no]}, child=Truth.NOT_ASSESSED).nodes["exit"].because
('exit.wish',)
>>> evaluate(guide, {"exit.wish": [yes, no]}, child=Truth.NOT_ASSESSED).conflicts
('exit.wish',)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from amparo.core import ways
from amparo.core.guides import CHILD, Guide
from amparo.core.plans import ConsiderNode, LeafNode, Node, Plan, Run
from amparo.core.truth import Truth
from amparo.core.ways import ALREADY, IMPOSSIBLE, Family


class Answer(NamedTuple):
    """What one person or provider says of one leaf. ``by`` is a reference, never a name."""

    truth: Truth
    by: str
    has_reasons: bool = False


class Held(StrEnum):
    """Why a recorded conclusion of a ``consider`` element does not count yet."""

    NO = ""
    FACTORS_NOT_WEIGHED = "factors_not_weighed"
    NO_REASONS = "no_reasons"


class Result(NamedTuple):
    """The result of one element.

    ``because``: the leaves that decide it; with those alone the truth would be the same. Where several
    suffice all are named. Empty while it is not assessed. ``to_establish`` and ``to_refute``: the
    smallest sets of open leaves whose answers could make it established or not established, smallest
    first, at most ``ways.KEPT``. ``missing``: the smallest of both. ``conflicts``: the leaves under it
    on which answers disagree. ``is_required``: false where the child rule lifts it.
    """

    truth: Truth
    because: tuple[str, ...]
    to_establish: tuple[frozenset[str], ...]
    to_refute: tuple[frozenset[str], ...]
    conflicts: tuple[str, ...]
    held: Held = Held.NO

    @property
    def missing(self) -> tuple[frozenset[str], ...]:
        """The smallest sets of open leaves that would decide it, one way or the other."""
        found: list[frozenset[str]] = []
        for leaves in sorted({*self.to_establish, *self.to_refute}, key=lambda s: (len(s), sorted(s))):
            if not any(other <= leaves for other in found):
                found.append(leaves)
        return tuple(found)


class Trace(Mapping[str, Result]):
    """Results by element id, in guide order; each is put into words when it is read."""

    __slots__ = ("_conflicts", "_guide", "_held", "_run", "_to_not", "_to_so")

    def __init__(self, guide: Guide, run: Run, reading: Reading) -> None:
        self._guide = guide
        self._run = run
        self._conflicts = reading.conflicts
        self._held = reading.held
        self._to_so, self._to_not = _find_ways(guide.plan, run, reading)

    def __getitem__(self, element_id: str) -> Result:
        if element_id not in self._guide.by_id:
            raise KeyError(element_id)
        plan, run = self._guide.plan, self._run
        node = plan.nodes[plan.node_of[element_id]]
        at = node.at
        return Result(
            _truth_of(run, at),
            plan.names(run.because[at]),
            self._named(self._to_so[at]),
            self._named(self._to_not[at]),
            plan.names(node.support & self._conflicts),
            self._why_held(element_id, node),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._guide.by_id)

    def __len__(self) -> int:
        return len(self._guide.by_id)

    def _named(self, family: Family) -> tuple[frozenset[str], ...]:
        if family in (ALREADY, IMPOSSIBLE):
            return ()
        plan = self._guide.plan
        found = ways.leaves_of(family, plan.evens)[: ways.KEPT]
        return tuple(frozenset(plan.names(leaves)) for leaves in found)

    def _why_held(self, element_id: str, node: Node) -> Held:
        held = self._held.get(element_id, Held.NO)
        if held is Held.FACTORS_NOT_WEIGHED and self._run.is_decided(node.at):
            return Held.NO
        return held


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a guide. ``stray``: answered ids that the guide does not ask (an older version did)."""

    guide: Guide
    nodes: Trace
    child: Truth
    stray: tuple[str, ...] = ()

    @property
    def root(self) -> Result:
        return self.nodes[self.guide.root]

    @property
    def truth(self) -> Truth:
        return self.root.truth

    @property
    def because(self) -> tuple[str, ...]:
        return self.root.because

    @property
    def missing(self) -> tuple[frozenset[str], ...]:
        """The shortest ways to a conclusion."""
        return self.root.missing

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Every leaf on which answers disagree, notes included."""
        plan = self.guide.plan
        return plan.names(self.nodes._conflicts)

    @property
    def blocking(self) -> tuple[str, ...]:
        """The elements counted under the root that are not established: what a gate refuses for."""
        root = self.guide.by_id[self.guide.root]
        unmet = (c for c in self.guide.counted(root) if self.nodes[c].truth is not Truth.ESTABLISHED)
        return tuple(unmet)


def evaluate(guide: Guide, answers: Mapping[str, Sequence[Answer]], *, child: Truth) -> Evaluation:
    """Evaluate every element.

    ``answers``: leaf id to everything said about it, in any order. Answers that disagree leave the leaf
    open and are reported as a conflict; ``NOT_ASSESSED`` answers say nothing. ``child`` answers
    ``person.child``: established also for a presumed child.
    """
    plan = guide.plan
    reading = _read(plan, answers, child)
    run = _prepare(plan, reading)
    for node in plan.nodes:
        node.settle(run)
    stray = tuple(sorted(leaf_id for leaf_id in answers if leaf_id not in plan.leaf_at or leaf_id == CHILD))
    return Evaluation(guide, Trace(guide, run, reading), child, stray)


class Reading:
    """The answers as sets of leaves: agreed established, agreed not established, in conflict."""

    __slots__ = ("conflicts", "held", "no", "yes")

    def __init__(self) -> None:
        self.yes = 0
        self.no = 0
        self.conflicts = 0
        self.held: dict[str, Held] = {}

    @property
    def answered(self) -> int:
        return self.yes | self.no

    def add(self, leaf: int, truths: set[Truth]) -> None:
        says_yes, says_no = Truth.ESTABLISHED in truths, Truth.NOT_ESTABLISHED in truths
        if says_yes and says_no:
            self.conflicts |= 1 << leaf
        elif says_yes:
            self.yes |= 1 << leaf
        elif says_no:
            self.no |= 1 << leaf


def _read(plan: Plan, answers: Mapping[str, Sequence[Answer]], child: Truth) -> Reading:
    reading = Reading()
    for leaf_id, said in answers.items():
        leaf = plan.leaf_at.get(leaf_id)
        if leaf is None or leaf_id == CHILD:
            continue
        if isinstance(plan.leaf_nodes[leaf_id], ConsiderNode):
            reading.add(leaf, _admit(reading, leaf_id, said))
        else:
            reading.add(leaf, {answer.truth for answer in said})
    if CHILD in plan.leaf_at:
        reading.add(plan.leaf_at[CHILD], {child})
    return reading


def _admit(reading: Reading, leaf_id: str, said: Sequence[Answer]) -> set[Truth]:
    """The conclusions that come with reasons; a conclusion without reasons is held back."""
    concluded = {a.truth for a in said if a.truth is not Truth.NOT_ASSESSED}
    reasoned: set[Truth] = {a.truth for a in said if a.has_reasons and a.truth is not Truth.NOT_ASSESSED}
    if concluded:
        reading.held[leaf_id] = Held.FACTORS_NOT_WEIGHED if reasoned else Held.NO_REASONS
    return reasoned


def _prepare(plan: Plan, reading: Reading) -> Run:
    """Lay the answers on the leaves; an open leaf used in both directions gets half of the cases."""
    cases = 1
    patterns: dict[int, int] = {}
    open_split = plan.split & ~reading.answered
    for leaf in _bits(open_split):
        patterns = {one: pattern | pattern << cases for one, pattern in patterns.items()}
        patterns[leaf] = ((1 << cases) - 1) << cases
        cases *= 2
    run = Run(plan, (1 << cases) - 1, reading.answered)
    for node in plan.leaf_nodes.values():
        bit = 1 << node.leaf
        if reading.yes & bit:
            run.is_so[node.at] = run.every_case
            run.because[node.at] = bit
        elif reading.no & bit:
            run.is_not[node.at] = run.every_case
            run.because[node.at] = bit
        elif open_split & bit:
            run.is_so[node.at] = patterns[node.leaf]
            run.is_not[node.at] = run.every_case & ~patterns[node.leaf]
    return run


def _bits(leaves: int) -> list[int]:
    return [leaf for leaf in range(leaves.bit_length()) if leaves >> leaf & 1]


def _truth_of(run: Run, at: int) -> Truth:
    if run.is_so[at] == run.every_case:
        return Truth.ESTABLISHED
    if run.is_not[at] == run.every_case:
        return Truth.NOT_ESTABLISHED
    return Truth.NOT_ASSESSED


def _find_ways(plan: Plan, run: Run, reading: Reading) -> tuple[list[Family], list[Family]]:
    """The families of every node; where leaves are split on, worked out per case and put together."""
    open_split = _bits(plan.split & ~reading.answered)
    per_case = [_find_ways_in(plan, run, reading, case) for case in range(1 << len(open_split))]
    if not open_split:
        return per_case[0]
    so: list[Family] = []
    so_not: list[Family] = []
    for node in plan.nodes:
        if isinstance(node, LeafNode) and node.leaf in open_split:
            so.append((ways.yes(node.leaf),))
            so_not.append((ways.no(node.leaf),))
        elif node.support & plan.split:
            so.append(_combine([case[0][node.at] for case in per_case], open_split, plan.evens))
            so_not.append(_combine([case[1][node.at] for case in per_case], open_split, plan.evens))
        else:
            so.append(per_case[0][0][node.at])
            so_not.append(per_case[0][1][node.at])
    return so, so_not


def _find_ways_in(plan: Plan, run: Run, reading: Reading, case: int) -> tuple[list[Family], list[Family]]:
    """The families of every node in one case of the split."""
    size = len(plan.nodes)
    run.to_so, run.to_not = [IMPOSSIBLE] * size, [IMPOSSIBLE] * size
    bit = 1 << case
    for node in plan.nodes:
        at = node.at
        if run.is_so[at] & bit:
            run.to_so[at] = ALREADY
        elif run.is_not[at] & bit:
            run.to_not[at] = ALREADY
        else:
            if node.leaf >= 0:
                _lay_leaf(node, run, reading)
            node.find_ways(run)
    return run.to_so, run.to_not


def _lay_leaf(node: Node, run: Run, reading: Reading) -> None:
    """What the leaf of an undecided node would take: nothing more for a conclusion that is held."""
    if reading.yes >> node.leaf & 1:
        run.to_so[node.at] = ALREADY
    elif reading.no >> node.leaf & 1:
        run.to_not[node.at] = ALREADY
    else:
        run.to_so[node.at], run.to_not[node.at] = (ways.yes(node.leaf),), (ways.no(node.leaf),)


def _combine(cases: list[Family], split: list[int], evens: int) -> Family:
    """Put cases together: each split leaf is either answered by the way, or left open and harmless."""
    found: list[int] = []
    for choice in product((0, 1, None), repeat=len(split)):
        literals = 0
        for leaf, answer in zip(split, choice, strict=True):
            if answer is not None:
                literals |= ways.yes(leaf) if answer else ways.no(leaf)
        chosen = [cases[case] for case in range(len(cases)) if _agrees(case, choice)]
        together = ways.every(chosen, evens, is_disjoint=False)
        found.extend(literals | way for way in together)
    return ways.smallest(found, evens)


def _agrees(case: int, choice: tuple[int | None, ...]) -> bool:
    return all(answer is None or case >> at & 1 == answer for at, answer in enumerate(choice))
