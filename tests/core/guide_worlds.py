"""Random guides and answers, and a plain oracle that tries every completion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from amparo.core.evaluation import Answer
from amparo.core.guides import CHILD, Element, Guide, GuideError, Kind
from amparo.core.truth import Truth

YES, NO, OPEN = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED
BRANCHES = [
    Kind.ALL,
    Kind.ANY,
    Kind.AT_LEAST,
    Kind.NOT,
    Kind.UNLESS_CHILD,
    Kind.IF_CHILD,
    Kind.CONSIDER,
    Kind.NOTE,
]

EXPECTED = {"no_children", "count_out_of_range", "too_many_mixed_leaves", "mixed_leaf_in_consider"}


@dataclass(frozen=True)
class World:
    """``answers`` agree per leaf; a leaf that is absent is open."""

    guide: Guide
    answers: Mapping[str, Truth]
    child: Truth

    @property
    def given(self) -> dict[str, list[Answer]]:
        return {leaf: [Answer(truth, "amina", True)] for leaf, truth in self.answers.items()}


@st.composite
def guides(draw: st.DrawFn, kinds: list[Kind] = BRANCHES) -> Guide:
    """A guide whose later elements pick their children among earlier ones, so that leaves are shared."""
    leaf_kinds = st.sampled_from([Kind.FINDING, Kind.FINDING, Kind.FACT, Kind.NOTE])
    elements = [_leaf(f"leaf{at}", draw(leaf_kinds)) for at in range(draw(st.integers(2, 5)))]
    for at in range(draw(st.integers(1, 6))):
        elements.append(_branch(draw, f"node{at}", draw(st.sampled_from(kinds)), elements))
    root = Element("root", draw(st.sampled_from([Kind.ALL, Kind.ANY])), _roots(elements))
    try:
        return Guide("random", "root", (*elements, root))
    except GuideError as error:
        if error.code not in EXPECTED:
            raise
        return Guide("random", "root", (Element("root", Kind.FINDING),))


def _leaf(name: str, kind: Kind) -> Element:
    return Element(name, kind, fact="some.fact" if kind is Kind.FACT else "")


def _branch(draw: st.DrawFn, name: str, kind: Kind, elements: list[Element]) -> Element:
    countable = [e.id for e in elements if e.kind is not Kind.NOTE]
    pool = countable or [elements[0].id]
    most = 1 if kind in {Kind.NOT, Kind.UNLESS_CHILD, Kind.IF_CHILD} else 3
    children = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=most, unique=True))
    count = draw(st.integers(1, len(children))) if kind is Kind.AT_LEAST else 0
    return Element(name, kind, tuple(children), count)


def _roots(elements: list[Element]) -> tuple[str, ...]:
    held = {child for element in elements for child in element.children}
    return tuple(element.id for element in elements if element.id not in held)


@st.composite
def worlds(draw: st.DrawFn, kinds: list[Kind] = BRANCHES) -> World:
    guide = draw(guides(kinds))
    truths = st.sampled_from([YES, NO, OPEN])
    said = {leaf: draw(truths) for leaf in guide.leaf_ids if leaf != CHILD}
    return World(guide, {leaf: truth for leaf, truth in said.items() if truth is not OPEN}, draw(truths))


def in_every_completion(world: World) -> dict[str, Truth]:
    """The truth of every element, by trying every completion of the open leaves.

    Conclusions of ``consider`` elements join the known leaves once all their factors are decided.
    """
    known = {
        leaf: truth is YES
        for leaf, truth in world.answers.items()
        if _kind(world.guide, leaf) is not Kind.CONSIDER
    }
    if world.child is not OPEN:
        known[CHILD] = world.child is YES
    waiting = [e for e in world.guide.elements if e.kind is Kind.CONSIDER and e.id in world.answers]
    while True:
        truths = _try_all(world.guide, known)
        ready = [e for e in waiting if all(truths[c] is not OPEN for c in world.guide.counted(e))]
        if not ready:
            return truths
        for element in ready:
            known[element.id] = world.answers[element.id] is YES
            waiting.remove(element)


def _kind(guide: Guide, leaf: str) -> Kind:
    return guide.by_id[leaf].kind


def _try_all(guide: Guide, known: dict[str, bool]) -> dict[str, Truth]:
    leaves = {CHILD, *(e.id for e in guide.elements if e.is_leaf)}
    unknown = sorted(leaves - known.keys())
    seen: dict[str, set[bool]] = {e.id: set() for e in guide.elements}
    for choice in product((True, False), repeat=len(unknown)):
        values = {**known, **dict(zip(unknown, choice, strict=True))}
        for element in guide.elements:
            seen[element.id].add(_value(guide, element.id, values))
    return {name: OPEN if len(found) == 2 else YES if True in found else NO for name, found in seen.items()}


def _value(guide: Guide, name: str, values: dict[str, bool]) -> bool:
    element = guide.by_id[name]
    if element.is_leaf:
        return values[name]
    inner = [_value(guide, child, values) for child in guide.counted(element)]
    needed = {Kind.ANY: 1, Kind.AT_LEAST: element.count}.get(element.kind, len(inner))
    if element.kind is Kind.NOT:
        return not inner[0]
    if element.kind is Kind.UNLESS_CHILD:
        return values[CHILD] or inner[0]
    if element.kind is Kind.IF_CHILD:
        return not values[CHILD] or inner[0]
    return sum(inner) >= needed
