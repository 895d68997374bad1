"""What other rooms read: guides, procedures, codes and sources that say what the domain says."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from amparo.core.evaluation import Answer, evaluate
from amparo.core.guides import Kind
from amparo.core.policy import AgencyKind, Role
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.data import GuideFile, Status, Subject
from amparo.doctrine.loading import load_leniently
from amparo.doctrine.schema import ExamplesFile

YES, NO, OPEN = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED, Truth.NOT_ASSESSED
GUIDES = [
    "statelessness",
    "screening",
    "detention-visit",
    "contact-gate",
    "consent",
    "border-visit",
    "cartagena",
    "complementary-protection",
    "indicators",
    "refugee-status",
    "return-gate",
    "trafficking",
]
PROCEDURES = [
    "screening",
    "victim-identification",
    "refugee-status",
    "statelessness",
    "return",
    "border-visit",
    "detention-visit",
]
CODE_LISTS = [
    "mandate_category",
    "trafficking_status",
    "statelessness",
    "sex_gender",
    "language",
    "country",
    "age_band",
    "age_status",
    "need",
    "service_type",
    "urgency",
    "referral_rejection",
    "consent_purpose",
    "legal_basis",
    "relation_kind",
    "contact_mode",
    "file_closure",
    "parental_role",
    "return_state",
]


def test_every_guide_and_procedure_is_there() -> None:
    assert set(GUIDES) <= {guide.id for guide in registry.list_guides()}
    assert set(PROCEDURES) <= {one.id for one in registry.list_procedures()}
    with pytest.raises(registry.UnknownDoctrine):
        registry.get_guide("witness-protection")


def test_procedures_come_in_the_order_of_their_menus() -> None:
    orders = [one.order for one in registry.list_procedures()]
    assert orders == sorted(orders)
    ids = [one.id for one in registry.list_procedures() if one.id in PROCEDURES]
    assert ids == PROCEDURES
    visits = {one.id for one in registry.list_procedures() if one.subject is Subject.VISIT}
    assert visits == {"border-visit", "detention-visit"}


@pytest.mark.parametrize("name", CODE_LISTS)
def test_every_code_list_has_labels_in_both_languages(name: str) -> None:
    code_list = registry.get_code_list(name)
    assert code_list.in_use
    for code in code_list.codes.values():
        assert code.label["es"]
        assert code.label["en"]


def test_countries_are_those_of_iso_3166() -> None:
    countries = registry.get_code_list("country")
    assert len(countries.codes) == 249
    assert countries.label("URY").es == "Uruguay"
    assert countries.label("NOR")["es"] == "Noruega"


def test_agency_kinds_and_roles_are_those_of_the_policy() -> None:
    assert set(registry.get_code_list("agency_kind").codes) == {kind.value for kind in AgencyKind}
    assert set(registry.get_code_list("role").codes) == {role.value for role in Role}


def test_loading_twice_gives_the_same_law() -> None:
    one, other = (load_leniently(registry.ROOT)[0] for _ in range(2))
    assert one.guides == other.guides
    assert list(one.sources) == list(other.sources)
    assert one.procedures == other.procedures


def test_every_element_names_known_sources_and_shows_what_is_unverified() -> None:
    for guide in registry.list_guides():
        for text in guide.texts.values():
            assert all(registry.get_source(source).title.es for source in text.sources)
            assert text.unverified == text.status.value.startswith("U")


def test_every_scored_guide_has_examples_of_all_three_outcomes() -> None:
    library, folder = load_leniently(registry.ROOT)
    outcomes: dict[tuple[str, str], set[Truth]] = {}
    for sheet in folder.of(ExamplesFile):
        guide = library.find_guide(sheet.shape.examples_of, sheet.country, None)
        assert guide is not None
        roots = {example.expect.get(guide.logic.root) for example in sheet.shape.examples.values()}
        outcomes[sheet.country, guide.id] = {root for root in roots if root is not None}
    for country, guide_id in library.guides:
        guide = library.find_guide(guide_id, country, None)
        assert guide is not None
        if guide.is_scored:
            assert outcomes[country, guide_id] == set(Truth)


def test_the_seed_decisions_stand_at_the_elements_they_are_about() -> None:
    aspects = {
        "A": "refugee.persecution.inherent",
        "B": "refugee.persecution.retrafficking",
        "C": "refugee.agents.traffickers",
        "D": "refugee.ground.political",
    }
    for aspect, element in aspects.items():
        seed = [
            one.id for one in registry.list_decisions() if aspect in one.aspects and one.status is Status.SEED
        ]
        assert seed
        assert set(seed) <= {one.id for one in registry.decisions_for(element)}
    group = {one.id for one in registry.decisions_for("refugee.ground.psg")}
    assert {
        one.id for one in registry.list_decisions() if "E" in one.aspects and one.status is Status.SEED
    } <= group


def test_the_register_holds_adverse_decisions_and_the_seed_rows() -> None:
    decisions = registry.list_decisions()
    assert sum(one.status is Status.SEED for one in decisions) == 9
    assert any(one.outcome == "adverse" for one in decisions)


def test_known_defects_travel_with_the_data() -> None:
    assert len(registry.list_quality_notes()) == 8
    assert registry.quality_notes_for("us/ij/v-b-2005")[0].id == "anon-and-v-b"


def test_uruguay_does_not_require_the_means_and_lets_180_days() -> None:
    answers = {
        "trafficking.act.recruitment": [Answer(YES, "amina", True)],
        "trafficking.purpose.servitude": [Answer(YES, "amina", True)],
    }
    for country, expected in (("", OPEN), ("CRI", OPEN), ("URY", YES)):
        guide = registry.get_guide("trafficking", country=country)
        assert evaluate(guide.logic, answers, child=NO).truth is expected
    clock = registry.get_procedure("victim-identification", country="URY").clocks["recovery_reflection"]
    assert (clock.days, clock.most_days) == (180, 180)
    clock = registry.get_procedure("victim-identification", country="CRI").clocks["recovery_reflection"]
    assert (clock.days, clock.is_minimum) == (30, True)


def test_the_law_before_its_date_is_not_in_force() -> None:
    with pytest.raises(registry.UnknownDoctrine):
        registry.get_guide("trafficking", as_of=date(2000, 1, 1))
    assert registry.get_guide("trafficking", country="URY", as_of=date(2010, 1, 1)).country == ""


def gate() -> GuideFile:
    return registry.get_guide("return-gate")


def test_the_gate_holds_every_rule_and_the_absolute_ones_are_marked() -> None:
    rules = {text.rule: text for text in gate().texts.values() if text.rule[1:].isdigit()}
    assert set(rules) == {f"G{n:02}" for n in range(1, 20)} | {f"C{n:02}" for n in range(1, 7)}
    absolute = {rule for rule, text in rules.items() if text.absolute}
    assert absolute == {f"G{n:02}" for n in range(1, 8)} | {f"C{n:02}" for n in range(1, 6)}
    overridable = {text.id.rpartition(".")[0] for text in gate().texts.values() if text.override}
    assert {gate().texts[name].rule for name in overridable} == {"G16", "G17", "G18"}


def test_every_single_condition_shuts_the_gate_by_itself() -> None:
    """Each leaf that counts, left open or refused alone, blocks; standing alternatives need both to fail."""
    guide = gate()
    alternatives = {
        "return.basis.voluntary.consent",
        "return.basis.voluntary.free",
        "return.basis.due_process",
        "return.document.held",
        "return.document.override",
        "return.fitness.certified",
        "return.fitness.override",
        "return.reintegration.agreed",
        "return.reintegration.override",
        "return.child.parents.cleared",
        "return.child.parents.excluded",
    }
    factors = {c for e in guide.logic.elements if e.kind is Kind.CONSIDER for c in e.children}
    said = {leaf: [Answer(YES, "amina", True)] for leaf in guide.logic.leaf_ids}
    assert evaluate(guide.logic, said, child=YES).truth is YES
    conditions = [
        leaf for leaf in guide.logic.leaf_ids if leaf not in alternatives and leaf != "person.child"
    ]
    for leaf, truth in product(conditions, (NO, OPEN)):
        if leaf in factors and truth is NO:
            continue
        evaluation = evaluate(guide.logic, {**said, leaf: [Answer(truth, "amina", True)]}, child=YES)
        assert evaluation.truth is not YES
        assert len(evaluation.blocking) == 1


def test_the_rules_for_a_child_bind_only_a_child_and_an_unknown_age_blocks() -> None:
    guide = gate()
    said = {
        leaf: [Answer(YES, "a", True)] for leaf in guide.logic.leaf_ids if not leaf.startswith("return.child")
    }
    assert evaluate(guide.logic, said, child=NO).truth is YES
    assert evaluate(guide.logic, said, child=OPEN).truth is OPEN
    assert evaluate(guide.logic, said, child=YES).truth is OPEN


def test_the_facts_that_the_guides_read_are_listed_for_their_rooms() -> None:
    read = {fact for guide in registry.list_guides() for fact in guide.facts}
    assert read == {fact.name for fact in registry.list_facts()}


def test_a_return_needs_two_people_and_the_asylum_authority() -> None:
    signatures = registry.get_procedure("return").signatures
    assert (signatures.number, signatures.kinds) == (2, {"asylum_authority"})


def test_identification_is_never_final_when_negative_and_never_waits_for_asylum() -> None:
    procedure = registry.get_procedure("victim-identification")
    assert not procedure.stages["not_identified"].is_final
    assert procedure.transitions_from("not_identified")
    reasonable = next(t for t in procedure.transitions if t.to_stage == "reasonable_grounds")
    assert (reasonable.starts_clock, reasonable.requires) == ("recovery_reflection", frozenset())
    assert reasonable.sets_status == ("trafficking", "PRESUMED")


def test_indicators_are_prompts_and_nothing_computes_their_weights() -> None:
    guide = registry.get_guide("indicators")
    assert not guide.is_scored
    assert {element.kind for element in guide.logic.elements} == {Kind.NOTE}
    sizes = [
        len(e.children) for e in guide.logic.elements if e.id.startswith("indicators.labour.") and e.children
    ]
    assert sizes == [10, 10, 16, 9, 15, 7]
    assert all(text.weight.status.is_unverified for text in guide.texts.values() if text.weight)
