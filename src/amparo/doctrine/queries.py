"""What the command line and the tests ask of doctrine as a whole: is it sound, and what is unverified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from amparo.core.evaluation import Evaluation
from amparo.doctrine import schema
from amparo.doctrine.data import GuideFile, ProcedureFile, Status, Text
from amparo.doctrine.differences import (
    Change,
    ElementDifference,
    RowDifference,
    compare_guides,
    compare_procedures,
)
from amparo.doctrine.examples import check_examples, run_example
from amparo.doctrine.library import Library, Versioned
from amparo.doctrine.lines import read
from amparo.doctrine.loading import load, load_leniently
from amparo.doctrine.problems import DoctrineError, Problem
from amparo.doctrine.verifying import texts_to_load

__all__ = [
    "Change",
    "CheckReport",
    "DoctrineError",
    "ElementDifference",
    "ExampleRun",
    "RowDifference",
    "UnverifiedRow",
    "check_folder",
    "compare_guides",
    "compare_procedures",
    "list_unverified",
    "run_file",
]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """``counts``: what was read, by kind, in a fixed order."""

    problems: tuple[Problem, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class UnverifiedRow:
    """A row whose source was not read. ``needs``: its sources; ``load``: the texts that would verify it.

    ``country`` is alpha-3, "" for what is of all countries.
    """

    kind: str
    id: str
    status: Status
    label: Text
    needs: tuple[str, ...]
    load: tuple[Text, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class ExampleRun:
    name: str
    title: Text
    guide: GuideFile
    evaluation: Evaluation


def check_folder(root: Path, packs: Sequence[Path] = ()) -> CheckReport:
    """Load everything, check every reference and the firewall, run every example."""
    library, folder = load_leniently(root, packs)
    problems = list(folder.problems)
    if not problems:
        problems.extend(check_examples(library, folder))
    examples = sum(len(sheet.shape.examples) for sheet in folder.of(schema.ExamplesFile))
    guides = [guide for versions in library.guides.values() for guide in versions]
    counts = (
        ("guides", len(guides)),
        ("elements", sum(len(guide.logic.elements) for guide in guides)),
        ("examples", examples),
        ("procedures", sum(len(versions) for versions in library.procedures.values())),
        ("sources", len(library.sources)),
        ("decisions", len(library.decisions)),
        ("code_lists", len(library.code_lists)),
        ("codes", sum(len(code_list.codes) for code_list in library.code_lists.values())),
        ("facts", len(library.facts)),
        ("packs", len(library.packs)),
        ("checklist rows", len(library.checklist)),
        ("assessments", len(library.assessments)),
    )
    return CheckReport(tuple(sorted(problems)), counts)


def list_unverified(root: Path, packs: Sequence[Path] = ()) -> list[UnverifiedRow]:
    """Every unverified row of every kind, those of all countries first, then country by country.

    Raises ``DoctrineError`` where the folder is not sound.
    """
    library = load(root, packs)
    rows = (row for rows_of in ROWS for row in rows_of(library) if row.status.is_unverified)
    return sorted(rows, key=lambda row: (row.country, row.kind, row.id))


def _sources(library: Library) -> Iterator[UnverifiedRow]:
    for one in library.sources.values():
        yield UnverifiedRow("source", one.id, one.status, one.title, (), (one.title,), one.country)


def _decisions(library: Library) -> Iterator[UnverifiedRow]:
    for one in library.decisions.values():
        name = ", ".join(part for part in (one.name, one.number, one.date) if part)
        decided = Text(f"{name}, {one.forum.es}", f"{name}, {one.forum.en}")
        yield UnverifiedRow("decision", one.id, one.status, Text(one.name, one.name), one.sources, (decided,))


def _elements(library: Library) -> Iterator[UnverifiedRow]:
    for guide in _newest(library.guides.values()):
        for one in guide.texts.values():
            load = texts_to_load(library, one.verify, one.sources)
            name = _named(guide, one.id)
            place = guide.country
            yield UnverifiedRow("element", name, one.status, one.label, one.sources, load, place)
            if one.weight:
                status = one.weight.status
                yield UnverifiedRow("weight", one.id, status, one.label, one.sources, load, place)


def _procedures(library: Library) -> Iterator[UnverifiedRow]:
    for procedure in _newest(library.procedures.values()):
        for clock in procedure.clocks.values():
            name, load = _named(procedure, clock.id), texts_to_load(library, clock.verify, clock.sources)
            place = procedure.country
            yield UnverifiedRow("clock", name, clock.status, clock.label, clock.sources, load, place)
        for one in procedure.safeguards:
            name, load = _named(procedure, one.id), texts_to_load(library, one.verify, one.sources)
            place = procedure.country
            yield UnverifiedRow("safeguard", name, one.status, one.says, one.sources, load, place)


def _choices(library: Library) -> Iterator[UnverifiedRow]:
    for procedure in _newest(library.procedures.values()):
        for one in procedure.choices.values():
            name, load = _named(procedure, one.id), texts_to_load(library, one.verify, one.sources)
            place = procedure.country
            yield UnverifiedRow("choice", name, one.status, one.label, one.sources, load, place)


def _codes(library: Library) -> Iterator[UnverifiedRow]:
    for listed in library.code_lists.values():
        for one in listed.codes.values():
            load = texts_to_load(library, listed.verify, one.sources)
            yield UnverifiedRow("code", f"{listed.name} {one.code}", one.status, one.label, one.sources, load)


def _packs(library: Library) -> Iterator[UnverifiedRow]:
    for pack in library.packs.values():
        place = pack.country
        for who in pack.authorities.values():
            name, load = f"{place.lower()} {who.id}", texts_to_load(library, who.verify, who.sources)
            yield UnverifiedRow("authority", name, who.status, who.name, who.sources, load, place)
        for rule in pack.rules.values():
            name, load = f"{place.lower()} {rule.id}", texts_to_load(library, rule.verify, rule.sources)
            yield UnverifiedRow("rule", name, rule.status, rule.says, rule.sources, load, place)


def _checklist(library: Library) -> Iterator[UnverifiedRow]:
    for row in library.checklist.values():
        load = texts_to_load(library, row.note, row.standards)
        yield UnverifiedRow("checklist", row.id, row.status, row.provision, row.standards, load)
    titles = {one.id.partition("/")[0]: one.instrument for one in library.sources.values()}
    for said in library.assessments:
        load = texts_to_load(library, None, said.sources) or (titles[said.instrument],)
        label, name = library.checklist[said.row].provision, f"{said.instrument} {said.row}"
        yield UnverifiedRow("assessment", name, said.status, label, said.sources, load, said.country)


ROWS = (_sources, _decisions, _elements, _procedures, _choices, _codes, _packs, _checklist)


def _newest(versions: Iterable[list[Versioned]]) -> Iterator[Versioned]:
    return (files[-1] for files in versions)


def _named(file: GuideFile | ProcedureFile, row_id: str) -> str:
    return " ".join(part for part in (file.country.lower(), file.id, row_id) if part)


def run_file(root: Path, guide_id: str, path: Path, *, country: str = "") -> list[ExampleRun]:
    """Run the examples of one file against a guide. Raises ``DoctrineError`` for a file that is none."""
    document = read(path.resolve(), path.resolve().parent)
    try:
        file = schema.ExamplesFile.model_validate(document.data)
    except ValidationError as error:
        problems = [document.problem(tuple(one["loc"]), "bad_value", one["msg"]) for one in error.errors()]
        raise DoctrineError(problems) from error
    guide = load(root).find_guide(guide_id, country, None)
    if guide is None:
        raise DoctrineError([document.problem(("examples_of",), "unknown_guide", guide_id)])
    return [
        ExampleRun(name, Text(example.title.es, example.title.en), guide, run_example(guide, file, name))
        for name, example in file.examples.items()
    ]
