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

from amparo.core.guides import CHILD, Guide, Kind
from amparo.core.nodes import Run
from amparo.core.plans import Plan
from amparo.core.readings import Answer, Reading, prepare, read
from amparo.core.results import Held, Result
from amparo.core.truth import Truth
from amparo.core.way_search import find_ways

__all__ = ["Answer", "Evaluation", "Held", "Result", "Trace", "evaluate"]


VERDICTS = (Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED)
OPEN = 2


class Trace(Mapping[str, Result]):
    """Results by element id, in guide order; each is put into words when it is read."""

    __slots__ = ("_nodes", "_plan", "_reading", "_run", "_to_not", "_to_so", "_verdicts")

    def __init__(self, plan: Plan, run: Run, reading: Reading) -> None:
        self._nodes = plan.element_nodes
        self._plan = plan
        self._run = run
        self._reading = reading
        every_case = run.every_case
        self._verdicts = [
            0 if so == every_case else 1 if not_so == every_case else OPEN
            for so, not_so in zip(run.is_so, run.is_not, strict=True)
        ]
        self._to_so, self._to_not = find_ways(plan, run, reading)

    def __getitem__(self, element_id: str) -> Result:
        node, reading = self._nodes[element_id], self._reading
        at, verdict = node.at, self._verdicts[node.at]
        if node.results and not reading.conflicts:
            return node.results[verdict]
        plan = self._plan
        conflicts: tuple[str, ...] = ()
        if reading.conflicts:
            conflicts = plan.names(node.support & reading.conflicts)
        if verdict != OPEN:
            return Result(VERDICTS[verdict], plan.names(self._run.because[at]), (), (), conflicts)
        name = plan.names_of_ways if node.is_one_sided else plan.names_without_sides
        to_so, to_not = name(self._to_so[at]), name(self._to_not[at])
        return Result(Truth.NOT_ASSESSED, (), to_so, to_not, conflicts, reading.held.get(element_id, Held.NO))

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Every leaf on which answers disagree, notes included."""
        return self._plan.names(self._reading.conflicts)


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
        return self.nodes.conflicts

    @property
    def blocking(self) -> tuple[str, ...]:
        """The conditions that are not established, what a gate refuses for, in guide order.

        Elements that ask for all of their children, and rules for a child, are taken apart.
        """
        return tuple(dict.fromkeys(self._unmet(self.guide.root)))

    def _unmet(self, element_id: str) -> Iterator[str]:
        element = self.guide.by_id[element_id]
        if self.nodes[element_id].truth is Truth.ESTABLISHED:
            return
        if element.kind in {Kind.ALL, Kind.IF_CHILD}:
            for child in self.guide.counted(element):
                yield from self._unmet(child)
        else:
            yield element_id


def evaluate(guide: Guide, answers: Mapping[str, Sequence[Answer]], *, child: Truth) -> Evaluation:
    """Evaluate every element.

    ``answers``: leaf id to everything said about it, in any order. Answers that disagree leave the leaf
    open and are reported as a conflict; ``NOT_ASSESSED`` answers say nothing. ``child`` answers
    ``person.child``: established also for a presumed child.
    """
    plan = guide.plan
    reading = read(plan, answers, child)
    run = prepare(plan, reading)
    for node in plan.branches:
        node.settle(run)
    stray = tuple(sorted(leaf_id for leaf_id in answers if leaf_id not in plan.leaf_at or leaf_id == CHILD))
    return Evaluation(guide, Trace(plan, run, reading), child, stray)
