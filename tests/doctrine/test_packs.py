"""A country is a folder: it adds its law without a change of code, and a broken one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo.doctrine import registry
from amparo.doctrine.loading import load
from amparo.doctrine.packs import Topic
from amparo.doctrine.problems import DoctrineError

SHIPPED = {"ARG", "CAN", "CRI", "GTM", "MEX", "URY", "USA"}
FILES = {
    "pack.yaml": """\
country: HND
about: {es: Carpeta de prueba., en: Test pack.}
languages: [es, cab]
authorities:
  refugee-office:
    kind: asylum_authority
    name: {es: Oficina de prueba, en: Test office}
    languages: [es]
    sources: [hnd-act/1]
    status: U-l
rules:
  reflection:
    topic: reflection
    says: {es: Noventa días., en: Ninety days.}
    sources: [hnd-act/1]
    status: U-l
""",
    "sources/act.yaml": """\
instrument: hnd-act
title: {es: Ley de prueba, en: Test act}
place: {es: "art. {n}", en: "Art. {n}"}
places:
  "1": {status: U-l, says: {es: Prueba., en: Test.}}
""",
    "guides/trafficking.yaml": """\
overrides: trafficking
version: 1
effective: 2020-01-01
elements:
  trafficking.means:
    note: [trafficking.means.used]
    label: {es: Medios, en: Means}
    sources: [hnd-act/1]
    status: U-l
""",
    "procedures/victim-identification.yaml": """\
overrides: victim-identification
version: 1
effective: 2020-01-01
clocks:
  recovery_reflection:
    label: {es: Reflexión, en: Reflection}
    days: 90
    sources: [hnd-act/1]
    status: U-l
""",
    "checklist.yaml": """\
assessor: {es: Prueba, en: Test}
assessed: 2020-01-01
instruments:
  hnd-act:
    L01: {value: partial, sources: [hnd-act/1], status: U-l}
""",
}


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of packs with an eighth country."""
    for name, text in FILES.items():
        path = tmp_path / "hnd" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def fresh_registry() -> Iterator[None]:
    """The registry loads again, now and after the test."""
    registry._library.cache_clear()
    yield
    registry._library.cache_clear()


def test_seven_countries_have_a_pack_that_says_who_decides_on_asylum_children_and_reflection() -> None:
    assert {pack.country for pack in registry.list_packs()} == SHIPPED
    for pack in registry.list_packs():
        assert pack.authorities_of("asylum_authority")
        assert pack.authorities_of("child_protection")
        assert pack.rules_on(Topic.REFLECTION)
        assert pack.rules_on(Topic.CHILDREN)


def test_no_country_is_told_that_a_convention_of_another_region_is_its_law() -> None:
    borrowed = [
        rule
        for pack in registry.list_packs()
        for rule in pack.rules.values()
        if any(source.startswith("coe/") for source in rule.sources)
    ]
    assert len(borrowed) == len(SHIPPED - {"URY"})
    for rule in borrowed:
        assert rule.status.is_unverified
        assert "no obliga a este país" in rule.says.es
        assert "does not bind this country" in rule.says.en
    told = [
        pack.about.es + " ".join(rule.says.es for rule in pack.rules.values())
        for pack in registry.list_packs()
    ]
    assert not [text for text in told if "mínimo internacional" in text]


def test_what_nobody_compared_with_an_official_source_has_no_date_of_verification() -> None:
    for pack in registry.list_packs():
        for one in pack.authorities.values():
            assert one.verified_date is None or not one.status.is_unverified
            assert one.sources or one.verify


@pytest.mark.usefixtures("fresh_registry")
def test_an_eighth_country_is_a_folder_and_nothing_else_changes(
    packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {one.id: one for one in registry.list_guides()}
    monkeypatch.setenv(registry.PACKS, str(packs))
    registry._library.cache_clear()
    assert {pack.country for pack in registry.list_packs()} == {*SHIPPED, "HND"}
    assert registry.get_pack("HND").authorities["refugee-office"].name.en == "Test office"
    assert registry.get_guide("trafficking", country="HND").country == "HND"
    assert (
        registry.get_procedure("victim-identification", country="HND").clocks["recovery_reflection"].days
        == 90
    )
    assert [one.row for one in registry.list_assessments(country="HND")] == ["L01"]
    assert {one.id: one for one in registry.list_guides()} == before


@pytest.mark.usefixtures("fresh_registry")
def test_a_pack_in_the_home_of_the_installation_is_found(
    packs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "doctrine").symlink_to(packs)
    monkeypatch.setenv("AMPARO_HOME", str(home))
    assert registry.find_pack("HND") is not None


PLANTS = [
    ("pack.yaml", "country: HND", "country: GTM", 1, "country", "wrong_country"),
    ("pack.yaml", "country: HND", "country: XYZ", 1, "country", "unknown_code"),
    ("pack.yaml", "[es, cab]", "[es, klingon]", 3, "languages.1", "unknown_code"),
    (
        "pack.yaml",
        "kind: asylum_authority",
        "kind: guild",
        6,
        "authorities.refugee-office.kind",
        "unknown_code",
    ),
    (
        "pack.yaml",
        "sources: [hnd-act/1]",
        "sources: [hnd-act/9]",
        9,
        "authorities.refugee-office.sources.0",
        "unknown_source",
    ),
    ("pack.yaml", "    sources: [hnd-act/1]\n", "", 5, "authorities.refugee-office", "nothing_verifies"),
    (
        "pack.yaml",
        "    status: U-l\nrules",
        "    status: U-l\n    verified: 2020-01-01\nrules",
        5,
        "authorities.refugee-office",
        "bad_value",
    ),
    ("pack.yaml", "topic: reflection", "topic: weather", 13, "rules.reflection.topic", "bad_value"),
    ("checklist.yaml", "hnd-act:", "hnd-code:", 4, "instruments.hnd-code", "unknown_source"),
    ("checklist.yaml", "L01:", "L99:", 5, "instruments.hnd-act.L99", "unknown_row"),
    ("checklist.yaml", "sources: [hnd-act/1], ", "", 5, "instruments.hnd-act.L01", "bad_value"),
]


@pytest.mark.parametrize(("file", "good", "bad", "line", "field", "code"), PLANTS)
def test_a_broken_pack_is_refused_with_file_line_and_field(
    packs: Path, file: str, good: str, bad: str, line: int, field: str, code: str
) -> None:
    path = packs / "hnd" / file
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(DoctrineError) as caught:
        load(registry.ROOT, (packs,))
    told = [(one.file, one.line, one.field, one.code) for one in caught.value.problems]
    assert (str(path), line, field, code) in told


def test_a_country_without_a_pack_file_is_refused(packs: Path) -> None:
    (packs / "hnd" / "pack.yaml").unlink()
    with pytest.raises(DoctrineError, match="missing_pack"):
        load(registry.ROOT, (packs,))


def test_a_folder_of_packs_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DoctrineError, match="missing_folder"):
        load(registry.ROOT, (tmp_path / "nowhere",))
