"""Where a guide stands for one person: findings that stand and facts from records, evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amparo.access.queries import machine_actor
from amparo.cases.queries import child_truth
from amparo.core.evaluation import Answer, Evaluation, evaluate
from amparo.core.guides import Kind
from amparo.core.truth import Truth
from amparo.doctrine.data import GuideFile
from amparo.procedures.data.shapes import CONTESTED, FindingView
from amparo.procedures.facts import Fact, compute_facts


@dataclass(frozen=True, slots=True)
class Assessment:
    """A guide with its evaluation. ``findings`` by element, latest first; ``facts`` by element."""

    guide: GuideFile
    evaluation: Evaluation
    findings: Mapping[str, tuple[FindingView, ...]]
    facts: Mapping[str, Fact]

    def state_of(self, element: str) -> str:
        """Return the truth of an element as text, or ``contested`` where answers under it disagree.

        A contradiction shows on every open element above it; what is decided in spite of it is decided.
        """
        result = self.evaluation.nodes[element]
        if result.truth is Truth.NOT_ASSESSED and result.conflicts:
            return CONTESTED
        return str(result.truth.value)

    @property
    def counted_leaves(self) -> tuple[str, ...]:
        """The elements that people or records answer and that count for the conclusion."""
        elements = self.guide.logic.by_id
        return tuple(
            leaf
            for leaf in self.guide.logic.leaf_ids
            if leaf in elements and elements[leaf].kind is not Kind.NOTE
        )


def assess(
    person_id: UUID, guide: GuideFile, findings: list[FindingView], *, child: Truth, as_of: datetime
) -> Assessment:
    """Evaluate a guide. Facts are read as the machine "facts", so that everybody sees the same answers."""
    own = [finding for finding in findings if finding.element in guide.texts]
    by_element: dict[str, list[FindingView]] = {}
    for finding in own:
        by_element.setdefault(finding.element, []).append(finding)
    facts = compute_facts(machine_actor("facts", now=as_of), person_id, guide.facts, as_of=as_of)
    by_leaf = {element: facts[text.fact] for element, text in guide.texts.items() if text.fact}
    answers: dict[str, list[Answer]] = {
        element: [_answer(one) for one in said if _speaks(one, as_of.date())]
        for element, said in by_element.items()
    }
    answers.update({element: [fact.answer] for element, fact in by_leaf.items()})
    return Assessment(
        guide=guide,
        evaluation=evaluate(guide.logic, answers, child=child),
        findings={element: tuple(said) for element, said in by_element.items()},
        facts=by_leaf,
    )


def _speaks(finding: FindingView, day: date) -> bool:
    return finding.stands and (finding.until_date is None or day <= finding.until_date)


def _answer(finding: FindingView) -> Answer:
    return Answer(finding.truth, by=finding.by, has_reasons=True)


def child_on(person_id: UUID, as_of: datetime) -> Truth:
    """Say whether every rule must treat the person as a child on that day. One query."""
    return child_truth(person_id, as_of=as_of.date())
