"""Load a doctrine folder into one library, or say everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from amparo.doctrine import building, building_countries, data, schema, schema_countries
from amparo.doctrine.checks import check
from amparo.doctrine.checks_choices import check_choices
from amparo.doctrine.checks_countries import check_countries
from amparo.doctrine.firewall import check_firewall
from amparo.doctrine.library import Library
from amparo.doctrine.measures import check_measures
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.reading import Folder, Sheet, read_folder
from amparo.doctrine.verifying import check_verifiable
from amparo.doctrine.versions import add_guides, add_procedures

T = TypeVar("T")


def load(root: Path, packs: Sequence[Path] = ()) -> Library:
    """Load and check ``root`` with the packs of other folders.

    Raises ``DoctrineError`` with every problem of every file.
    """
    library, folder = load_leniently(root, packs)
    if folder.problems:
        raise DoctrineError(folder.problems)
    return library


def load_leniently(root: Path, packs: Sequence[Path] = ()) -> tuple[Library, Folder]:
    """Load what can be loaded; ``folder.problems`` holds every problem found."""
    folder = read_folder(root, packs)
    library = Library()
    _add_registers(library, folder)
    add_guides(library, folder)
    add_procedures(library, folder)
    _add_countries(library, folder)
    if not folder.problems:
        folder.problems.extend(check(library, folder))
        folder.problems.extend(check_choices(library, folder))
        folder.problems.extend(check_countries(library, folder))
        folder.problems.extend(check_firewall(library, folder))
        folder.problems.extend(check_measures(library, folder))
        folder.problems.extend(check_verifiable(library, folder))
    return library, folder


def _add_registers(library: Library, folder: Folder) -> None:
    for evidence in folder.of(schema.EvidenceFile):
        built = {
            i: data.EvidenceEntry(i, building.text(e.what), e.where)
            for i, e in evidence.shape.evidence.items()
        }
        _put(library.evidence, built, folder, evidence, "evidence")
    for quality in folder.of(schema.QualityFile):
        notes = {i: building.build_note(i, note) for i, note in quality.shape.quality.items()}
        _put(library.quality, notes, folder, quality, "quality")
    for facts in folder.of(schema.FactsFile):
        named = {
            i: data.Fact(i, building.text(fact.says), fact.room) for i, fact in facts.shape.facts.items()
        }
        _put(library.facts, named, folder, facts, "facts")
    for sources in folder.of(schema.SourcesFile):
        places = building.build_sources(sources.shape, sources.country)
        _put(library.sources, places, folder, sources, "places")
    for decisions in folder.of(schema.DecisionsFile):
        cases = {i: building.build_decision(i, shape) for i, shape in decisions.shape.decisions.items()}
        _put(library.decisions, cases, folder, decisions, "decisions")
    for codes in folder.of(schema.CodesFile):
        _put(
            library.code_lists,
            {codes.shape.list_: building.build_code_list(codes.shape)},
            folder,
            codes,
            "list",
        )


def _put(
    known: dict[str, T], added: Mapping[str, T], folder: Folder, sheet: Sheet[schema.Shape], place: str
) -> None:
    for key, value in added.items():
        if key in known:
            here = (place, key)
            path = here if here in sheet.document.lines else (place, key.partition("/")[2])
            folder.problems.append(sheet.document.problem(path, "duplicate_id", key))
        known[key] = value


def _add_countries(library: Library, folder: Folder) -> None:
    for pack in folder.of(schema_countries.PackShape):
        added = {pack.country: building_countries.build_pack(pack.shape)}
        _put(library.packs, added, folder, pack, "country")
    for checklist in folder.of(schema_countries.ChecklistFile):
        rows = {i: building_countries.build_row(i, row) for i, row in checklist.shape.checklist.items()}
        _put(library.checklist, rows, folder, checklist, "checklist")
    for file in folder.of(schema_countries.AssessmentsFile):
        library.assessments.extend(building_countries.build_assessments(file.shape, file.country))
