"""What would verify an unverified row: the text to load and compare with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from amparo.doctrine import schema
from amparo.doctrine.data import Status, Text
from amparo.doctrine.library import Library
from amparo.doctrine.lines import FieldPath
from amparo.doctrine.problems import Problem
from amparo.doctrine.reading import Folder, Sheet

READ = frozenset({Status.SEED, Status.VERIFIED})


def texts_to_load(library: Library, verify: Text | None, sources: Iterable[str]) -> tuple[Text, ...]:
    """``verify`` where the row says it; else its sources that nobody read; else all of its sources.

    A row can be unverified while its source was read: then the wording is to be compared again.
    """
    if verify is not None:
        return (verify,)
    cited = [library.sources[source] for source in sources]
    unread = [source for source in cited if source.status not in READ]
    return tuple(source.title for source in unread or cited)


def check_verifiable(library: Library, folder: Folder) -> Iterator[Problem]:
    """Every unverified row names a source or says which text would verify it."""
    for guide in folder.of(schema.GuideShape):
        yield from _check(guide, "elements", guide.shape.elements)
    for change in folder.of(schema.GuideOverrideShape):
        yield from _check(change, "elements", change.shape.elements)
    for procedure in folder.of(schema.ProcedureShape):
        yield from _check(procedure, "clocks", procedure.shape.clocks)
        yield from _check(procedure, "safeguards", procedure.shape.safeguards)
        yield from _check(procedure, "choices", procedure.shape.choices)
        if procedure.shape.panel is not None:
            yield from _check(procedure, "procedure", {"panel": procedure.shape.panel})
    for override in folder.of(schema.ProcedureOverrideShape):
        yield from _check(override, "clocks", override.shape.clocks)
        yield from _check(override, "safeguards", override.shape.safeguards)
        yield from _check(override, "choices", override.shape.choices)
    for codes in folder.of(schema.CodesFile):
        listed = library.code_lists[codes.shape.list_]
        for name, code in listed.codes.items():
            if code.status.is_unverified and not code.sources and listed.verify is None:
                yield codes.document.problem(("codes", name), "nothing_verifies", name)


Row = schema.ElementShape | schema.ClockShape | schema.ChoiceShape | schema.SafeguardShape | schema.PanelShape


def _check(sheet: Sheet[schema.Shape], place: str, rows: Mapping[str, Row]) -> Iterator[Problem]:
    for name, row in rows.items():
        if row.status.is_unverified and not row.sources and row.verify is None:
            path: FieldPath = (place, name)
            yield sheet.document.problem(path, "nothing_verifies", name)
