"""Firewall F2, F4, F5, F6 over the doctrine: measures of protection are judged apart, whoever changes them.

F1 is ``firewall``. F2: criminal justice and consulates take no part in a procedure of protection. F4: what a
person says to one measure changes no other. F5: witness protection carries nothing else. F6: lack of
documents bars no service. F3, F7 and F8 are about access, and are proved over ``core.policy``.
Source: seed 21, 24; Uruguay 3(F), 3(H), 18, 25; Costa Rica 9095 2(b).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amparo.core.policy import AgencyKind
from amparo.doctrine import data, schema
from amparo.doctrine.checks import list_elements
from amparo.doctrine.library import Library
from amparo.doctrine.lines import FieldPath
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet

GUIDE = "needs-assessment"
MEASURE = re.compile(r"^measure\.m\d\d$")
SERVICES = frozenset({"measure.m09", "measure.m10", "measure.m15", "measure.m16"})
WITNESS_PROTECTION = "measure.m08"
PAPERS = re.compile(r"\b(documents?|documented|papers|passport|documentos?|papeles|pasaporte|cédula)\b", re.I)
"""Words by which a service could come to ask for papers, in English and Spanish."""

KEPT_OUT = frozenset({AgencyKind.POLICE, AgencyKind.PROSECUTION, AgencyKind.CONSULATE})


def check_measures(library: Library, folder: Folder) -> Iterator[Problem]:
    """Every measure without its element, and every way in which one measure could hang on another."""
    for (_, guide_id), versions in library.guides.items():
        if guide_id == GUIDE:
            for guide in versions:
                yield from _check_guide(library, folder, guide)
    for procedure in folder.of(schema.ProcedureShape):
        yield from _check_parties(procedure)
        if procedure.shape.guide == GUIDE:
            yield from _check_steps(procedure, procedure.shape.transitions)
    for change in folder.of(schema.ProcedureOverrideShape):
        yield from _check_parties(change)
        if change.shape.overrides == GUIDE:
            yield from _check_steps(change, change.shape.transitions)


def _check_guide(library: Library, folder: Folder, guide: data.GuideFile) -> Iterator[Problem]:
    measures = [name for name in guide.texts if MEASURE.match(name)]
    listed = library.code_lists["measure"].in_use if "measure" in library.code_lists else ()
    for code in listed:
        if f"measure.{code.code.lower()}" not in measures:
            yield from _at(folder, guide.logic.root, "missing_measure", code.code)
    witness = _facts(guide, WITNESS_PROTECTION)
    for measure in measures:
        for element in _beneath(guide, measure):
            if element != measure and not element.startswith(f"{measure}."):
                yield from _at(folder, measure, "measures_entangled", element)
        if measure != WITNESS_PROTECTION and witness & _facts(guide, measure):
            yield from _at(folder, measure, "measures_entangled", WITNESS_PROTECTION)
        if measure in SERVICES:
            yield from _check_papers(folder, guide, measure)


def _check_papers(folder: Folder, guide: data.GuideFile, measure: str) -> Iterator[Problem]:
    excused = {name for _, name, element in list_elements(folder) if element.not_a_condition}
    for element in _beneath(guide, measure):
        text = guide.texts[element]
        words = [element.replace(".", " ").replace("_", " "), text.fact, *_said(text)]
        found = PAPERS.search(" ".join(words))
        if found and element not in excused:
            yield from _at(folder, element, "service_asks_for_papers", found.group())


def _said(text: data.ElementText) -> Iterator[str]:
    for words in (text.label, text.ask, *text.look_for):
        if words is not None:
            yield f"{words.es} {words.en}"


def _beneath(guide: data.GuideFile, element: str) -> Iterator[str]:
    """An element and what counts under it; notes are duties and never count."""
    yield element
    for child in guide.logic.counted(guide.logic.by_id[element]):
        yield from _beneath(guide, child)


def _facts(guide: data.GuideFile, measure: str) -> set[str]:
    if measure not in guide.texts:
        return set()
    return {guide.texts[name].fact for name in _beneath(guide, measure)} - {""}


def _check_steps(sheet: Sheet[schema.Shape], steps: dict[str, schema.TransitionShape]) -> Iterator[Problem]:
    """Granting, refusing or declining a measure sets no status by itself."""
    for name, step in steps.items():
        if step.sets_status:
            path: FieldPath = ("transitions", name, "sets_status")
            yield sheet.document.problem(path, "measures_entangled", name)


def _check_parties(
    sheet: Sheet[schema.ProcedureShape] | Sheet[schema.ProcedureOverrideShape],
) -> Iterator[Problem]:
    for kind in KEPT_OUT.intersection(sheet.shape.participants):
        yield sheet.document.problem(("participants",), "kept_out", kind.value)
    for name, step in sheet.shape.transitions.items():
        for kind in KEPT_OUT.intersection(step.agency_kinds):
            yield sheet.document.problem(("transitions", name, "agency_kinds"), "kept_out", kind.value)


def _at(folder: Folder, element: str, code: str, detail: str) -> Iterator[Problem]:
    for sheet, name, _ in list_elements(folder):
        if name == element:
            yield sheet.document.problem(("elements", name), code, detail)
