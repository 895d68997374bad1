"""The tree of a guide and its open element, in words."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.data.days import say_day
from amparo.core.guides import CHILD, Kind
from amparo.core.truth import Truth
from amparo.core.way_lines import list_lines
from amparo.doctrine.data import CaseDecision, GuideFile
from amparo.doctrine.registry import decisions_for, get_source
from amparo.procedures.data.shapes import (
    CONTESTED,
    BesideView,
    BranchView,
    DecisionView,
    ElementView,
    NodeView,
    SourceView,
)
from amparo.procedures.data.ways import ChoiceView, ConclusionView, WayView
from amparo.procedures.data.words import label_of
from amparo.procedures.queries.assessing import Assessment

PEOPLE_ANSWER = frozenset({Kind.FINDING, Kind.CONSIDER, Kind.NOTE})


def list_nodes(
    assessment: Assessment, language: str, current: str, changed: frozenset[str] = frozenset()
) -> tuple[NodeView, ...]:
    """Return the tree from top to bottom without its root; an element under two parents stands once."""
    lines = _walk(assessment.guide)
    return tuple(
        node_view(assessment, element, depth, language, current, changed) for element, depth in lines
    )


def list_branches(
    assessment: Assessment, language: str, current: str, changed: frozenset[str]
) -> tuple[BranchView, ...]:
    """Return the tree by top-level element; the branch of the current element is the open one."""
    groups: list[list[NodeView]] = []
    for node in list_nodes(assessment, language, current, changed):
        if node.depth == 0:
            groups.append([])
        groups[-1].append(node)
    return tuple(_branch(group) for group in groups)


def _branch(nodes: list[NodeView]) -> BranchView:
    top, *lines = nodes
    is_undecided = top.is_note or top.state in {str(Truth.NOT_ASSESSED.value), CONTESTED}
    asked = [node for node in nodes if node.is_leaf and node.is_note == top.is_note]
    to_settle = [node for node in asked if node.state in {str(Truth.NOT_ASSESSED.value), CONTESTED}]
    return BranchView(
        top=top,
        lines=tuple(lines),
        is_open=any(node.is_current for node in nodes),
        to_settle=len(to_settle) if is_undecided else 0,
        changed=sum(node.is_changed for node in nodes),
    )


def _walk(guide: GuideFile) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    stack = [(child, 0) for child in reversed(guide.logic.by_id[guide.logic.root].children)]
    while stack:
        element, depth = stack.pop()
        if element in seen:
            continue
        seen.add(element)
        yield element, depth
        children = guide.logic.by_id[element].children
        stack.extend((child, depth + 1) for child in reversed(children))


def node_view(
    assessment: Assessment,
    element: str,
    depth: int,
    language: str,
    current: str = "",
    changed: frozenset[str] = frozenset(),
) -> NodeView:
    shape, text = assessment.guide.logic.by_id[element], assessment.guide.texts[element]
    return NodeView(
        id=element,
        label=text.label[language],
        depth=depth,
        kind=str(shape.kind),
        state=assessment.state_of(element),
        is_leaf=shape.is_leaf,
        is_note=shape.kind is Kind.NOTE,
        is_absolute=text.absolute,
        is_unverified=text.unverified,
        is_current=element == current,
        is_changed=element in changed,
        findings=sum(finding.stands for finding in assessment.findings.get(element, ())),
    )


def element_view(assessment: Assessment, element: str, language: str) -> ElementView:
    """Return one element with its question, sources, decisions, findings, and what would settle it."""
    guide = assessment.guide
    shape, text = guide.logic.by_id[element], guide.texts[element]
    result = assessment.evaluation.nodes[element]
    return ElementView(
        id=element,
        label=text.label[language],
        ask=text.ask[language] if text.ask else "",
        look_for=tuple(line[language] for line in text.look_for),
        kind=str(shape.kind),
        state=assessment.state_of(element),
        is_answerable=shape.is_leaf and shape.kind in PEOPLE_ANSWER,
        is_absolute=text.absolute,
        is_unverified=text.unverified,
        is_override=text.override is not None,
        held=str(result.held),
        fact=assessment.facts.get(element),
        sources=tuple(source_view(one, language) for one in text.sources),
        decisions=tuple(decision_view(one, language) for one in decisions_for(element)),
        evidence=tuple((code, label_of("evidence_kind", code, language)) for code in text.evidence),
        findings=assessment.findings.get(element, ()),
        verify=text.verify[language] if text.verify else "",
        grants=text.grants[language] if text.grants else "",
        to_establish=ways_to(assessment, element, Truth.ESTABLISHED, language),
        to_refute=ways_to(assessment, element, Truth.NOT_ESTABLISHED, language),
        children=tuple(node_view(assessment, child, 0, language) for child in shape.children),
    )


def source_view(source_id: str, language: str) -> SourceView:
    source = get_source(source_id)
    return SourceView(
        id=source.id,
        label=source.instrument[language],
        place=source.place[language],
        says=source.says[language],
        is_unverified=source.status.is_unverified,
    )


def decision_view(decision: CaseDecision, language: str) -> DecisionView:
    parts = (decision.number, decision.forum[language], say_day(decision.date))
    place = ", ".join(part for part in parts if part)
    return DecisionView(
        id=decision.id,
        label=decision.name or place,
        place=place if decision.name else "",
        country=label_of("country", decision.country, language),
        holding=decision.holding[language],
        outcome=decision.outcome,
        is_unverified=decision.is_unverified,
    )


def ways_to(assessment: Assessment, element: str, truth: Truth, language: str) -> tuple[WayView, ...]:
    """Return the ways to make an open element ``truth``, the shortest first; none for a leaf."""
    guide = assessment.guide
    return tuple(
        WayView(
            tuple(
                tuple(
                    ChoiceView(
                        choice.element,
                        element_label(guide, choice.element, language),
                        choice.size,
                        choice.truth is Truth.ESTABLISHED,
                        Truth.NOT_ESTABLISHED in {truth, choice.truth},
                    )
                    for choice in slot
                )
                for slot in line
            )
        )
        for line in list_lines(assessment.evaluation, element, truth)
    )


def conclusion_view(assessment: Assessment, language: str) -> ConclusionView:
    """Return the sentence of the guide for where it stands; findings that disagree leave it open."""
    conclusion, root = assessment.guide.conclusion, assessment.guide.logic.root
    says = conclusion.says(assessment.evaluation.truth)[language]
    if assessment.state_of(root) == CONTESTED:
        says = _("Findings contradict each other; the conclusion is open.")
    return ConclusionView(says, conclusion.to_establish[language], conclusion.to_refute[language])


def element_label(guide: GuideFile, element: str, language: str) -> str:
    if element == CHILD:
        return label_of("procedures.element", CHILD, language)
    return guide.texts[element].label[language]


def beside_view(assessment: Assessment, language: str, current: str, procedure_id: UUID | None) -> BesideView:
    """Return how far one guide is: elements documented, missing, contested. Never a status."""
    unexamined = {element for element, fact in assessment.facts.items() if fact.holds_unexamined}
    leaves = [leaf for leaf in assessment.counted_leaves if leaf not in unexamined]
    nodes = assessment.evaluation.nodes
    contested = set(assessment.evaluation.conflicts) & set(leaves)
    documented = sum(nodes[leaf].truth is not Truth.NOT_ASSESSED for leaf in leaves)
    root = assessment.guide.logic.root
    return BesideView(
        guide=assessment.guide.id,
        procedure_id=procedure_id,
        title=assessment.guide.title[language],
        state=assessment.state_of(root),
        says=conclusion_view(assessment, language).says,
        first_element=assessment.guide.logic.by_id[root].children[0],
        documented=documented,
        missing=len(leaves) - documented - len(contested),
        contested=len(contested),
        is_current=assessment.guide.id == current,
    )
