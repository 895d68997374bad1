"""The nodes of a compiled guide: how each settles its truth and its ways from those of its children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.core import ways
from amparo.core.results import Result
from amparo.core.ways import IMPOSSIBLE, Family


class Run:
    """The working memory of one evaluation: two bit sets per node, one bit per case of the split.

    ``is_so[n]`` holds the cases in which node n is established, ``is_not[n]`` those in which it is
    not; ``because[n]`` and ``answered`` are sets of leaves as bits; ``open_evens`` the yes-bits of the
    leaves without an answer. ``to_so`` and ``to_not`` hold the
    families of ways, filled per case.
    """

    __slots__ = (
        *("answered", "because", "evens", "every_case"),
        *("is_not", "is_so", "open_evens", "to_not", "to_so"),
    )

    def __init__(self, size: int, every_case: int, answered: int, evens: int) -> None:
        self.is_so = [0] * size
        self.is_not = [0] * size
        self.because = [0] * size
        self.to_so: list[Family] = [IMPOSSIBLE] * size
        self.to_not: list[Family] = [IMPOSSIBLE] * size
        self.every_case = every_case
        self.answered = answered
        self.evens = self.open_evens = evens

    def is_decided(self, node: int) -> bool:
        return self.is_so[node] == self.every_case or self.is_not[node] == self.every_case


@dataclass(slots=True)
class Node:
    """A compiled element. ``support``: the leaves under it; ``plain`` and ``negated``: how they count.

    Its ways are made of ``parts``: the children, or theirs (see ``plans``). Plain leaves that stand alone
    are kept as masks: ``leaf_evens``, their yes-bits together, and ``leaf_answers``, yes and no one by one.
    ``rest`` are others that stand alone, ``groups`` those that share leaves. ``is_one_sided``: no leaf under
    it can settle it by either answer. ``bit`` and ``yes``: a leaf in a set of leaves, and answered in a way.
    ``results``: of a leaf, its three results; none on a branch.
    """

    at: int
    children: tuple[int, ...] = ()
    leaf: int = -1
    bit: int = 0
    yes: int = 0
    count: int = 0
    support: int = 0
    plain: int = 0
    negated: int = 0
    parts: tuple[int, ...] = ()
    leaf_evens: int = 0
    leaf_answers: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    rest: tuple[int, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    is_one_sided: bool = True
    results: tuple[Result, Result, Result] | None = None

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


def find_joined(node: Node, run: Run, holds: list[Family], fails: list[Family], side: int) -> None:
    """Ways of all of the parts, read in ``holds`` and ``fails``; of any when the two are exchanged.

    Exact within each group that shares leaves, then across the groups. ``side``: 0 where a part that holds
    is established, 1 where it is refuted.
    """
    at, leaves = node.at, node.leaf_evens & run.open_evens
    in_all, in_some = leaves << side, leaves << (1 - side)
    singles = [answer for answer in node.leaf_answers[1 - side] if answer & in_some]
    if not node.rest and not node.groups:
        holds[at], fails[at] = (in_all,), tuple(singles[: ways.KEPT])
        return
    to_hold, to_fail = [holds[part] for part in node.rest], [fails[part] for part in node.rest]
    for group in node.groups:
        to_hold.append(ways.every_shared([holds[part] for part in group], run.evens))
        to_fail.append(ways.either_shared([fails[part] for part in group], run.evens))
    holds[at] = ways.every(in_all, to_hold)
    fails[at] = ways.either(singles, to_fail)


class AllNode(Node):
    def settle(self, run: Run) -> None:
        join(self, run, run.is_so, run.is_not)

    def find_ways(self, run: Run) -> None:
        find_joined(self, run, run.to_so, run.to_not, 0)


class AnyNode(Node):
    def settle(self, run: Run) -> None:
        join(self, run, run.is_not, run.is_so)

    def find_ways(self, run: Run) -> None:
        find_joined(self, run, run.to_not, run.to_so, 1)


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
        run.to_so[self.at] = ways.at_least(self.count, to_so, run.evens)
        run.to_not[self.at] = ways.at_least(self.enough_failures, to_not, run.evens)


class ConsiderNode(Node):
    """People conclude on the element itself; the conclusion is admitted once every factor is weighed.

    Before the run its slots hold the recorded conclusion; ``settle`` takes it back while a factor is open.
    A factor that counts nowhere else (``leaf_evens``) is weighed by either answer: one way stands for both.
    """

    def settle(self, run: Run) -> None:
        if not all(run.is_decided(child) for child in self.children):
            run.is_so[self.at] = run.is_not[self.at] = run.because[self.at] = 0
            return
        if run.because[self.at]:
            for child in self.children:
                run.because[self.at] |= run.because[child]

    def find_ways(self, run: Run) -> None:
        weighed: Family = (self.leaf_evens & run.open_evens,)
        for child in self.rest:
            decided = ways.smallest((*run.to_so[child], *run.to_not[child]), run.evens)
            weighed = ways.both_shared(weighed, decided, run.evens)
        run.to_so[self.at] = ways.both_shared(weighed, run.to_so[self.at], run.evens)
        run.to_not[self.at] = ways.both_shared(weighed, run.to_not[self.at], run.evens)
