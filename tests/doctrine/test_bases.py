"""What a change stands on: a country's second version changes its first, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.doctrine.differences import Change, compare_guides
from amparo.doctrine.loading import load
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.registry import ROOT

COUNTRY = "hnd"
PACK = """\
country: HND
about: {es: "Un país de prueba.", en: "A country of a test."}
languages: [es]
authorities:
  office:
    kind: asylum_authority
    name: {es: Oficina, en: Office}
    languages: [es]
    status: U-l
    verify: {es: "El sitio oficial.", en: "The official site."}
"""
FIRST = """\
overrides: trafficking
version: 1
effective: 2020-01-01
elements:
  trafficking.means:
    note: [trafficking.means.used]
    label: {es: "Medios, no exigidos", en: "Means, not required"}
    sources: [palermo/3b]
    status: U-l
"""
SECOND = """\
overrides: trafficking
version: 2
effective: 2026-06-01
{base}elements:
  trafficking.act.harbouring:
    label: {{es: Acogida o retención, en: Harbouring or retention}}
    ask: {{es: "¿La acogió o retuvo alguien?", en: "Did somebody harbour or retain the person?"}}
    sources: [palermo/3a]
    status: U-l
"""
PROCEDURE = """\
overrides: victim-identification
version: {version}
effective: {effective}
{base}clocks:
  {clock}:
    label: {{es: Plazo, en: Period}}
    days: {days}
    sources: [coe/13]
    status: U-l
"""


def pack(folder: Path, **files: str) -> Path:
    """Write a pack of one country with files of guides (``g_name``) and of procedures (``p_name``)."""
    place = folder / COUNTRY
    place.mkdir()
    (place / "pack.yaml").write_text(PACK, encoding="utf-8")
    for name, text in files.items():
        kind = "guides" if name.startswith("g") else "procedures"
        (place / kind).mkdir(exist_ok=True)
        (place / kind / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(DoctrineError) as caught:
        load(ROOT, [folder])
    return [f"{Path(one.file).name}:{one.line}: {one.field}: {one.code}" for one in caught.value.problems]


def test_a_second_version_keeps_what_the_first_of_its_country_changed(tmp_path: Path) -> None:
    folder = pack(tmp_path, g1=FIRST, g2=SECOND.format(base="base: HND/1\n"))
    first, second = load(ROOT, [folder]).guides["HND", "trafficking"]
    assert (second.edition, second.based_on) == ("HND/2", "HND/1")
    assert second.logic.by_id["trafficking.means"] == first.logic.by_id["trafficking.means"]
    told = {one.id: one.change for one in compare_guides(first, second) if one.change is not Change.SAME}
    assert told == {"trafficking.act.harbouring": Change.CHANGED}


def test_a_second_version_may_stand_on_the_international_text_when_it_says_so(tmp_path: Path) -> None:
    """That is a choice: what the first version changed is then law no more."""
    folder = pack(tmp_path, g1=FIRST, g2=SECOND.format(base="base: INT/1\n"))
    library = load(ROOT, [folder])
    international = library.find_first_guide("trafficking", "", None)
    second = library.guides["HND", "trafficking"][1]
    assert international is not None
    assert second.based_on == "INT/1"
    assert second.logic.by_id["trafficking.means"] == international.logic.by_id["trafficking.means"]


def test_a_second_version_that_does_not_say_what_it_changes_is_refused(tmp_path: Path) -> None:
    """The planted breach: it would load, and lose in silence what the first version changed."""
    folder = pack(tmp_path, g1=FIRST, g2=SECOND.format(base=""))
    assert refused(folder) == ["g2.yaml:2: version: missing_field"]


def test_the_first_version_of_a_country_needs_no_base(tmp_path: Path) -> None:
    (first,) = load(ROOT, [pack(tmp_path, g1=FIRST)]).guides["HND", "trafficking"]
    assert first.based_on == "INT/1"


@pytest.mark.parametrize(
    ("base", "code"),
    [
        ("HND/2", "version_order"),
        ("HND/3", "version_order"),
        ("INT/9", "unknown_version"),
        ("URY/1", "wrong_country"),
        ("hnd/1", "bad_value"),
        ("HND/0", "bad_value"),
    ],
)
def test_a_base_that_is_none_is_named_with_file_line_and_field(tmp_path: Path, base: str, code: str) -> None:
    folder = pack(tmp_path, g1=FIRST, g2=SECOND.format(base=f"base: {base}\n"))
    assert refused(folder) == [f"g2.yaml:4: base: {code}"]


def test_a_version_that_is_not_there_is_no_base(tmp_path: Path) -> None:
    third = SECOND.format(base="base: HND/2\n").replace("version: 2", "version: 3")
    assert refused(pack(tmp_path, g1=FIRST, g3=third)) == ["g3.yaml:4: base: unknown_version"]


def test_the_former_word_is_refused_by_name(tmp_path: Path) -> None:
    folder = pack(tmp_path, g1=FIRST, g2=SECOND.format(base="of: 1\n"))
    assert refused(folder) == ["g2.yaml:4: of: unknown_field"]


def procedure(version: int, clock: str, days: int, base: str = "") -> str:
    effective = f"202{version}-01-01"
    return PROCEDURE.format(version=version, effective=effective, clock=clock, days=days, base=base)


def test_versions_of_a_procedure_stand_on_each_other_too(tmp_path: Path) -> None:
    files = {
        "p1": procedure(1, "recovery_reflection", 60),
        "p2": procedure(2, "appeal", 15, "base: HND/1\n"),
        "p3": procedure(3, "appeal", 30, "base: HND/2\n"),
    }
    *_earlier, third = load(ROOT, [pack(tmp_path, **files)]).procedures["HND", "victim-identification"]
    assert {name: clock.days for name, clock in third.clocks.items()}["recovery_reflection"] == 60
    assert (third.clocks["appeal"].days, third.based_on) == (30, "HND/2")


def test_a_procedure_of_a_country_says_its_base_as_well(tmp_path: Path) -> None:
    files = {"p1": procedure(1, "recovery_reflection", 60), "p2": procedure(2, "appeal", 15)}
    assert refused(pack(tmp_path, **files)) == ["p2.yaml:2: version: missing_field"]


def test_a_wrong_base_of_a_procedure_is_named(tmp_path: Path) -> None:
    files = {"p1": procedure(1, "recovery_reflection", 60), "p2": procedure(2, "appeal", 15, "base: URY/1\n")}
    assert refused(pack(tmp_path, **files)) == ["p2.yaml:4: base: wrong_country"]
