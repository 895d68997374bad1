"""Every kind of mistake in a doctrine file is refused with file, line and field. One plant for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.core.truth import Truth
from amparo.doctrine.building import CONCLUSION as CONCLUSION_OF_ALL
from amparo.doctrine.checks import list_elements
from amparo.doctrine.loading import load, load_leniently
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.queries import check_folder
from amparo.doctrine.registry import ROOT, list_guides

FILES = {
    "international/codes/standard_of_proof.yaml": """\
list: standard_of_proof
title: {es: Estándar, en: Standard}
status: V
codes:
  SUSPICION: {es: sospecha, en: suspicion}
""",
    "international/codes/evidence_kind.yaml": """\
list: evidence_kind
title: {es: Prueba, en: Evidence}
status: V
codes:
  INTERVIEW: {es: entrevista, en: interview}
""",
    "international/facts.yaml": """\
facts:
  ticket.paid:
    room: cases
    says: {es: pagado, en: paid}
""",
    "international/sources/book.yaml": """\
instrument: book
title: {es: Libro, en: Book}
place: {es: "párr. {n}", en: "para. {n}"}
places:
  "1": {status: V, says: {es: uno, en: one}}
""",
    "international/guides/exit.yaml": """\
guide: exit
version: 1
effective: 2020-01-01
title: {es: Salida, en: Exit}
about: {es: Salida., en: Exit.}
standard_of_proof: SUSPICION
root: exit
elements:
  exit:
    all: [exit.wish, exit.ticket]
    label: {es: Salida, en: Exit}
    status: V
  exit.wish:
    label: {es: Deseo, en: Wish}
    ask: {es: "¿Quiere?", en: "Wanted?"}
    sources: [book/1]
    evidence: [INTERVIEW]
    status: V
  exit.ticket:
    fact: ticket.paid
    label: {es: Billete, en: Ticket}
    ask: {es: "¿Pagado?", en: "Paid?"}
    sources: [book/1]
    status: V
""",
    "international/procedures/leave.yaml": """\
procedure: leave
version: 1
effective: 2020-01-01
title: {es: Salir, en: Leave}
about: {es: Salir., en: Leave.}
guide: exit
first_stage: start
stages:
  start: {label: {es: Inicio, en: Start}, about: {es: Inicio., en: Start.}}
  gone: {label: {es: Fin, en: End}, about: {es: Fin., en: End.}, is_final: true}
transitions:
  go:
    from: start
    to: gone
    label: {es: Salir, en: Go}
""",
}
GUIDE = "international/guides/exit.yaml"
PROCEDURE = "international/procedures/leave.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_folder_loads(folder: Path) -> None:
    library = load(folder)
    guide = library.find_guide("exit", "URY", None)
    assert guide is not None
    assert guide.texts["exit.wish"].ask is not None
    assert guide.texts["exit.wish"].ask["en"] == "Wanted?"
    assert library.sources["book/1"].title.es == "Libro, párr. 1"


CONCLUSION = """\
root: exit
conclusion:
  established: {es: Se sale., en: One leaves.}
  not_established: {es: No se sale., en: One stays.}
  not_assessed: {es: No se sabe., en: Nobody knows.}
  to_establish: {es: Para salir, en: To leave}
  to_refute: {es: Para quedarse, en: To stay}
"""
PANEL = """\
panel:
  quorum: {members: 2, must_include: [asylum_authority], non_state: 1}
  options: standard_of_proof
  sources: [book/1]
  status: V
"""
PLANTS = [
    (
        "unknown_source",
        GUIDE,
        "sources: [book/1]\n    evidence",
        "sources: [book/9]\n    evidence",
        16,
        "sources.0",
    ),
    ("unknown_element", GUIDE, "all: [exit.wish, exit.ticket]", "all: [exit.wish, exit.nowhere]", 9, "exit"),
    ("cycle", GUIDE, "    fact: ticket.paid\n", "    any: [exit]\n", 9, "exit"),
    ("orphan_element", GUIDE, "all: [exit.wish, exit.ticket]", "all: [exit.wish]", 19, "exit.ticket"),
    (
        "missing_translation",
        GUIDE,
        'ask: {es: "¿Quiere?", en: "Wanted?"}',
        'ask: {es: "¿Quiere?"}',
        15,
        "ask.en",
    ),
    ("missing_translation", GUIDE, "label: {es: Deseo, en: Wish}", "label: {en: Wish}", 14, "label.es"),
    (
        "bad_status",
        GUIDE,
        "evidence: [INTERVIEW]\n    status: V",
        "evidence: [INTERVIEW]\n    status: W",
        18,
        "status",
    ),
    ("duplicate_key", GUIDE, "  exit.ticket:\n", "  exit.wish:\n", 19, "exit.wish"),
    (
        "duplicate_key",
        "international/codes/standard_of_proof.yaml",
        "  SUSPICION",
        "  SUSPICION: {es: a, en: b}\n  SUSPICION",
        6,
        "SUSPICION",
    ),
    (
        "unknown_field",
        GUIDE,
        "    fact: ticket.paid\n",
        "    fact: ticket.paid\n    threshold: 3\n",
        21,
        "threshold",
    ),
    (
        "missing_field",
        GUIDE,
        "    evidence: [INTERVIEW]\n    status: V\n",
        "    evidence: [INTERVIEW]\n",
        13,
        "status",
    ),
    ("missing_field", GUIDE, '    ask: {es: "¿Quiere?", en: "Wanted?"}\n', "", 13, "exit.wish"),
    ("bad_value", GUIDE, "effective: 2020-01-01", "effective: someday", 3, "effective"),
    (
        "bad_value",
        GUIDE,
        "    fact: ticket.paid\n",
        "    fact: ticket.paid\n    not: exit.wish\n",
        19,
        "exit.ticket",
    ),
    ("unknown_fact", GUIDE, "fact: ticket.paid", "fact: ticket.lost", 20, "fact"),
    ("unknown_code", GUIDE, "evidence: [INTERVIEW]", "evidence: [GOSSIP]", 17, "evidence.0"),
    (
        "unknown_code",
        GUIDE,
        "standard_of_proof: SUSPICION",
        "standard_of_proof: HUNCH",
        6,
        "standard_of_proof",
    ),
    (
        "unknown_decision",
        GUIDE,
        "    evidence: [INTERVIEW]\n",
        "    decisions: [ca/fc/none-2000]\n",
        17,
        "decisions.0",
    ),
    ("nothing_verifies", GUIDE, "en: Exit}\n    status: V", "en: Exit}\n    status: U-h", 9, "exit"),
    (
        "nothing_verifies",
        "international/codes/standard_of_proof.yaml",
        "status: V",
        "status: U-l",
        5,
        "SUSPICION",
    ),
    (
        "unknown_code",
        "international/codes/standard_of_proof.yaml",
        "en: suspicion}",
        "en: suspicion, excludes: [DOUBT]}",
        5,
        "excludes.0",
    ),
    ("unknown_stage", PROCEDURE, "    to: gone", "    to: heaven", 14, "to"),
    ("unknown_guide", PROCEDURE, "guide: exit", "guide: entry", 6, "guide"),
    ("unknown_clock", PROCEDURE, "    to: gone", "    to: gone\n    starts_clock: tick", 15, "starts_clock"),
    ("bad_value", PROCEDURE, "    to: gone", "    to: gone\n    roles: [king]", 15, "roles.0"),
    ("missing_field", PROCEDURE, "    to: gone", "    to: gone\n    needs_panel: true", 12, "go"),
    ("missing_field", PROCEDURE, "    to: gone", "    to: gone\n    needs_standing: true", 12, "go"),
    (
        "unknown_element",
        PROCEDURE,
        "    to: gone",
        "    to: gone\n    requires_of: exit.no",
        15,
        "go.requires_of",
    ),
    (
        "unknown_guide",
        PROCEDURE,
        "    to: gone",
        "    to: gone\n    requires_beside: {exit: [established]}",
        15,
        "go.requires_beside.exit",
    ),
    (
        "bad_value",
        PROCEDURE,
        "    to: gone",
        "    to: gone\n    requires_beside: {exit: []}",
        15,
        "requires_beside.exit",
    ),
    ("missing_field", PROCEDURE, "transitions:\n", PANEL + "transitions:\n", 11, "panel"),
    (
        "unknown_field",
        PROCEDURE,
        "transitions:\n",
        PANEL + "  wishes_first: false\ntransitions:\n",
        16,
        "panel.wishes_first",
    ),
    (
        "missing_field",
        PROCEDURE,
        "transitions:\n",
        PANEL + "transitions:\n  vote:\n    from: start\n    to: gone\n    needs_panel: true\n"
        "    label: {es: Votar, en: Vote}\n",
        22,
        "go",
    ),
    (
        "unknown_code",
        PROCEDURE,
        "transitions:\n",
        PANEL.replace("standard_of_proof", "menu") + "transitions:\n",
        13,
        "panel.options",
    ),
    (
        "bad_value",
        GUIDE,
        "root: exit\n",
        CONCLUSION.replace("stays.", "stays"),
        10,
        "conclusion.not_established",
    ),
    (
        "bad_value",
        GUIDE,
        "root: exit\n",
        CONCLUSION.replace("To stay", "'To stay:'"),
        13,
        "conclusion.to_refute",
    ),
    (
        "missing_translation",
        GUIDE,
        "root: exit\n",
        CONCLUSION.replace(", en: To leave", ""),
        12,
        "conclusion.to_establish.en",
    ),
    ("not_yaml", GUIDE, "    all: [exit.wish, exit.ticket]", "    all: [exit.wish, exit.ticket", 11, ""),
]


@pytest.mark.parametrize(("code", "file", "good", "bad", "line", "field"), PLANTS)
def test_a_planted_mistake_names_file_line_and_field(
    folder: Path, code: str, file: str, good: str, bad: str, line: int, field: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(DoctrineError) as caught:
        load(folder)
    problem = next(one for one in caught.value.problems if one.code == code and one.field.endswith(field))
    assert (problem.file, problem.line) == (file, line)
    assert str(problem).startswith(f"{file}:{line}: ")


def plant_override_of_absolute(folder: Path) -> None:
    text = FILES[GUIDE].replace("    fact: ticket.paid\n", "    override: {role: supervisor}\n")
    text = text.replace("    all: [exit.wish", "    absolute: true\n    all: [exit.wish")
    (folder / GUIDE).write_text(text, encoding="utf-8")


def plant_second_source(folder: Path) -> None:
    shutil.copy(folder / "international/sources/book.yaml", folder / "international/sources/copy.yaml")


def plant_second_guide(folder: Path) -> None:
    shutil.copy(folder / GUIDE, folder / "international/guides/exit2.yaml")


def plant_override_of_nothing(folder: Path) -> None:
    path = folder / "countries/ury/guides/none.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("overrides: none\nversion: 1\neffective: 2020-01-01\nelements: {}\n", encoding="utf-8")


COUNTRY = """\
overrides: exit
version: 2
effective: 2021-01-01
without: [exit.ticket]
elements:
  exit:
    all: [exit.wish]
    label: {es: Salida, en: Exit}
    status: V
"""


PACK = """\
country: URY
about: {es: Uruguay., en: Uruguay.}
languages: [es]
authorities: {}
"""
LISTS = {
    "country": "  URY: {es: Uruguay, en: Uruguay}",
    "language": "  es: {es: español, en: Spanish}",
}


def plant_country(folder: Path, guide: str) -> None:
    """A country with a pack, a change of the guide, and the code lists that a pack refers to."""
    written = {"countries/ury/guides/exit.yaml": guide, "countries/ury/pack.yaml": PACK}
    for name, code in LISTS.items():
        head = f"list: {name}\ntitle: {{es: Lista, en: List}}\nstatus: V\ncodes:\n"
        written[f"international/codes/{name}.yaml"] = f"{head}{code}\n"
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_country_replaces_and_leaves_out_elements_and_the_rest_stays(folder: Path) -> None:
    plant_country(folder, COUNTRY)
    library = load(folder)
    there, elsewhere = library.find_guide("exit", "URY", None), library.find_guide("exit", "CRI", None)
    assert there is not None
    assert elsewhere is not None
    assert (there.version, there.logic.leaf_ids) == (2, ("exit.wish",))
    assert (elsewhere.version, elsewhere.logic.leaf_ids) == (1, ("exit.wish", "exit.ticket"))


def test_a_country_that_leaves_out_what_is_needed_is_told_so(folder: Path) -> None:
    plant_country(folder, COUNTRY.replace("all: [exit.wish]", "all: [exit.wish, exit.ticket]"))
    with pytest.raises(
        DoctrineError, match=r"countries/ury/guides/exit.yaml:6: elements.exit: unknown_element"
    ):
        load(folder)


def plant_misplaced_file(folder: Path) -> None:
    (folder / "international/stray.yaml").write_text("a: b\n", encoding="utf-8")


def plant_alias(folder: Path) -> None:
    text = FILES[GUIDE].replace("label: {es: Deseo", "label: &same {es: Deseo")
    text = text.replace("label: {es: Billete, en: Ticket}", "label: *same")
    (folder / GUIDE).write_text(text, encoding="utf-8")


def plant_latin1(folder: Path) -> None:
    (folder / GUIDE).write_bytes(FILES[GUIDE].encode("latin-1"))


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        (plant_override_of_absolute, "override_of_absolute"),
        (plant_second_source, "duplicate_id"),
        (plant_second_guide, "duplicate_id"),
        (plant_override_of_nothing, "unknown_guide"),
        (plant_misplaced_file, "misplaced_file"),
        (plant_latin1, "not_utf8"),
        (plant_alias, "alias"),
    ],
)
def test_a_planted_file_is_refused(folder: Path, plant: Callable[[Path], None], code: str) -> None:
    plant(folder)
    with pytest.raises(DoctrineError) as caught:
        load(folder)
    assert code in {problem.code for problem in caught.value.problems}


def test_every_problem_is_told_at_once(folder: Path) -> None:
    path = folder / GUIDE
    path.write_text(FILES[GUIDE].replace("status: V", "status: W"), encoding="utf-8")
    with pytest.raises(DoctrineError) as caught:
        load(folder)
    assert [problem.code for problem in caught.value.problems] == ["bad_status"] * 3


EXAMPLE = """\
examples_of: exit
examples:
  leaves:
    title: {es: Sale, en: Leaves}
    answers: {exit.wish: established, exit.ticket: established}
    expect: {exit: established}
"""


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("expect: {exit: established}", "expect: {exit: not_established}", "example_fails"),
        ("exit.ticket: established}", "exit.nowhere: established}", "unknown_element"),
        ("examples_of: exit", "examples_of: entry", "unknown_guide"),
        ("    answers:", "    blocking: [exit.wish]\n    answers:", "example_fails"),
        ("    answers:", "    shortest_way: [exit.wish]\n    answers:", "example_fails"),
        ("    answers:", "    like: other\n    answers:", "unknown_example"),
    ],
)
def test_a_wrong_example_is_caught(folder: Path, good: str, bad: str, code: str) -> None:
    path = folder / "international/examples/exit.yaml"
    path.parent.mkdir()
    path.write_text(EXAMPLE, encoding="utf-8")
    assert check_folder(folder).problems == ()
    path.write_text(EXAMPLE.replace(good, bad, 1), encoding="utf-8")
    assert [problem.code for problem in check_folder(folder).problems] == [code]


FIREWALL_PLANTS = [
    (GUIDE, "label: {es: Deseo, en: Wish}", "label: {es: Deseo, en: Has testified}", "label"),
    (GUIDE, 'en: "Wanted?"', 'en: "Has a complaint been filed?"', "ask"),
    (GUIDE, 'es: "¿Quiere?"', 'es: "¿Colabora con la fiscalía?"', "ask"),
    (GUIDE, "exit.ticket", "exit.cooperation", "exit.cooperation"),
    (GUIDE, "ticket.paid", "ticket.denuncia", "fact"),
    (PROCEDURE, "label: {es: Salir, en: Go}", "label: {es: Tras testificar, en: Go}", "label"),
    (GUIDE, "root: exit\n", CONCLUSION.replace("One leaves", "Who testifies leaves"), "established"),
]


@pytest.mark.parametrize(("file", "good", "bad", "field"), FIREWALL_PLANTS)
def test_no_protection_is_conditional_on_testimony_or_cooperation(
    folder: Path, file: str, good: str, bad: str, field: str
) -> None:
    for name in (file, "international/facts.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(good, bad), encoding="utf-8")
    with pytest.raises(DoctrineError) as caught:
        load(folder)
    assert any(one.code == "firewall" and one.field.endswith(field) for one in caught.value.problems)


def test_the_elements_that_may_mention_it_are_these() -> None:
    """A reviewed list: each says why the words in it are no condition."""
    _, folder = load_leniently(ROOT)
    exempt = {name for _, name, element in list_elements(folder) if element.not_a_condition}
    assert exempt == {"measure.m08", "return.proceedings"}


def test_a_note_may_say_that_nobody_has_to_testify(folder: Path) -> None:
    text = FILES[GUIDE].replace("exit.ticket]", "exit.ticket, exit.duty]")
    text += (
        "  exit.duty:\n    note: []\n    label: {es: Sin testificar, en: No duty to testify}\n    status: V\n"
    )
    (folder / GUIDE).write_text(text, encoding="utf-8")
    assert load(folder).find_guide("exit", "", None) is not None


def test_a_guide_says_where_it_stands_in_its_own_sentences_or_in_the_common_ones(folder: Path) -> None:
    common = load(folder).find_guide("exit", "", None)
    assert common is not None
    assert (
        common.conclusion.says(Truth.ESTABLISHED).en
        == "Every element that this guide asks for is documented."
    )
    text = FILES[GUIDE].replace("root: exit\n", CONCLUSION)
    (folder / GUIDE).write_text(text, encoding="utf-8")
    own = load(folder).find_guide("exit", "", None)
    assert own is not None
    assert [own.conclusion.says(truth).en for truth in Truth] == [
        "One leaves.",
        "One stays.",
        "Nobody knows.",
    ]
    assert own.conclusion.to_refute.es == "Para quedarse"


def test_every_guide_that_concludes_is_shipped_with_sentences_of_its_own() -> None:
    for guide in list_guides():
        is_common = guide.conclusion is CONCLUSION_OF_ALL
        assert is_common == (not guide.is_scored), guide.id


def test_the_doctrine_that_is_shipped_is_sound() -> None:
    report = check_folder(ROOT)
    assert report.problems == ()
    assert dict(report.counts)["examples"] >= 30
