"""Sealed files on disk: random names, complete or absent, never in clear."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from amparo.vault.data import Damaged, TooLarge
from amparo.vault.primitives import Unopenable, open_stream, seal_stream

LIMIT_BYTES = 50 * 1024 * 1024


def folder() -> Path:
    """Return the folder of sealed files."""
    return Path(settings.AMPARO_FILES)


def path_of(stored_name: str) -> Path:
    """Return where a file lies; two letters of its random name spread the files over folders."""
    return folder() / stored_name[:2] / stored_name


def file_context(person_id: UUID, file_id: UUID) -> bytes:
    """Bind a file and its key to the person and the file's id."""
    return b"file|" + person_id.bytes + file_id.bytes


def seal_file(key: bytes, source: BinaryIO, context: bytes) -> str:
    """Write a sealed file to disk, synced, and return its random name. ``TooLarge`` leaves nothing."""
    stored_name = secrets.token_hex(24)
    path = path_of(stored_name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    try:
        _write(draft, seal_stream(key, source, context))
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return stored_name


def read_sealed_file(key: bytes, stored_name: str, context: bytes) -> Iterator[bytes]:
    """Give the content in chunks. The whole file is verified before the first chunk is given."""
    with path_of(stored_name).open("rb") as stream:
        try:
            for _chunk in open_stream(key, stream, context):
                pass
            stream.seek(0)
            yield from open_stream(key, stream, context)
        except Unopenable:
            raise Damaged from None


def remove_file(stored_name: str) -> None:
    """Remove a file whose key is gone; absent is fine (a run that was killed and resumed)."""
    path_of(stored_name).unlink(missing_ok=True)


def list_stored_names() -> Iterator[str]:
    """Give the name of every file on disk, drafts of killed runs included."""
    for path in sorted(folder().glob("??/*")):
        yield path.name


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    written = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for block in blocks:
            written += len(block)
            if written > LIMIT_BYTES + LIMIT_BYTES // 1000:
                raise TooLarge(limit_mb=LIMIT_BYTES // 2**20)
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
