"""The gate before any message to a foreign authority: six conditions, all absolute, fail closed."""

from __future__ import annotations

from itertools import product

from amparo.core.evaluation import Answer, evaluate
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.data import GuideFile

YES, NO, OPEN = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED


def gate() -> GuideFile:
    return registry.get_guide("contact-gate")


def said(guide: GuideFile) -> dict[str, list[Answer]]:
    return {leaf: [Answer(YES, "amina", True)] for leaf in guide.logic.leaf_ids}


def test_it_is_a_gate_of_six_absolute_conditions_without_any_override() -> None:
    guide = gate()
    rules = {text.rule: text for text in guide.texts.values() if text.rule}
    assert guide.is_gate
    assert set(rules) == {f"N{n}" for n in range(1, 7)}
    assert all(text.absolute for text in rules.values())
    assert [text.id for text in guide.texts.values() if text.override] == []


def test_every_leaf_shuts_it_alone_when_refused_or_left_open() -> None:
    guide = gate()
    for leaf, truth, child in product(guide.logic.leaf_ids, (NO, OPEN), (YES, NO)):
        binds = {YES: "contact.advice.lawyer", NO: "contact.advice.guardian"}[child] != leaf
        if leaf == "person.child" or not binds:
            continue
        evaluation = evaluate(guide.logic, {**said(guide), leaf: [Answer(truth, "amina", True)]}, child=child)
        assert evaluation.truth is not YES
        assert len(evaluation.blocking) == 1


def test_an_unknown_age_asks_for_the_lawyer_and_for_the_guardian() -> None:
    guide = gate()
    for missing in ("contact.advice.lawyer", "contact.advice.guardian"):
        answers = {**said(guide), missing: [Answer(OPEN, "amina")]}
        assert evaluate(guide.logic, answers, child=OPEN).truth is OPEN


def test_it_is_answered_in_the_statelessness_procedure_and_shown_there() -> None:
    assert "contact-gate" in registry.get_procedure("statelessness").beside


def test_statelessness_puts_the_refugee_claim_first_and_decides_within_a_year() -> None:
    procedure = registry.get_procedure("statelessness")
    assert {t.from_stage for t in procedure.transitions if t.to_stage == "suspended"} == {
        "access",
        "states",
        "analysis",
    }
    clock = procedure.clocks["decision"]
    assert (clock.days, clock.most_days) == (182, 365)
    assert {t.sets_status for t in procedure.transitions if t.sets_status} == {
        ("statelessness", code) for code in ("STATELESS", "NATIONAL", "UNDETERMINED", "AT_RISK")
    }


def test_lack_of_evidence_never_confirms_a_nationality() -> None:
    """A link that nobody could trace leaves the question open; it makes nobody a national or stateless."""
    guide = registry.get_guide("statelessness")
    answers = {**said(guide), "stateless.descent.law": [], "stateless.descent.practice": []}
    assert evaluate(guide.logic, answers, child=NO).truth is OPEN
