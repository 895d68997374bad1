"""Entries as YAML: ``library: 1`` and a list of ``entries`` in the shape of ``data.contents``.

Every scalar is text, so that a country ``NO`` stays a country. Anchors, aliases, tags, duplicate keys,
deep nesting and files beyond the limit are refused while reading, before anything is built from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from amparo.library.data import AnyContent, FileBroken, FileRefused
from amparo.library.files.faults import Fault, FieldPath, Reading, refuse_large, validate, with_twice

FORMAT = "1"
MAX_DEPTH = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def write_yaml(contents: Iterable[AnyContent]) -> str:
    """Return the entries as YAML, what is not said left out; :func:`read_yaml` reads them back the same."""
    entries = [
        {"key": content.key, "shape": content.shape}
        | content.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        | {"status": str(content.status)}
        for content in contents
    ]
    data = {"library": int(FORMAT), "entries": entries}
    return yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=110)


def read_yaml(content: bytes, limit: int) -> Reading:
    """Return the entries of a file and its faults, each with line and field. Raises FileRefused."""
    refuse_large(content, limit)
    builder = _Builder(content)
    data = builder.read()
    faults = list(builder.faults)
    if (
        not isinstance(data, dict)
        or data.get("library") != FORMAT
        or not isinstance(data.get("entries"), list)
    ):
        raise FileRefused(problem="not_a_library_file")
    faults += [Fault(builder.lines[(name,)], name, "extra_forbidden") for name in data if name not in _TOP]
    contents: list[AnyContent] = []
    places: list[FieldPath] = []
    for number, one in enumerate(data["entries"]):
        found = validate(one, ("entries", number), builder.lines)
        if isinstance(found, list):
            faults += found
        else:
            contents.append(found)
            places.append(("entries", number))
    return with_twice(Reading(tuple(contents), tuple(faults), tuple(places), builder.lines))


_TOP = {"library", "entries"}


class _Builder:
    """Builds plain data from the parser's events and notes the line of every field."""

    def __init__(self, content: bytes) -> None:
        self.lines: dict[FieldPath, int] = {}
        self.faults: list[Fault] = []
        try:
            self.events: Iterator[Any] = yaml.parse(content.decode("utf-8"), Loader=_LOADER)
        except UnicodeDecodeError:
            raise FileRefused(problem="not_utf8") from None

    def read(self) -> object:
        try:
            self._skip_to_document()
            data = self._build(next(self.events), (), 0)
        except yaml.reader.ReaderError:  # a character that no text has; the parser says no line
            raise FileRefused(problem="not_text") from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            raise FileBroken(problem="not_yaml", line=mark.line + 1 if mark else 1) from None
        except StopIteration:
            raise FileRefused(problem="empty") from None
        return data

    def _skip_to_document(self) -> None:
        while not isinstance(next(self.events), yaml.DocumentStartEvent):
            pass

    def _build(self, event: Any, path: FieldPath, depth: int) -> object:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FileRefused(problem="anchor")
        if getattr(event, "tag", None):
            raise FileRefused(problem="tag")
        if depth > MAX_DEPTH:
            raise FileRefused(problem="too_deep")
        if isinstance(event, yaml.ScalarEvent):
            is_empty = event.style is None and event.value in ("", "~", "null")
            return None if is_empty else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(path, depth))
        return self._mapping(path, depth)

    def _items(self, path: FieldPath, depth: int) -> Iterator[object]:
        number = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self._build(event, (*path, number), depth + 1)
            number += 1

    def _mapping(self, path: FieldPath, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = str(self._build(event, (*path, "?"), depth + 1))
            self.lines[(*path, key)] = line = event.start_mark.line + 1
            if key in built:
                self.faults.append(Fault(line, ".".join(map(str, (*path, key))), "duplicate_key"))
            built[key] = self._build(next(self.events), (*path, key), depth + 1)
        return built
