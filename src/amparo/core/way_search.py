"""Work out the ways of every node of a run: the smallest sets of answers that would settle it."""

from __future__ import annotations

from itertools import product

from amparo.core import ways
from amparo.core.nodes import LeafNode, Run
from amparo.core.plans import Plan
from amparo.core.readings import Reading, bits
from amparo.core.ways import ALREADY, IMPOSSIBLE, Family


def find_ways(plan: Plan, run: Run, reading: Reading) -> tuple[list[Family], list[Family]]:
    """The families of every node; where leaves are split on, worked out per case and put together."""
    open_split = bits(plan.split & ~reading.answered)
    if not open_split:
        return _find_ways_in(plan, run, reading, 0)
    per_case = [_find_ways_in(plan, run, reading, case) for case in range(1 << len(open_split))]
    to_so, to_not = plan.open_so.copy(), plan.open_not.copy()
    for node in plan.nodes:
        if isinstance(node, LeafNode) and node.leaf in open_split:
            continue
        sides = [[case[side][node.at] for case in per_case] for side in (0, 1)]
        if node.support & plan.split:
            to_so[node.at], to_not[node.at] = (_combine(cases, open_split, plan.evens) for cases in sides)
        else:
            to_so[node.at], to_not[node.at] = (cases[0] for cases in sides)
    return to_so, to_not


def _find_ways_in(plan: Plan, run: Run, reading: Reading, case: int) -> tuple[list[Family], list[Family]]:
    """The families of every node in one case of the split."""
    to_so, to_not = run.to_so, run.to_not = plan.open_so.copy(), plan.open_not.copy()
    is_so, is_not, bit = run.is_so, run.is_not, 1 << case
    for at in reading.answered_nodes:
        if reading.yes & plan.nodes[at].bit:
            to_so[at], to_not[at] = ALREADY, IMPOSSIBLE
        else:
            to_so[at], to_not[at] = IMPOSSIBLE, ALREADY
    for at in (plan.node_of[plan.leaf_ids[leaf]] for leaf in bits(plan.split & ~reading.answered)):
        to_so[at], to_not[at] = (ALREADY, IMPOSSIBLE) if is_so[at] & bit else (IMPOSSIBLE, ALREADY)
    for node in plan.branches:
        at = node.at
        if is_so[at] & bit:
            to_so[at], to_not[at] = ALREADY, IMPOSSIBLE
        elif is_not[at] & bit:
            to_so[at], to_not[at] = IMPOSSIBLE, ALREADY
        else:
            node.find_ways(run)
    return to_so, to_not


def _combine(cases: list[Family], split: list[int], evens: int) -> Family:
    """Put cases together: each split leaf is either answered by the way, or left open and harmless."""
    found: list[int] = []
    for choice in product((0, 1, None), repeat=len(split)):
        literals = 0
        for leaf, answer in zip(split, choice, strict=True):
            if answer is not None:
                literals |= ways.yes(leaf) if answer else ways.no(leaf)
        chosen = [cases[case] for case in range(len(cases)) if _agrees(case, choice)]
        found.extend(literals | way for way in ways.every_shared(chosen, evens))
    return ways.smallest(found, evens)


def _agrees(case: int, choice: tuple[int | None, ...]) -> bool:
    return all(answer is None or case >> at & 1 == answer for at, answer in enumerate(choice))
