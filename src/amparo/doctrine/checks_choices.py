"""References of the choices of procedures: code lists, elements they stand on, steps that ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amparo.doctrine import schema
from amparo.doctrine.checks import unknown, unknown_one
from amparo.doctrine.data import Choice, ProcedureFile, edition_of
from amparo.doctrine.library import Library, find_edition
from amparo.doctrine.lines import FieldPath
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet

Procedure = schema.ProcedureShape | schema.ProcedureOverrideShape


def check_choices(library: Library, folder: Folder) -> Iterator[Problem]:
    """Every choice that cannot be made, and every step that asks for a choice or a code that is not there."""
    for sheet in folder.of(schema.ProcedureShape):
        yield from _check(library, sheet, sheet.shape.procedure)
    for change in folder.of(schema.ProcedureOverrideShape):
        yield from _check(library, change, change.shape.overrides)


def _check(library: Library, sheet: Sheet[Procedure], name: str) -> Iterator[Problem]:
    built = find_edition(library.procedures, name, edition_of(sheet.country, sheet.shape.version))
    if built is None:
        return
    for choice_id, shape in sheet.shape.choices.items():
        yield from _check_choice(library, sheet, ("choices", choice_id), shape, built)
    for step_id, step in sheet.shape.transitions.items():
        for choice_id, codes in step.needs_codes.items():
            path: FieldPath = ("transitions", step_id, "needs_codes", choice_id)
            yield from unknown_one(sheet, path, choice_id, built.choices, "unknown_choice")
            known = _codes(library, built.choices, choice_id)
            yield from unknown(sheet, path, list(codes), known, "unknown_code")


def _check_choice(
    library: Library,
    sheet: Sheet[Procedure],
    path: FieldPath,
    shape: schema.ChoiceShape,
    built: ProcedureFile,
) -> Iterator[Problem]:
    listed = library.code_lists.get(shape.list_)
    guide = library.find_guide(built.guide, sheet.country, None)
    elements = guide.texts if guide else {}
    yield from unknown_one(sheet, (*path, "list"), shape.list_, library.code_lists, "unknown_code")
    yield from unknown(sheet, (*path, "sources"), list(shape.sources), library.sources, "unknown_source")
    yield from unknown(sheet, (*path, "before"), list(shape.before), built.stages, "unknown_stage")
    if built.first_stage in shape.before:
        yield sheet.document.problem((*path, "before"), "bad_value", "every procedure begins there")
    for code, element in shape.stands_on.items():
        where = (*path, "stands_on", code)
        yield from unknown_one(sheet, where, code, listed.codes if listed else {}, "unknown_code")
        yield from unknown_one(sheet, where, element, elements, "unknown_element")
    most = shape.most or (len(listed.in_use) if listed else shape.least)
    if shape.least > most:
        yield sheet.document.problem((*path, "least"), "bad_value", f"more than {most}")
    if shape.ranks and len(shape.ranks) != shape.most:
        yield sheet.document.problem((*path, "ranks"), "bad_value", f"one rank for each of {shape.most}")


def _codes(library: Library, choices: Mapping[str, Choice], choice_id: str) -> Mapping[str, object]:
    listed = library.code_lists.get(choices[choice_id].code_list) if choice_id in choices else None
    return listed.codes if listed else {}
