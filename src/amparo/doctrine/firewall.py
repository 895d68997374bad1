"""Firewall F1: protection is never conditional on testimony, complaint or cooperation with justice.

No element, fact, step or sentence of an outcome may make such a thing a condition. Notes are duties
that never count, so they may speak of it ("no duty to testify"). A counted element that must mention it
says in ``not_a_condition`` why it is none; that sentence is what a reviewer reads.
Source: seed 21; CoE 12(6); Uruguay 3(F), 3(H); Costa Rica 9095 2(b).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amparo.doctrine import schema
from amparo.doctrine.library import Library
from amparo.doctrine.lines import FieldPath
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet

FORBIDDEN = re.compile(
    r"\b(testif|testimon|witness|complain|cooperat|co-operat|press(es|ed|ing)? charges|prosecut"
    r"|testig|testific|declarar|declaraci|denunci|querell|colabor|cooper)",
    re.IGNORECASE,
)
"""Stems of testimony, complaint and cooperation in English and Spanish; also read in ids and fact names."""


def check_firewall(library: Library, folder: Folder) -> Iterator[Problem]:
    """Every place where one of the words could act as a condition."""
    for guide in folder.of(schema.GuideShape):
        yield from _check_elements(guide, guide.shape.elements)
        yield from _check_conclusion(guide, guide.shape.conclusion)
    for change in folder.of(schema.GuideOverrideShape):
        yield from _check_elements(change, change.shape.elements)
        yield from _check_conclusion(change, change.shape.conclusion)
    for facts in folder.of(schema.FactsFile):
        for name, fact in facts.shape.facts.items():
            yield from _check_words(
                facts, ("facts", name), {"": name, "says": fact.says.en + " " + fact.says.es}
            )
    for procedure in folder.of(schema.ProcedureShape):
        yield from _check_steps(procedure, procedure.shape.transitions)
    for override in folder.of(schema.ProcedureOverrideShape):
        yield from _check_steps(override, override.shape.transitions)


def _check_elements(
    sheet: Sheet[schema.Shape], elements: dict[str, schema.ElementShape]
) -> Iterator[Problem]:
    for name, element in elements.items():
        if element.combinator == "note" or element.not_a_condition:
            continue
        words = {
            "": name,
            "fact": element.fact or "",
            "label": _both(element.label),
            "ask": _both(element.ask),
        }
        words["look_for"] = " ".join(_both(one) for one in element.look_for)
        yield from _check_words(sheet, ("elements", name), words)


def _check_conclusion(sheet: Sheet[schema.Shape], said: schema.ConclusionShape | None) -> Iterator[Problem]:
    """The sentence of an outcome must not make a condition of what no element may ask."""
    if said is not None:
        words = {name: _both(getattr(said, name)) for name in schema.ConclusionShape.model_fields}
        yield from _check_words(sheet, ("conclusion",), words)


def _check_steps(sheet: Sheet[schema.Shape], steps: dict[str, schema.TransitionShape]) -> Iterator[Problem]:
    for name, step in steps.items():
        yield from _check_words(sheet, ("transitions", name), {"": name, "label": _both(step.label)})


def _check_words(sheet: Sheet[schema.Shape], path: FieldPath, words: dict[str, str]) -> Iterator[Problem]:
    for field, said in words.items():
        found = FORBIDDEN.search(said.replace("_", " ").replace(".", " "))
        if found:
            yield sheet.document.problem((*path, field) if field else path, "firewall", found.group())


def _both(words: schema.Words | None) -> str:
    return f"{words.en} {words.es}" if words else ""
