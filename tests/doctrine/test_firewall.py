"""The firewall between protection and criminal justice, F1 to F8, each with a breach that is caught."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from amparo.core.conditions import holds
from amparo.core.evaluation import Answer, evaluate
from amparo.core.parties import ActorFacts, AgencyKind, Purpose, RecordFacts, Relation, Role
from amparo.core.rights import BLIND_ROLES, RIGHTS, Reach, Right
from amparo.core.rules import BARS, bars_on, ways_to
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.loading import load_leniently

YES, NO = Truth.ESTABLISHED, Truth.NOT_ESTABLISHED
NEEDS = "international/guides/needs-assessment.yaml"
STEPS = "international/procedures/needs-assessment.yaml"
ASYLUM = "international/procedures/refugee-status.yaml"
MEASURES = tuple(f"measure.m{number:02}" for number in range(1, 18))
ENFORCEMENT = (AgencyKind.POLICE, AgencyKind.PROSECUTION)
OPERATIVE = frozenset(Role) - BLIND_ROLES - {Role.GUARDIAN, Role.CUSTODIAN}

PLANTS = [
    (
        "F1 a measure asks whether the person cooperates",
        NEEDS,
        "¿Quiere trasladarse?",
        "¿Colabora con la fiscalía?",
        "firewall",
    ),
    (
        "F1 a measure is recommended after a complaint",
        STEPS,
        "label: {es: Registrar la recomendación del panel",
        "label: {es: Registrar la recomendación tras la denuncia",
        "firewall",
    ),
    (
        "F2 the prosecution service takes part in the assessment",
        STEPS,
        "participants: [asylum_authority,",
        "participants: [prosecution, asylum_authority,",
        "kept_out",
    ),
    (
        "F2 the police start the analysis of an asylum claim",
        ASYLUM,
        "agency_kinds: [asylum_authority, un]",
        "agency_kinds: [asylum_authority, un, police]",
        "kept_out",
    ),
    (
        "F4 declining care closes the shelter",
        NEEDS,
        "any: [measure.m09.risk, measure.m09.need]",
        "any: [measure.m09.risk, measure.m09.need, measure.m10.consent]",
        "measures_entangled",
    ),
    (
        "F4 declining a measure changes a status",
        STEPS,
        "    label: {es: Registrar que no acepta,",
        "    sets_status: {trafficking: NONE}\n    label: {es: Registrar que no acepta,",
        "measures_entangled",
    ),
    (
        "F5 humanitarian residence hangs on witness protection",
        NEEDS,
        "all: [measure.m04.victim, measure.m04.situation]",
        "all: [measure.m04.victim, measure.m04.situation, measure.m08]",
        "measures_entangled",
    ),
    (
        "F6 the shelter asks for papers",
        NEEDS,
        "¿No tiene dónde vivir con dignidad?",
        "¿Tiene sus documentos en regla y dónde vivir?",
        "service_asks_for_papers",
    ),
    ("a measure is forgotten", NEEDS, "measure.m05", "measure.permanent", "missing_measure"),
]


@pytest.mark.parametrize(
    ("breach", "file", "good", "bad", "code"), PLANTS, ids=[plant[0] for plant in PLANTS]
)
def test_a_breach_in_the_doctrine_is_refused(
    tmp_path: Path, breach: str, file: str, good: str, bad: str, code: str
) -> None:
    folder = tmp_path / "doctrine"
    shutil.copytree(registry.ROOT / "international", folder / "international")
    shutil.copytree(registry.ROOT / "countries", folder / "countries")
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad), encoding="utf-8")
    problems = load_leniently(folder)[1].problems
    assert code in {one.code for one in problems if one.file == file}, breach


def test_a_country_cannot_make_one_measure_hang_on_another(tmp_path: Path) -> None:
    folder = tmp_path / "doctrine"
    shutil.copytree(registry.ROOT / "international", folder / "international")
    shutil.copytree(registry.ROOT / "countries", folder / "countries")
    change = folder / "countries/ury/guides/needs-assessment.yaml"
    change.write_text(
        "overrides: needs-assessment\nversion: 1\neffective: 2018-07-20\nelements:\n"
        "  measure.m05:\n    all: [measure.m08, measure.m04]\n"
        "    label: {es: Residencia, en: Residence}\n    status: V\n"
        "    sources: [ury-19643/24B]\n",
        encoding="utf-8",
    )
    assert "measures_entangled" in {one.code for one in load_leniently(folder)[1].problems}


def truths(answers: dict[str, Truth]) -> dict[str, Truth]:
    guide = registry.get_guide("needs-assessment").logic
    said = {leaf: [Answer(truth, "amina", True)] for leaf, truth in answers.items()}
    nodes = evaluate(guide, said, child=NO).nodes
    return {measure: nodes[measure].truth for measure in MEASURES}


def leaves_of(measure: str) -> list[str]:
    guide = registry.get_guide("needs-assessment").logic
    return [leaf for leaf in guide.leaf_ids if leaf == measure or leaf.startswith(f"{measure}.")]


def test_whatever_is_said_about_one_measure_changes_no_other() -> None:
    """F4, F5: each leaf of each measure is turned alone, from everything open and from everything closed."""
    guide = registry.get_guide("needs-assessment").logic
    leaves = [leaf for leaf in guide.leaf_ids if leaf.startswith("measure.")]
    for start, measure in product((YES, NO), MEASURES):
        before = truths(dict.fromkeys(leaves, start))
        turned = dict.fromkeys(leaves, start) | dict.fromkeys(leaves_of(measure), NO if start is YES else YES)
        after = truths(turned)
        assert {one for one in MEASURES if before[one] is not after[one]} <= {measure}


def test_every_measure_says_what_it_grants_and_who_grants_it() -> None:
    texts = registry.get_guide("needs-assessment").texts
    assert [one for one in MEASURES if texts[one].grants is None] == []
    assert {texts[one].rule for one in MEASURES} == {f"M{number:02}" for number in range(1, 18)}


def test_wishes_come_before_measures_and_the_panel_holds_the_asylum_authority_and_civil_society() -> None:
    procedure = registry.get_procedure("needs-assessment")
    first = procedure.transitions_from(procedure.first_stage)
    assert {(step.requires_of, step.requires) for step in first} == {("needs.wishes", frozenset({YES}))}
    assert procedure.panel is not None
    assert procedure.panel.quorum.must_include == {AgencyKind.ASYLUM_AUTHORITY}
    assert procedure.panel.quorum.non_state == 1


def may(right: Right, actor: ActorFacts, record: RecordFacts, purpose: Purpose, dropped: str = "") -> bool:
    """Whether the rules grant a right, as if the bar ``dropped`` had been forgotten."""
    ways = any(holds(way.when, actor, record) for way in ways_to(right))
    bars = [bar for bar in bars_on(right, purpose) if bar.id != dropped]
    return ways and not any(holds(bar.when, actor, record) for bar in bars)


def held_by(kinds: Iterable[AgencyKind], relations: frozenset[Relation], dropped: str = "") -> set[str]:
    """Return the rights about people that those kinds hold in every operative role, on such a relation."""
    record = RecordFacts(relations, OPERATIVE if Relation.UNIT in relations else frozenset())
    actors = [ActorFacts(kind, "CRI", OPERATIVE, is_unlocked=True) for kind in kinds]
    return {
        right.name
        for right in RIGHTS.values()
        if right.reach in {Reach.RECORD, Reach.EXTRACT, Reach.OVERSIGHT}
        and any(may(right, actor, record, Purpose.CASE_WORK, dropped) for actor in actors)
    }


def on_the_file() -> frozenset[Relation]:
    return frozenset(Relation) - {Relation.EXCLUDED, Relation.RECEIVER}


def test_f2_criminal_justice_reaches_no_file_whatever_its_relation() -> None:
    assert held_by(ENFORCEMENT, on_the_file()) == set()


def test_f2_a_forgotten_bar_would_let_criminal_justice_read_asylum_files() -> None:
    assert "extract_only_agency" in {bar.id for bar in BARS}
    assert "procedures.read" in held_by(ENFORCEMENT, on_the_file(), dropped="extract_only_agency")


def test_f3_migration_officers_query_no_victim_without_a_file_of_their_own() -> None:
    assert held_by([AgencyKind.MIGRATION], frozenset()) == set()


def test_f3_a_right_by_role_alone_would_be_a_query_over_victims(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = Right("cases.query_victims", Reach.OVERSIGHT, frozenset({Role.CASEWORKER}))
    monkeypatch.setitem(RIGHTS, planted.name, planted)
    assert held_by([AgencyKind.MIGRATION], frozenset()) == {planted.name}


def list_named_statistics(rights: Iterable[Right]) -> list[str]:
    """F7, F8: what statisticians may do that opens an identity or is done to one person's record."""
    about_people = {Reach.RECORD, Reach.EXTRACT, Reach.OVERSIGHT}
    theirs = [right for right in rights if Role.STATISTICIAN in right.roles]
    return [right.name for right in theirs if right.opens or right.reach in about_people]


def test_f7_f8_statistics_are_dissociated_from_people() -> None:
    assert Role.STATISTICIAN in BLIND_ROLES
    assert list_named_statistics(RIGHTS.values()) == []


def test_f8_a_registry_of_named_victims_is_refused_or_caught() -> None:
    with pytest.raises(ValueError, match="never sees one"):
        Right("statistics.names", Reach.HOUSE, frozenset({Role.STATISTICIAN}), frozenset({"id"}))
    planted = Right("statistics.victims", Reach.OVERSIGHT, frozenset({Role.STATISTICIAN}))
    assert list_named_statistics([planted]) == ["statistics.victims"]


def test_f7_enforcement_holds_no_right_over_the_whole_installation() -> None:
    """What enforcement may learn is released to the public, aggregated; no figure is drawn for it alone."""
    actors = [ActorFacts(kind, "CRI", frozenset(Role) - {Role.GUARDIAN}) for kind in ENFORCEMENT]
    house = [right for right in RIGHTS.values() if right.reach in {Reach.HOUSE, Reach.UNIT}]
    assert not [r.name for r in house for a in actors if may(r, a, RecordFacts(), Purpose.CASE_WORK)]
    assert [
        r.name
        for r in house
        for a in actors
        if may(r, a, RecordFacts(), Purpose.CASE_WORK, dropped="extract_only_agency")
    ]
