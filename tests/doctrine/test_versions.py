"""Law changes: a new version has its date, the old one stays, and the difference can be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.core.evaluation import Answer, evaluate
from amparo.core.truth import Truth
from amparo.doctrine import registry
from amparo.doctrine.data import GuideFile
from amparo.doctrine.differences import Change, Part, compare_guides, compare_procedures
from amparo.doctrine.loading import load
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.queries import check_folder
from tests.later_law import BEGINS, build_root, load_later

GUIDES = ("trafficking", "cartagena", "complementary-protection", "refugee-status", "return-gate")
TRUTHS = st.sampled_from(list(Truth))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry reads the doctrine with the second versions."""
    monkeypatch.setattr(registry, "_library", load_later)


def test_the_first_version_is_in_force_until_the_day_the_second_begins(later: None) -> None:
    def edition(day: date) -> str:
        return registry.get_guide("trafficking", as_of=day).edition

    assert edition(BEGINS - timedelta(days=1)) == "INT/1"
    assert edition(BEGINS) == "INT/2"
    assert (
        registry.get_procedure("victim-identification", as_of=BEGINS).clocks["recovery_reflection"].days == 45
    )


def test_the_old_version_is_found_by_its_edition_for_ever(later: None) -> None:
    assert "trafficking.act.transfer" in registry.get_guide_edition("trafficking", "INT/1").texts
    assert "trafficking.act.transfer" not in registry.get_guide_edition("trafficking", "INT/2").texts
    with pytest.raises(registry.UnknownDoctrine):
        registry.get_guide_edition("trafficking", "INT/3")


def test_a_country_keeps_its_own_text_when_the_international_one_changes(later: None) -> None:
    there = registry.get_guide("trafficking", country="URY", as_of=BEGINS)
    assert (there.edition, there.based_on) == ("URY/1", "INT/1")
    assert "trafficking.act.transfer" in there.texts
    assert [one.edition for one in registry.list_guide_versions("trafficking")] == ["INT/1", "INT/2"]
    assert registry.list_guide_versions("trafficking", country="CRI") == []


def test_the_difference_says_what_was_added_removed_and_changed(later: None) -> None:
    old, new = (registry.get_guide_edition("trafficking", one) for one in ("INT/1", "INT/2"))
    told = {
        one.id.removeprefix("trafficking.act."): (one.change, one.parts) for one in compare_guides(old, new)
    }
    assert told["retention"] == (Change.ADDED, frozenset())
    assert told["transfer"] == (Change.REMOVED, frozenset())
    assert told["recruitment"][0] is Change.CHANGED
    assert Part.WORDS in told["recruitment"][1]
    assert told["harbouring"] == (Change.CHANGED, frozenset({Part.SOURCES}))
    assert Part.COMBINATOR in told["trafficking.act"][1]
    assert told["receipt"] == (Change.SAME, frozenset())


def test_the_difference_of_procedures_names_the_rows_that_are_not_as_they_were(later: None) -> None:
    old, new = (registry.get_procedure_edition("victim-identification", one) for one in ("INT/1", "INT/2"))
    told = [(one.kind, one.id, one.change) for one in compare_procedures(old, new)]
    assert told == [
        ("clock", "recovery_reflection", Change.CHANGED),
        ("safeguard", "interpreter", Change.ADDED),
    ]


def test_a_text_has_no_difference_with_itself() -> None:
    for guide in registry.list_guides():
        assert {one.change for one in compare_guides(guide, guide)} == {Change.SAME}
    for procedure in registry.list_procedures():
        assert compare_procedures(procedure, procedure) == ()


def answered(guide: GuideFile, truths: Mapping[str, Truth]) -> dict[str, list[Answer]]:
    """The answers that a guide asks for; what it does not ask is left out."""
    leaves = set(guide.logic.leaf_ids)
    return {leaf: [Answer(truth, "amina", True)] for leaf, truth in truths.items() if leaf in leaves}


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, dict[str, Truth]]:
    name = draw(st.sampled_from(GUIDES))
    leaves = [leaf for leaf in registry.get_guide(name).logic.leaf_ids if leaf != "child"]
    return name, draw(st.dictionaries(st.sampled_from(leaves), TRUTHS, max_size=12))


@given(answers(), TRUTHS)
def test_what_was_concluded_under_an_edition_is_the_same_after_a_new_version_is_added(
    told: tuple[str, dict[str, Truth]], child: Truth
) -> None:
    """The edition of the shipped library and that of the one with later law evaluate alike, node by node."""
    name, truths = told
    before = registry.get_guide(name)
    after = load_later().find_guide(name, "", BEGINS - timedelta(days=1))
    assert after is not None
    assert before.edition == after.edition
    one = evaluate(before.logic, answered(before, truths), child=child)
    two = evaluate(after.logic, answered(after, truths), child=child)
    assert {i: node.truth for i, node in one.nodes.items()} == {
        i: node.truth for i, node in two.nodes.items()
    }
    assert one.missing == two.missing


ORDER = """\
overrides: trafficking
version: {version}
effective: {effective}
base: {base}
elements: {{}}
"""


@pytest.mark.parametrize(
    ("version", "effective", "line", "code"),
    [
        (2, "2027-01-01", 2, "duplicate_id"),
        (3, "2026-12-01", 3, "duplicate_id"),
        (3, "2020-01-01", 3, "version_order"),
    ],
)
def test_versions_and_their_dates_rise_together(
    tmp_path: Path, version: int, effective: str, line: int, code: str
) -> None:
    root = build_root(tmp_path)
    path = root / "international/guides/trafficking-3.yaml"
    path.write_text(ORDER.format(version=version, effective=effective, base="INT/1"), encoding="utf-8")
    with pytest.raises(DoctrineError) as caught:
        load(root)
    assert [(one.line, one.code) for one in caught.value.problems] == [(line, code)]


def test_a_change_of_a_version_that_is_not_there_is_refused(tmp_path: Path) -> None:
    root = build_root(tmp_path)
    path = root / "international/guides/trafficking-3.yaml"
    path.write_text(ORDER.format(version=3, effective="2027-01-01", base="INT/9"), encoding="utf-8")
    with pytest.raises(DoctrineError, match=r"trafficking-3.yaml:4: base: version_order: INT/9"):
        load(root)


def test_a_third_version_may_stand_on_the_second(tmp_path: Path) -> None:
    root = build_root(tmp_path)
    path = root / "international/guides/trafficking-3.yaml"
    path.write_text(ORDER.format(version=3, effective="2027-01-01", base="INT/2"), encoding="utf-8")
    third = load(root).find_guide("trafficking", "", None)
    assert third is not None
    assert (third.edition, third.based_on) == ("INT/3", "INT/2")
    assert "trafficking.act.retention" in third.texts


def test_repealed_law_stays_and_is_no_longer_in_force(tmp_path: Path) -> None:
    root = build_root(tmp_path)
    path = root / "countries/ury/guides/trafficking.yaml"
    text = path.read_text(encoding="utf-8").replace("version: 1\n", "version: 1\nrepealed: 2026-12-01\n")
    path.write_text(text, encoding="utf-8")
    library = load(root)
    before, after = (
        library.find_guide("trafficking", "URY", day) for day in (BEGINS - timedelta(days=1), BEGINS)
    )
    assert before is not None
    assert after is not None
    assert (before.edition, after.edition) == ("URY/1", "INT/2")
    assert [one.repealed for one in library.guides["URY", "trafficking"]] == [BEGINS]


def test_the_worked_examples_stay_with_the_version_they_were_written_for(tmp_path: Path) -> None:
    assert check_folder(build_root(tmp_path)).problems == ()
