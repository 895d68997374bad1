"""Worked examples beside the guides: a lawyer reads them, a test runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amparo.core.evaluation import Answer, Evaluation, evaluate
from amparo.core.guides import Kind
from amparo.core.truth import Truth
from amparo.doctrine import data, schema
from amparo.doctrine.library import Library
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet


def answers_of(guide: data.GuideFile, file: schema.ExamplesFile, name: str) -> dict[str, list[Answer]]:
    """The answers of one example, those it is like included. Conclusions have reasons where it says so."""
    told: dict[str, Truth] = {}
    reasons: set[str] = set()
    for example in _chain(file, name):
        told |= example.answers
        reasons |= set(example.reasons)
    by_id = guide.logic.by_id
    return {
        leaf: [Answer(truth, "example", leaf in reasons or by_id[leaf].kind is not Kind.CONSIDER)]
        for leaf, truth in told.items()
        if leaf in by_id
    }


def _chain(file: schema.ExamplesFile, name: str) -> list[schema.ExampleShape]:
    chain: list[schema.ExampleShape] = []
    wanted: str | None = name
    while wanted in file.examples and len(chain) < len(file.examples):
        assert wanted is not None
        chain.insert(0, file.examples[wanted])
        wanted = chain[0].like
    return chain


def run_example(guide: data.GuideFile, file: schema.ExamplesFile, name: str) -> Evaluation:
    return evaluate(guide.logic, answers_of(guide, file, name), child=file.examples[name].child)


def check_examples(library: Library, folder: Folder) -> Iterator[Problem]:
    """Run every example; say which expectation fails, or which id the guide does not know."""
    for sheet in folder.of(schema.ExamplesFile):
        shape = sheet.shape
        guide = library.find_first_guide(shape.examples_of, sheet.country, shape.version)
        if guide is None:
            yield sheet.document.problem(("examples_of",), "unknown_guide", shape.examples_of)
            continue
        for name in sheet.shape.examples:
            yield from _check_example(guide, sheet, name)


def _check_example(guide: data.GuideFile, sheet: Sheet[schema.ExamplesFile], name: str) -> Iterator[Problem]:
    example = sheet.shape.examples[name]
    if example.like and example.like not in sheet.shape.examples:
        yield sheet.document.problem(("examples", name, "like"), "unknown_example", example.like)
        return
    unknown = list(_unknown(guide, sheet, name, "answers", example.answers, set(guide.logic.leaf_ids)))
    unknown += _unknown(guide, sheet, name, "expect", example.expect, set(guide.logic.by_id))
    if unknown:
        yield from unknown
        return
    evaluation = run_example(guide, sheet.shape, name)
    for element_id, expected in example.expect.items():
        found = evaluation.nodes[element_id].truth
        if found is not expected:
            detail = f"expected {expected.value}, came out {found.value}"
            yield sheet.document.problem(("examples", name, "expect", element_id), "example_fails", detail)
    if example.blocking is not None and list(evaluation.blocking) != example.blocking:
        detail = f"blocked by {', '.join(evaluation.blocking) or 'nothing'}"
        yield sheet.document.problem(("examples", name, "blocking"), "example_fails", detail)
    if example.shortest_way is not None and set(example.shortest_way) not in evaluation.root.to_establish:
        yield sheet.document.problem(
            ("examples", name, "shortest_way"), "example_fails", "not a shortest way"
        )


def _unknown(
    guide: data.GuideFile,
    sheet: Sheet[schema.ExamplesFile],
    name: str,
    field: str,
    named: Mapping[str, Truth],
    known: set[str],
) -> Iterator[Problem]:
    for element_id in named:
        if element_id not in known:
            yield sheet.document.problem(("examples", name, field, element_id), "unknown_element", guide.id)
