"""Read YAML and remember on which line every field stands.

Every scalar is text: no guessing of booleans, numbers or dates, so that a code such as ``NO`` stays
a code. The schema turns text into types. Duplicate keys are refused; so are anchors and aliases.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from amparo.doctrine.problems import DoctrineError, Problem

FieldPath = tuple[str | int, ...]
Value = str | None | list["Value"] | dict[str, "Value"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A file's data, its name relative to the doctrine folder, and its lines by path."""

    file: str
    data: Value
    lines: dict[FieldPath, int]

    def line_of(self, path: FieldPath) -> int:
        """The line of a field, or of the nearest field around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: FieldPath, code: str, detail: str = "") -> Problem:
        return Problem(self.file, self.line_of(path), ".".join(str(part) for part in path), code, detail)


def read(path: Path, root: Path | None) -> Document:
    """Read one file, named relative to ``root`` or with its whole path.

    Raises ``DoctrineError`` with the line where it is not such YAML.
    """
    file = (path.relative_to(root) if root else path).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DoctrineError([Problem(file, line, "", "not_yaml", str(error.problem))]) from error
    except UnicodeDecodeError as error:
        raise DoctrineError([Problem(file, 1, "", "not_utf8", str(error.reason))]) from error
    builder = _Builder(file)
    data = builder.build(node, ()) if node is not None else {}
    if builder.problems:
        raise DoctrineError(builder.problems)
    return Document(file, data, builder.lines)


class _Builder:
    """Turns nodes into data and notes lines and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[FieldPath, int] = {}
        self.problems: list[Problem] = []
        self.built: set[int] = set()

    def build(self, node: yaml.Node, path: FieldPath) -> Value:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.built:
            self.report(node, path, "alias")
            return None
        self.built.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            is_empty = node.style is None and node.value in ("", "~", "null")
            return None if is_empty else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, at)) for at, item in enumerate(node.value)]
        return self.build_mapping(node, path)

    def build_mapping(self, node: yaml.Node, path: FieldPath) -> Value:
        built: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inner = (*path, key)
            if key in built:
                self.report(key_node, inner, "duplicate_key")
            self.lines[inner] = key_node.start_mark.line + 1
            built[key] = self.build(value_node, inner)
        return built

    def report(self, node: yaml.Node, path: FieldPath, code: str) -> None:
        where = ".".join(str(part) for part in path)
        self.problems.append(Problem(self.file, node.start_mark.line + 1, where, code))
