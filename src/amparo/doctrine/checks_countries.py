"""References of the countries' own files and of the gap analysis."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.doctrine import schema, schema_countries
from amparo.doctrine.checks import Check, unknown, unknown_one
from amparo.doctrine.library import Library
from amparo.doctrine.lines import FieldPath
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet

KIND_LISTS = ("agency_kind", "body_kind")


def check_countries(library: Library, folder: Folder) -> Iterator[Problem]:
    """Every broken reference of packs, checklist and assessments, and every country folder without a pack."""
    for run in CHECKS:
        yield from run(library, folder)


def check_packs(library: Library, folder: Folder) -> Iterator[Problem]:
    kinds = {code for name in KIND_LISTS for code in _codes(library, name)}
    languages = _codes(library, "language")
    for pack in folder.of(schema_countries.PackShape):
        shape = pack.shape
        yield from unknown_one(pack, ("country",), shape.country, _codes(library, "country"), "unknown_code")
        if shape.country != pack.country:
            yield pack.document.problem(("country",), "wrong_country", f"the folder is {pack.country}")
        yield from unknown(pack, ("languages",), shape.languages, languages, "unknown_code")
        for name, authority in shape.authorities.items():
            path: FieldPath = ("authorities", name)
            yield from unknown_one(pack, (*path, "kind"), authority.kind, kinds, "unknown_code")
            yield from unknown(pack, (*path, "languages"), authority.languages, languages, "unknown_code")
            yield from _check_row(library, pack, path, authority)
        for name, rule in shape.rules.items():
            yield from _check_row(library, pack, ("rules", name), rule)


def _codes(library: Library, name: str) -> frozenset[str]:
    listed = library.code_lists.get(name)
    return frozenset(listed.codes) if listed else frozenset()


def _check_row(
    library: Library,
    pack: Sheet[schema_countries.PackShape],
    path: FieldPath,
    row: schema_countries.AuthorityShape | schema_countries.PackRuleShape,
) -> Iterator[Problem]:
    """Its sources are known; without a source it says which text would verify it."""
    yield from unknown(pack, (*path, "sources"), row.sources, library.sources, "unknown_source")
    if not row.sources and row.verify is None:
        yield pack.document.problem(path, "nothing_verifies", str(path[-1]))


def check_every_country_has_a_pack(library: Library, folder: Folder) -> Iterator[Problem]:
    """A folder of a country without ``pack.yaml`` is refused at its first file."""
    first: dict[str, Sheet[schema.Shape]] = {}
    for sheet in folder.sheets:
        first.setdefault(sheet.country, sheet)
    for country, sheet in first.items():
        if country and country not in library.packs:
            yield sheet.document.problem((), "missing_pack", f"{country} has no pack.yaml")


def check_checklist(library: Library, folder: Folder) -> Iterator[Problem]:
    for checklist in folder.of(schema_countries.ChecklistFile):
        for name, row in checklist.shape.checklist.items():
            path: FieldPath = ("checklist", name, "standards")
            yield from unknown(checklist, path, row.standards, library.sources, "unknown_source")


def check_assessments(library: Library, folder: Folder) -> Iterator[Problem]:
    instruments = {source.partition("/")[0] for source in library.sources}
    seen: set[tuple[str, str, str]] = set()
    for file in folder.of(schema_countries.AssessmentsFile):
        for instrument, rows in file.shape.instruments.items():
            path: FieldPath = ("instruments", instrument)
            yield from unknown_one(file, path, instrument, instruments, "unknown_source")
            for name, row in rows.items():
                yield from unknown_one(file, (*path, name), name, library.checklist, "unknown_row")
                where = (*path, name, "sources")
                yield from unknown(file, where, row.sources, library.sources, "unknown_source")
                if (file.country, instrument, name) in seen:
                    yield file.document.problem((*path, name), "duplicate_id", name)
                seen.add((file.country, instrument, name))


CHECKS: tuple[Check, ...] = (
    check_packs,
    check_every_country_has_a_pack,
    check_checklist,
    check_assessments,
)
