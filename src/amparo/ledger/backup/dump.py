"""Writes a backup: header, tables, sealed files, witnessed checkpoints, and a manifest at the end."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from amparo.ledger.backup import age, pipe, tables
from amparo.ledger.models import Checkpoint
from amparo.ledger.snapshot import snapshot

FORMAT = 1
PIECE_ROWS = 5000
HEADER, MANIFEST = "header.json", "manifest.json"
FOLDERS = ("files", "witness")
Progress = Callable[[str], None]


@dataclass
class Manifest:
    """What a backup holds, to be compared with what a restore finds. ``root`` is hexadecimal."""

    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    ledger_size: int = 0
    ledger_root: str = ""


def write_backup(path: Path, lock: age.Lock, *, now: datetime, progress: Progress) -> Manifest:
    """Write a backup to a new file, readable by its owner only, and wait until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        with pipe.encrypting(lambda source: age.encrypt(source, target, lock)) as stream, snapshot():
            manifest = _write_archive(stream, now, progress)
        target.flush()
        os.fsync(target.fileno())
    return manifest


def folders() -> dict[str, Path]:
    """Return the folders of a backup by their names in it. The keys folder is none of them."""
    return {"files": Path(settings.AMPARO_FILES), "witness": Path(settings.AMPARO_HOME) / "witness"}


def migrations() -> list[str]:
    """Return the migrations that the database has, sorted."""
    return sorted(".".join(each) for each in MigrationRecorder(connection).applied_migrations())


def ledger_head() -> tuple[int, str]:
    """Return the newest checkpoint's size and root."""
    newest = Checkpoint.objects.order_by("-size").values_list("size", "root").first()
    return (0, "") if newest is None else (newest[0], bytes(newest[1]).hex())


def _write_archive(stream: BinaryIO, now: datetime, progress: Progress) -> Manifest:
    manifest = Manifest()
    with tarfile.open(fileobj=stream, mode="w|") as archive:
        header = {"format": FORMAT, "amparo": version("amparo"), "made_at": now.isoformat()}
        _add(archive, HEADER, json.dumps(header | {"migrations": migrations()}).encode())
        for model in tables.dumped_models():
            manifest.tables[model._meta.label] = _add_table(archive, model, progress)
        for name, folder in folders().items():
            _add_folder(archive, name, folder, manifest)
        manifest.ledger_size, manifest.ledger_root = ledger_head()
        _add(archive, MANIFEST, json.dumps(asdict(manifest)).encode())
    return manifest


def _add_table(archive: tarfile.TarFile, model: tables.Model, progress: Progress) -> int:
    label, lines, count = model._meta.label, tables.rows(model), 0
    for number, piece in enumerate(_pieces(lines)):
        _add(archive, f"tables/{label}/{number:06}", b"".join(piece))
        count += len(piece)
        progress(f"{label}: {count:,} rows")
    return count


def _pieces(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while piece := list(islice(lines, PIECE_ROWS)):
        yield piece


def _add_folder(archive: tarfile.TarFile, name: str, folder: Path, manifest: Manifest) -> None:
    """Add the files of a folder; one that was erased since the list was read is passed over."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_symlink() or not path.is_file() or path.name == ".lock":
            continue
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        _add(archive, f"{name}/{path.relative_to(folder).as_posix()}", content)
        manifest.files += 1
        manifest.file_bytes += len(content)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
