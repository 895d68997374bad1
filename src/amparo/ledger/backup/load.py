"""Reads a backup into an empty installation: all of it, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.core.management.color import no_style
from django.db import connection, transaction

from amparo.ledger.backup import age, guards, pipe, tables
from amparo.ledger.backup.dump import (
    FOLDERS,
    FORMAT,
    HEADER,
    MANIFEST,
    Manifest,
    folders,
    ledger_head,
    migrations,
)

Progress = Callable[[str], None]


class NotRestored(ValueError):
    """The backup was not restored; the message says why. Nothing was changed."""


def is_empty() -> bool:
    """Say whether the database holds no row that a backup would hold."""
    return not any(model._base_manager.exists() for model in tables.dumped_models())


def restore(path: Path, key: age.Key, *, progress: Progress) -> Manifest:
    """Read a backup into an empty, migrated database and empty folders. Raises ``NotRestored``.

    Rows are inserted in one transaction, which commits only when the whole file was authentic and
    the counts and the ledger's root are those that its manifest states. Files take their places last.
    """
    if not is_empty():
        raise NotRestored(
            "the database is not empty: add --replace to set aside what is here, "
            "or name an empty folder in AMPARO_HOME"
        )
    for folder in folders().values():
        if folder.is_dir() and any(folder.iterdir()):
            raise NotRestored(f"the folder {folder} is not empty")
    aside = {name: folder.with_name(f"{folder.name}.restoring") for name, folder in folders().items()}
    for folder in aside.values():
        shutil.rmtree(folder, ignore_errors=True)
    try:
        with transaction.atomic():
            with (
                path.open("rb") as source,
                pipe.decrypting(lambda target: age.decrypt(source, target, key)) as stream,
                guards.set_aside(),
            ):
                found = _read_archive(stream, aside, progress)
            _compare(found)
            _reset_sequences()
        _move_into_place(aside)
    finally:
        for folder in aside.values():
            shutil.rmtree(folder, ignore_errors=True)
    return found.stated


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.stated = Manifest()
        self.is_whole = False
        self.files = 0
        self.file_bytes = 0


def _read_archive(stream: BinaryIO, aside: dict[str, Path], progress: Progress) -> _Reading:
    found, is_first = _Reading(), True
    models = {model._meta.label: model for model in tables.dumped_models()}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for entry in archive:
                member = archive.extractfile(entry)
                if member is None or (is_first and entry.name != HEADER):
                    raise NotRestored("the file is not a backup of Amparo")
                is_first = False
                _read_member(entry.name, member.read(), models, aside, found, progress)
    except tarfile.TarError as error:
        raise NotRestored("the backup is damaged") from error
    return found


def _read_member(
    name: str, content: bytes, models: dict[str, tables.Model], aside: dict[str, Path], found: _Reading,
    progress: Progress,
) -> None:  # fmt: skip
    kind, *rest = PurePosixPath(name).parts
    if name == HEADER:
        _check_header(json.loads(content))
    elif name == MANIFEST:
        found.stated, found.is_whole = Manifest(**json.loads(content)), True
    elif kind == "tables" and rest[0] in models:
        _read_rows(models[rest[0]], content)
        progress(f"{rest[0]}: piece {int(rest[1]) + 1}")
    elif kind in FOLDERS and ".." not in rest:
        _write_file(aside[kind].joinpath(*rest), content)
        found.files += 1
        found.file_bytes += len(content)
    else:
        raise NotRestored(f"the backup holds {name!r}, which this version of Amparo does not know")


def _check_header(header: dict[str, Any]) -> None:
    if header.get("format") != FORMAT:
        raise NotRestored("the backup has a format that this version of Amparo does not know")
    if header.get("migrations") != migrations():
        raise NotRestored(
            f"the backup was made by Amparo {header.get('amparo')} with other tables; "
            "restore it with that version, then upgrade"
        )


def _read_rows(model: tables.Model, content: bytes) -> None:
    tables.insert(model, [tables.read_row(model, line) for line in content.splitlines()])


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _compare(found: _Reading) -> None:
    """Hold what is here now against what the backup says it holds."""
    if not found.is_whole:
        raise NotRestored("the backup ends before its manifest")
    size, root = ledger_head()
    here = Manifest(tables.counts(), found.files, found.file_bytes, size, root)
    different = [name for name, value in asdict(here).items() if value != asdict(found.stated)[name]]
    if different:
        raise NotRestored(f"what was restored is not what the backup states: {', '.join(different)}")


def _reset_sequences() -> None:
    """Let the database's own counters go on after the restored rows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables.dumped_models()):
            cursor.execute(statement)


def _move_into_place(aside: dict[str, Path]) -> None:
    for name, folder in folders().items():
        if aside[name].is_dir():
            if folder.is_dir():
                folder.rmdir()
            aside[name].rename(folder)
