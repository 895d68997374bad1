"""Every version of every guide and procedure: written whole, or as a change of another version (``bases``).

A later international version never changes what a country's version says, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping

from amparo.core.guides import GuideError
from amparo.doctrine import building, schema
from amparo.doctrine.bases import Change, Whole, Written, find_base
from amparo.doctrine.library import Library, Versioned
from amparo.doctrine.problems import DoctrineError
from amparo.doctrine.reading import Folder, Sheet


def add_guides(library: Library, folder: Folder) -> None:
    written: Written[schema.GuideShape] = {}
    for sheet in folder.of(schema.GuideShape):
        _remember(written, sheet.country, sheet.shape.guide, sheet.shape)
        _add_guide(library, folder, sheet, sheet.shape, "")
    for change in _in_order(folder.of(schema.GuideOverrideShape)):
        found = _base_of(written, folder, change, "unknown_guide")
        if found is not None:
            base, based_on = found
            whole = _merge_guide(base, change.shape)
            _remember(written, change.country, change.shape.overrides, whole)
            _add_guide(library, folder, change, whole, based_on)


def add_procedures(library: Library, folder: Folder) -> None:
    written: Written[schema.ProcedureShape] = {}
    for sheet in folder.of(schema.ProcedureShape):
        _remember(written, sheet.country, sheet.shape.procedure, sheet.shape)
        _put_version(
            library.procedures, building.build_procedure(sheet.shape, sheet.country, ""), folder, sheet
        )
    for change in _in_order(folder.of(schema.ProcedureOverrideShape)):
        found = _base_of(written, folder, change, "unknown_procedure")
        if found is not None:
            base, based_on = found
            whole = _merge_procedure(base, change.shape)
            _remember(written, change.country, change.shape.overrides, whole)
            built = building.build_procedure(whole, change.country, based_on)
            _put_version(library.procedures, built, folder, change)


def _in_order(changes: list[Sheet[Change]]) -> list[Sheet[Change]]:
    """The international changes first, each after the version that it may stand on."""
    return sorted(changes, key=lambda sheet: (sheet.country != "", sheet.shape.version))


def _remember(written: Written[Whole], country: str, name: str, whole: Whole) -> None:
    written.setdefault((country, name), {}).setdefault(whole.version, whole)


def _base_of(
    written: Written[Whole], folder: Folder, change: Sheet[Change], missing: str
) -> tuple[Whole, str] | None:
    """The text that a change stands on with its edition; none, and a problem kept, where there is none."""
    try:
        return find_base(written, change, missing)
    except DoctrineError as error:
        folder.problems.extend(error.problems)
        return None


def _put_version(
    known: dict[tuple[str, str], list[Versioned]],
    added: Versioned,
    folder: Folder,
    sheet: Sheet[schema.Shape],
) -> None:
    """Keep the versions of one text oldest first. Numbers and dates rise together, each once."""
    versions = known.setdefault((added.country, added.id), [])
    for other in versions:
        if other.version == added.version or other.effective == added.effective:
            field = "version" if other.version == added.version else "effective"
            folder.problems.append(sheet.document.problem((field,), "duplicate_id", added.id))
        elif (other.version < added.version) != (other.effective < added.effective):
            detail = f"{other.edition} is of {other.effective}"
            folder.problems.append(sheet.document.problem(("effective",), "version_order", detail))
    versions.append(added)
    versions.sort(key=lambda one: (one.effective, one.version))


def _add_guide(
    library: Library, folder: Folder, sheet: Sheet[schema.Shape], whole: schema.GuideShape, based_on: str
) -> None:
    try:
        guide = building.build_guide(whole, whole.elements, sheet.country, based_on)
    except GuideError as error:
        path = ("elements", error.element_id)
        folder.problems.append(sheet.document.problem(path, error.code, error.detail or error.element_id))
        return
    _put_version(library.guides, guide, folder, sheet)


def _head(
    base: schema.GuideShape | schema.ProcedureShape,
    change: schema.GuideOverrideShape | schema.ProcedureOverrideShape,
) -> dict[str, object]:
    return {
        "version": change.version,
        "effective": change.effective,
        "repealed": change.repealed,
        "about": change.about or base.about,
    }


def _merge_guide(base: schema.GuideShape, change: schema.GuideOverrideShape) -> schema.GuideShape:
    kept: Mapping[str, schema.ElementShape] = {
        i: one for i, one in base.elements.items() if i not in change.without
    }
    return base.model_copy(
        update={
            **_head(base, change),
            "title": change.title or base.title,
            "lapses_after_days": change.lapses_after_days or base.lapses_after_days,
            "conclusion": change.conclusion or base.conclusion,
            "elements": {**kept, **change.elements},
        }
    )


def _merge_procedure(
    base: schema.ProcedureShape, change: schema.ProcedureOverrideShape
) -> schema.ProcedureShape:
    return base.model_copy(
        update={
            **_head(base, change),
            "participants": change.participants or base.participants,
            "stages": base.stages | change.stages,
            "clocks": base.clocks | change.clocks,
            "transitions": base.transitions | change.transitions,
            "choices": base.choices | change.choices,
            "safeguards": base.safeguards | change.safeguards,
        }
    )
