"""Load a doctrine folder into one library, or say everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from amparo.core.guides import GuideError
from amparo.doctrine import building, building_countries, data, schema, schema_countries
from amparo.doctrine.checks import check
from amparo.doctrine.checks_countries import check_countries
from amparo.doctrine.firewall import check_firewall
from amparo.doctrine.library import Library
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.reading import Folder, Sheet, read_folder
from amparo.doctrine.verifying import check_verifiable

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
    _add_guides(library, folder)
    _add_procedures(library, folder)
    _add_countries(library, folder)
    if not folder.problems:
        folder.problems.extend(check(library, folder))
        folder.problems.extend(check_countries(library, folder))
        folder.problems.extend(check_firewall(library, folder))
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


def _add_guides(library: Library, folder: Folder) -> None:
    bases = {}
    for sheet in folder.of(schema.GuideShape):
        bases[sheet.shape.guide] = sheet.shape
        _add_guide(library, folder, sheet, sheet.shape, sheet.shape.elements)
    for override in folder.of(schema.GuideOverrideShape):
        change = override.shape
        base = bases.get(change.overrides)
        if base is None:
            folder.problems.append(
                override.document.problem(("overrides",), "unknown_guide", change.overrides)
            )
            continue
        elements = {i: e for i, e in base.elements.items() if i not in change.without} | change.elements
        _add_guide(library, folder, override, _merge(base, change), elements)


def _merge(base: schema.GuideShape, change: schema.GuideOverrideShape) -> schema.GuideShape:
    kept = {
        "version": change.version,
        "effective": change.effective,
        "title": change.title or base.title,
        "about": change.about or base.about,
        "lapses_after_days": change.lapses_after_days or base.lapses_after_days,
    }
    return base.model_copy(update=kept)


def _add_guide(
    library: Library,
    folder: Folder,
    sheet: Sheet[schema.Shape],
    head: schema.GuideShape,
    elements: Mapping[str, schema.ElementShape],
) -> None:
    try:
        guide = building.build_guide(head, elements, sheet.country)
    except GuideError as error:
        folder.problems.append(
            sheet.document.problem(
                ("elements", error.element_id), error.code, error.detail or error.element_id
            )
        )
        return
    versions = library.guides.setdefault((sheet.country, guide.id), [])
    if any(other.effective == guide.effective for other in versions):
        folder.problems.append(sheet.document.problem(("effective",), "duplicate_id", guide.id))
    versions.append(guide)
    versions.sort(key=lambda one: one.effective)


def _add_procedures(library: Library, folder: Folder) -> None:
    bases = {}
    for sheet in folder.of(schema.ProcedureShape):
        bases[sheet.shape.procedure] = sheet.shape
        procedure = building.build_procedure(sheet.shape, sheet.country)
        library.procedures.setdefault((sheet.country, procedure.id), []).append(procedure)
    for override in folder.of(schema.ProcedureOverrideShape):
        change = override.shape
        base = bases.get(change.overrides)
        if base is None:
            where = override.document.problem(("overrides",), "unknown_procedure", change.overrides)
            folder.problems.append(where)
            continue
        built = building.build_procedure(_merge_procedure(base, change), override.country)
        library.procedures.setdefault((override.country, built.id), []).append(built)


def _merge_procedure(
    base: schema.ProcedureShape, change: schema.ProcedureOverrideShape
) -> schema.ProcedureShape:
    return base.model_copy(
        update={
            "version": change.version,
            "effective": change.effective,
            "about": change.about or base.about,
            "participants": change.participants or base.participants,
            "clocks": base.clocks | change.clocks,
            "transitions": base.transitions | change.transitions,
            "safeguards": base.safeguards | change.safeguards,
        }
    )
