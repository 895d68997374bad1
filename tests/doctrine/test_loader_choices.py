"""The choices of a procedure load, or are refused with file, line and field. One plant for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.doctrine.differences import Change, compare_procedures
from amparo.doctrine.loading import load
from amparo.doctrine.problems import DoctrineError
from tests.doctrine.test_loader import FILES, PROCEDURE

CHOICE = """\
choices:
  doubt:
    list: standard_of_proof
    label: {es: Duda, en: Doubt}
    ask: {es: "¿Cuál?", en: "Which?"}
    most: 1
    ranks: [{es: Primera, en: First}]
    stands_on: {SUSPICION: exit.wish}
    before: [gone]
    sources: [book/1]
    status: V
transitions:
"""
NEEDS = "    to: gone\n    needs_codes: {doubt: [SUSPICION]}"


def write(folder: Path, *, choice: str = CHOICE, step: str = NEEDS) -> Path:
    """Write the small doctrine of the loader's tests, with one choice and a step that asks for it."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    path = folder / PROCEDURE
    text = path.read_text(encoding="utf-8").replace("    to: gone", step)
    path.write_text(text.replace("transitions:\n", choice), encoding="utf-8")
    return folder


def test_a_choice_loads_with_the_step_that_asks_for_it(tmp_path: Path) -> None:
    procedure = load(write(tmp_path)).find_procedure("leave", "")
    assert procedure is not None
    doubt = procedure.choices["doubt"]
    assert (doubt.least, doubt.most, doubt.before) == (1, 1, frozenset({"gone"}))
    assert procedure.transitions[0].needs_codes == (("doubt", frozenset({"SUSPICION"})),)


PLANTS = [
    ("unknown_code", ("list: standard_of_proof", "list: menu"), "choices.doubt.list"),
    ("unknown_code", ("{SUSPICION: exit.wish}", "{HUNCH: exit.wish}"), "choices.doubt.stands_on.HUNCH"),
    (
        "unknown_element",
        ("{SUSPICION: exit.wish}", "{SUSPICION: exit.no}"),
        "choices.doubt.stands_on.SUSPICION",
    ),
    ("unknown_stage", ("before: [gone]", "before: [heaven]"), "choices.doubt.before.0"),
    ("bad_value", ("before: [gone]", "before: [start]"), "choices.doubt.before"),
    ("unknown_source", ("sources: [book/1]", "sources: [book/9]"), "choices.doubt.sources.0"),
    ("bad_value", ("most: 1", "most: 2"), "choices.doubt.ranks"),
    ("bad_value", ("most: 1", "least: 3\n    most: 1"), "choices.doubt.least"),
    (
        "nothing_verifies",
        ("sources: [book/1]\n    status: V", "sources: []\n    status: U-l"),
        "choices.doubt",
    ),
    ("missing_translation", ("{es: Duda, en: Doubt}", "{es: Duda}"), "choices.doubt.label.en"),
    ("unknown_choice", ("{doubt: [SUSPICION]}", "{sure: [SUSPICION]}"), "transitions.go.needs_codes.sure"),
    ("unknown_code", ("{doubt: [SUSPICION]}", "{doubt: [HUNCH]}"), "transitions.go.needs_codes.doubt.0"),
]


@pytest.mark.parametrize(("code", "plant", "field"), PLANTS)
def test_a_planted_mistake_is_named(tmp_path: Path, code: str, plant: tuple[str, str], field: str) -> None:
    assert plant[0] in CHOICE + NEEDS
    folder = write(tmp_path, choice=CHOICE.replace(*plant), step=NEEDS.replace(*plant))
    with pytest.raises(DoctrineError) as caught:
        load(folder)
    told = [(one.file, one.field, one.code) for one in caught.value.problems]
    assert (PROCEDURE, field, code) in told
    assert all(one.line > 1 for one in caught.value.problems)


def test_a_choice_that_changes_is_a_difference_of_the_procedure(tmp_path: Path) -> None:
    old = load(write(tmp_path / "a")).find_procedure("leave", "")
    new = load(write(tmp_path / "b", choice=CHOICE.replace("en: Doubt", "en: Certainty"))).find_procedure(
        "leave", ""
    )
    assert old is not None
    assert new is not None
    assert [(one.kind, one.id, one.change) for one in compare_procedures(old, new)] == [
        ("choice", "doubt", Change.CHANGED)
    ]
