"""Cross-references between doctrine files. Each check answers with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping

from amparo.core.guides import Element
from amparo.doctrine import schema
from amparo.doctrine.data import edition_of
from amparo.doctrine.library import Library, find_edition
from amparo.doctrine.lines import FieldPath
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet


def check(library: Library, folder: Folder) -> Iterator[Problem]:
    """Every broken reference in the folder, file by file."""
    for run in CHECKS:
        yield from run(library, folder)


def unknown(
    sheet: Sheet[schema.Shape], path: FieldPath, wanted: list[str], known: Container[str], code: str
) -> Iterator[Problem]:
    for at, name in enumerate(wanted):
        if name not in known:
            yield sheet.document.problem((*path, at), code, name)


def unknown_one(
    sheet: Sheet[schema.Shape], path: FieldPath, name: str, known: Container[str], code: str
) -> Iterator[Problem]:
    if name not in known:
        yield sheet.document.problem(path, code, name)


def list_elements(folder: Folder) -> Iterator[tuple[Sheet[schema.Shape], str, schema.ElementShape]]:
    """Every element of every guide file and country change, with the file it stands in."""
    for guide in folder.of(schema.GuideShape):
        for name, element in guide.shape.elements.items():
            yield guide, name, element
    for change in folder.of(schema.GuideOverrideShape):
        for name, element in change.shape.elements.items():
            yield change, name, element


def check_elements(library: Library, folder: Folder) -> Iterator[Problem]:
    known_elements = _known_elements(library)
    evidence_kinds = (
        library.code_lists["evidence_kind"].codes if "evidence_kind" in library.code_lists else {}
    )
    for sheet, name, element in list_elements(folder):
        path = ("elements", name)
        yield from unknown(sheet, (*path, "sources"), element.sources, library.sources, "unknown_source")
        yield from unknown(
            sheet, (*path, "decisions"), element.decisions, library.decisions, "unknown_decision"
        )
        yield from unknown(sheet, (*path, "hints"), element.hints, known_elements, "unknown_element")
        yield from unknown(sheet, (*path, "evidence"), list(element.evidence), evidence_kinds, "unknown_code")
        if element.fact and element.fact not in library.facts:
            yield sheet.document.problem((*path, "fact"), "unknown_fact", element.fact)
        if element.combinator in {"finding", "fact"} and element.ask is None:
            yield sheet.document.problem(path, "missing_field", "ask: a leaf asks a question")
        if element.combinator in {"finding", "fact"} and not element.sources and not element.override:
            yield sheet.document.problem(path, "missing_field", "sources: a leaf has a source")


def check_overrides(library: Library, folder: Folder) -> Iterator[Problem]:
    """An absolute element cannot have a stand-in anywhere beneath it."""
    stand_ins = {name for _, name, element in list_elements(folder) if element.override}
    for versions in library.guides.values():
        for guide in versions:
            for element in guide.logic.elements:
                beneath = set(_beneath(guide.logic.by_id, element.id))
                if element.absolute and beneath & stand_ins:
                    yield from _at_element(folder, element.id, "override_of_absolute")


def _beneath(by_id: Mapping[str, Element], element_id: str) -> Iterator[str]:
    yield element_id
    for child in by_id[element_id].children:
        yield from _beneath(by_id, child)


def _at_element(folder: Folder, element_id: str, code: str) -> Iterator[Problem]:
    for sheet, name, _ in list_elements(folder):
        if name == element_id:
            yield sheet.document.problem(("elements", name), code, name)


def _known_elements(library: Library) -> set[str]:
    return {
        element.id
        for versions in library.guides.values()
        for one in versions
        for element in one.logic.elements
    }


def check_registers(library: Library, folder: Folder) -> Iterator[Problem]:
    elements = _known_elements(library)
    citable = {*library.sources, *library.decisions}
    for decisions in folder.of(schema.DecisionsFile):
        for name, shape in decisions.shape.decisions.items():
            path: FieldPath = ("decisions", name)
            evidence = list(shape.evidence)
            yield from unknown(decisions, (*path, "evidence"), evidence, library.evidence, "unknown_evidence")
            yield from unknown(
                decisions, (*path, "sources"), list(shape.sources), library.sources, "unknown_source"
            )
            yield from unknown(
                decisions, (*path, "elements"), list(shape.elements), elements, "unknown_element"
            )
    for quality in folder.of(schema.QualityFile):
        for name, note in quality.shape.quality.items():
            yield from unknown(quality, ("quality", name, "about"), note.about, citable, "unknown_source")
    for sources in folder.of(schema.SourcesFile):
        yield from unknown(
            sources, ("evidence",), list(sources.shape.evidence), library.evidence, "unknown_evidence"
        )
        for name, place in sources.shape.places.items():
            path = ("places", name, "evidence")
            yield from unknown(sources, path, list(place.evidence), library.evidence, "unknown_evidence")
    for codes in folder.of(schema.CodesFile):
        yield from unknown(codes, ("sources",), list(codes.shape.sources), library.sources, "unknown_source")
        for name, code in codes.shape.codes.items():
            path = ("codes", name, "sources")
            yield from unknown(codes, path, list(code.sources), library.sources, "unknown_source")
            path = ("codes", name, "excludes")
            yield from unknown(codes, path, list(code.excludes), codes.shape.codes, "unknown_code")


def check_guides(library: Library, folder: Folder) -> Iterator[Problem]:
    standards = (
        library.code_lists["standard_of_proof"].codes if "standard_of_proof" in library.code_lists else {}
    )
    for guide in folder.of(schema.GuideShape):
        standard = guide.shape.standard_of_proof
        yield from unknown_one(guide, ("standard_of_proof",), standard, standards, "unknown_code")


def check_procedures(library: Library, folder: Folder) -> Iterator[Problem]:
    guides = {guide_id for _, guide_id in library.guides}
    for sheet in folder.of(schema.ProcedureShape):
        shape = sheet.shape
        yield from unknown_one(sheet, ("guide",), shape.guide, guides, "unknown_guide")
        yield from unknown(sheet, ("beside",), list(shape.beside), guides, "unknown_guide")
        yield from unknown_one(sheet, ("first_stage",), shape.first_stage, shape.stages, "unknown_stage")
        yield from _check_steps(library, sheet, shape, shape.stages, shape.clocks)
        yield from _check_panel(library, sheet, shape)
        yield from _check_requirements(library, sheet, shape.guide, shape.beside)
    for change in folder.of(schema.ProcedureOverrideShape):
        edition = edition_of(change.country, change.shape.version)
        built = find_edition(library.procedures, change.shape.overrides, edition)
        if built is not None:
            yield from _check_steps(library, change, change.shape, built.stages, built.clocks)
            yield from _check_requirements(library, change, built.guide, built.beside)


def _check_requirements(
    library: Library,
    sheet: Sheet[schema.ProcedureShape] | Sheet[schema.ProcedureOverrideShape],
    guide_id: str,
    beside: Container[str],
) -> Iterator[Problem]:
    """A step asks for an element of its own guide, in the country's version, and for guides beside it."""
    guide = library.find_guide(guide_id, sheet.country, None)
    known = guide.logic.by_id if guide else {}
    for name, step in sheet.shape.transitions.items():
        if step.requires_of:
            path: FieldPath = ("transitions", name, "requires_of")
            yield from unknown_one(sheet, path, step.requires_of, known, "unknown_element")
        for wanted in step.requires_beside:
            path = ("transitions", name, "requires_beside", wanted)
            yield from unknown_one(sheet, path, wanted, beside, "unknown_guide")


def _check_panel(
    library: Library, sheet: Sheet[schema.ProcedureShape], shape: schema.ProcedureShape
) -> Iterator[Problem]:
    """A panel has something to decide and to choose from, and no stage is reached around it."""
    panel = shape.panel
    decided = {step.to for step in shape.transitions.values() if step.needs_panel}
    if panel is not None:
        yield from unknown(
            sheet, ("panel", "sources"), list(panel.sources), library.sources, "unknown_source"
        )
        yield from unknown_one(sheet, ("panel", "options"), panel.options, library.code_lists, "unknown_code")
        if not decided:
            yield sheet.document.problem(("panel",), "missing_field", "no transition says needs_panel")
    for name, step in shape.transitions.items():
        if (step.needs_panel or step.needs_standing) and panel is None:
            yield sheet.document.problem(("transitions", name), "missing_field", "panel: who decides this")
        if step.to in decided and not step.needs_panel:
            yield sheet.document.problem(
                ("transitions", name), "missing_field", f"needs_panel: the way to {step.to} is the panel's"
            )


def _check_steps(
    library: Library,
    sheet: Sheet[schema.Shape],
    shape: schema.ProcedureShape | schema.ProcedureOverrideShape,
    stages: Container[str],
    clocks: Container[str],
) -> Iterator[Problem]:
    for name, step in shape.transitions.items():
        path: FieldPath = ("transitions", name)
        yield from unknown_one(sheet, (*path, "from"), step.from_, stages, "unknown_stage")
        yield from unknown_one(sheet, (*path, "to"), step.to, stages, "unknown_stage")
        for field in ("starts_clock", "waits_for_clock"):
            clock = getattr(step, field)
            if clock:
                yield from unknown_one(sheet, (*path, field), clock, clocks, "unknown_clock")
        yield from unknown(sheet, (*path, "sources"), list(step.sources), library.sources, "unknown_source")
        for axis, code in step.sets_status.items():
            name_of_list = {"mandate": "mandate_category", "trafficking": "trafficking_status"}.get(
                axis, axis
            )
            known = library.code_lists[name_of_list].codes if name_of_list in library.code_lists else {}
            yield from unknown_one(sheet, (*path, "sets_status", axis), code, known, "unknown_code")
    for kind in ("clocks", "safeguards"):
        rows: dict[str, schema.ClockShape | schema.SafeguardShape] = getattr(shape, kind)
        for name, row in rows.items():
            yield from unknown(
                sheet, (kind, name, "sources"), list(row.sources), library.sources, "unknown_source"
            )


Check = Callable[[Library, Folder], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (check_registers, check_guides, check_elements, check_overrides, check_procedures)
