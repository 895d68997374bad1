"""Find the doctrine files, read them and hold them to their schema; every problem is collected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from amparo.doctrine import schema, schema_countries
from amparo.doctrine.lines import Document, FieldPath, read
from amparo.doctrine.problems import DoctrineError, Problem

S = TypeVar("S", bound=schema.Shape)
S_co = TypeVar("S_co", bound=schema.Shape, covariant=True)

KINDS: dict[str, type[schema.Shape]] = {
    "sources": schema.SourcesFile,
    "decisions": schema.DecisionsFile,
    "codes": schema.CodesFile,
    "guides": schema.GuideShape,
    "procedures": schema.ProcedureShape,
    "examples": schema.ExamplesFile,
    "evidence.yaml": schema.EvidenceFile,
    "quality.yaml": schema.QualityFile,
    "facts.yaml": schema.FactsFile,
    "checklist.yaml": schema_countries.ChecklistFile,
    "assessments.yaml": schema_countries.AssessmentsFile,
}
COUNTRY_KINDS: dict[str, type[schema.Shape]] = {
    "pack.yaml": schema_countries.PackShape,
    "checklist.yaml": schema_countries.AssessmentsFile,
}
OVERRIDES: dict[str, type[schema.Shape]] = {
    "guides": schema.GuideOverrideShape,
    "procedures": schema.ProcedureOverrideShape,
}


@dataclass(frozen=True)
class Sheet(Generic[S_co]):
    """One file that satisfies its schema. ``country`` is alpha-3, "" for international files."""

    document: Document
    shape: S_co
    country: str


@dataclass
class Folder:
    """All files of a doctrine folder, by shape, in file order; with the problems met so far."""

    sheets: list[Sheet[schema.Shape]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, shape: type[S]) -> list[Sheet[S]]:
        """The files of one kind."""
        return [
            Sheet(sheet.document, sheet.shape, sheet.country)
            for sheet in self.sheets
            if isinstance(sheet.shape, shape)
        ]


def read_folder(root: Path, packs: Sequence[Path] = ()) -> Folder:
    """Read ``international`` and ``countries/<iso>`` under ``root``, and ``<iso>`` in each of ``packs``."""
    folder = Folder()
    folder.problems += [Problem(str(one), 1, "", "missing_folder") for one in packs if not one.is_dir()]
    for base, path, country, kind in _list_files(root, packs):
        try:
            document = read(path, base)
        except DoctrineError as error:
            folder.problems.extend(error.problems)
            continue
        shape = _shape_for(kind, document, country)
        if shape is None:
            folder.problems.append(document.problem((), "misplaced_file"))
            continue
        try:
            folder.sheets.append(Sheet(document, shape.model_validate(document.data), country))
        except ValidationError as error:
            folder.problems.extend(_explain(document, one) for one in error.errors())
    return folder


def _list_files(root: Path, packs: Sequence[Path]) -> Iterator[tuple[Path | None, Path, str, str]]:
    """Every file with the folder it is named after, its country, and its kind.

    The kind is the folder's name, or the file's own at the top. A file of another folder of packs is
    named with its whole path.
    """
    tops: list[tuple[Path | None, Path, str]] = [(root, root / "international", "")]
    tops += [(root, one, one.name.upper()) for one in _folders_in(root / "countries")]
    tops += [(None, one, one.name.upper()) for pack in packs for one in _folders_in(pack.resolve())]
    for base, top, country in tops:
        for path in sorted(top.rglob("*.yaml")):
            yield base, path, country, path.relative_to(top).parts[0]


def _folders_in(folder: Path) -> list[Path]:
    return sorted(one for one in folder.glob("[!.]*") if one.is_dir())


def _shape_for(kind: str, document: Document, country: str) -> type[schema.Shape] | None:
    if isinstance(document.data, dict) and "overrides" in document.data:
        return OVERRIDES.get(kind)
    return (COUNTRY_KINDS.get(kind) if country else None) or KINDS.get(kind)


def _explain(document: Document, error: ErrorDetails) -> Problem:
    path: FieldPath = tuple(part for part in error["loc"] if part != "[key]")
    is_language = bool(path) and path[-1] in ("es", "en")
    code = {"missing": "missing_field", "extra_forbidden": "unknown_field"}.get(error["type"], "bad_value")
    if is_language and code == "missing_field":
        code = "missing_translation"
    if path and path[-1] == "status" and code == "bad_value":
        code = "bad_status"
    return document.problem(path, code, error["msg"])
