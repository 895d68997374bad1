"""Ways as people read them: what must come together, and where any one of several would do.

``Result.to_establish`` lists ways leaf by leaf; where five grounds are interchangeable it lists nearly
the same way five times. A *line* says it once: every *slot* of it must be filled, and a slot with
several *choices* is filled by any of them.

>>> from amparo.core.evaluation import evaluate
>>> from amparo.core.guides import Element, Guide, Kind
>>> guide = Guide("claim", "claim", (
...     Element("claim", Kind.ALL, ("claim.fear", "claim.ground")),
...     Element("claim.fear", Kind.FINDING),
...     Element("claim.ground", Kind.ANY, ("claim.race", "claim.religion")),
...     Element("claim.race", Kind.FINDING),
...     Element("claim.religion", Kind.FINDING),
... ))
>>> result = evaluate(guide, {}, child=Truth.NOT_ESTABLISHED)
>>> (line,) = list_lines(result, "claim", Truth.ESTABLISHED)
>>> [[choice.element for choice in slot] for slot in line]
[['claim.fear'], ['claim.race', 'claim.religion']]
>>> len(list_lines(result, "claim", Truth.NOT_ESTABLISHED))
2
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.core.evaluation import Evaluation
from amparo.core.guides import CHILD, Kind
from amparo.core.truth import Truth


class Choice(NamedTuple):
    """An element that fills a slot once it is ``truth``; its smallest way asks for ``size`` open leaves."""

    element: str
    truth: Truth
    size: int


Slot = tuple[Choice, ...]
Line = tuple[Slot, ...]

YES, NO = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED
TOGETHER = {YES: frozenset({Kind.ALL}), NO: frozenset({Kind.ANY, Kind.UNLESS_CHILD, Kind.IF_CHILD})}
ONE_OF = {YES: frozenset({Kind.ANY, Kind.UNLESS_CHILD, Kind.IF_CHILD}), NO: frozenset({Kind.ALL})}


def list_lines(evaluation: Evaluation, element: str, truth: Truth) -> tuple[Line, ...]:
    """Return the lines that would make an open element ``truth``, the one with the fewest leaves first.

    Filling every slot of one line does it. Within a slot the choice with the fewest open leaves comes
    first. Nothing for an element that is decided or cannot become ``truth``, and nothing for a leaf.
    """
    shape = evaluation.guide.by_id[element]
    if shape.is_leaf or not _ways(evaluation, element, truth):
        return ()
    if shape.kind is Kind.NOT:
        return _lines_of(evaluation, _choice(evaluation, shape.children[0], _turned(truth)))
    if shape.kind not in ONE_OF[truth]:
        return (_slots(evaluation, element, truth),)
    found = [
        line for choice in _choices(evaluation, element, truth) for line in _lines_of(evaluation, choice)
    ]
    return tuple(sorted(dict.fromkeys(found), key=size_of))


def size_of(line: Line) -> int:
    """Return how many open leaves a line asks for at least."""
    return sum(slot[0].size for slot in line)


def _lines_of(evaluation: Evaluation, choice: Choice) -> tuple[Line, ...]:
    """Return the lines of one choice: a leaf is one, a further "one of" is several."""
    deeper = () if choice.element == CHILD else list_lines(evaluation, choice.element, choice.truth)
    return deeper or (((choice,),),)


def _slots(evaluation: Evaluation, element: str, truth: Truth) -> Line:
    """Return what must come together for an element; a "one of" below is one slot."""
    shape = evaluation.guide.by_id.get(element)
    if shape is not None and shape.kind is Kind.NOT:
        return _slots(evaluation, shape.children[0], _turned(truth))
    if shape is not None and shape.kind in TOGETHER[truth]:
        below = (_slots(evaluation, *part) for part in _open_parts(evaluation, element, truth))
        return tuple(dict.fromkeys(slot for slots in below for slot in slots))
    if shape is not None and shape.kind in ONE_OF[truth]:
        choices = _choices(evaluation, element, truth)
        return _slots(evaluation, *choices[0][:2]) if len(choices) == 1 else (choices,)
    return ((_choice(evaluation, element, truth),),)


def _choices(evaluation: Evaluation, element: str, truth: Truth) -> Slot:
    parts = _open_parts(evaluation, element, truth)
    return tuple(sorted((_choice(evaluation, *part) for part in parts), key=lambda choice: choice.size))


def _choice(evaluation: Evaluation, element: str, truth: Truth) -> Choice:
    return Choice(element, truth, len(_ways(evaluation, element, truth)[0]))


def _open_parts(evaluation: Evaluation, element: str, truth: Truth) -> list[tuple[str, Truth]]:
    """Return the counted children that are open and can still become what is asked, with that truth."""
    shape = evaluation.guide.by_id[element]
    parts = [(child, truth) for child in evaluation.guide.counted(shape)]
    if shape.kind in {Kind.UNLESS_CHILD, Kind.IF_CHILD} and evaluation.child is Truth.NOT_ASSESSED:
        parts.append((CHILD, truth if shape.kind is Kind.UNLESS_CHILD else _turned(truth)))
    return [part for part in parts if _ways(evaluation, *part)]


def _ways(evaluation: Evaluation, element: str, truth: Truth) -> tuple[frozenset[str], ...]:
    if element == CHILD:
        return (frozenset({CHILD}),)
    result = evaluation.nodes[element]
    return result.to_establish if truth is YES else result.to_refute


def _turned(truth: Truth) -> Truth:
    return NO if truth is YES else YES
