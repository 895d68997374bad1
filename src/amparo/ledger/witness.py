"""Copies of the signed checkpoints in folders outside the database: what an alteration cannot reach.

A folder holds one text file a day, the notes one after another, and the public key. It can be a
mounted disk, a synchronised folder, or something that is printed and kept elsewhere.
"""

from __future__ import annotations

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

PUBLIC_FILE = "ledger-public-key.txt"
_LAST_LINE = "\u2014 "


def read_notes(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every note in a folder with the file it is in, oldest first."""
    for path in sorted(folder.glob("checkpoints-*.txt")):
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
            lines.append(line)
            if line.startswith(_LAST_LINE):
                yield "".join(lines), path
                lines = []
        if lines:
            yield "".join(lines), path


def last_size(folder: Path) -> int:
    """Return the size that the newest note states, without checking it; 0 where there is none."""
    files = sorted(folder.glob("checkpoints-*.txt"))
    size = 0
    for note, path in read_notes(folder) if files else ():
        if path == files[-1]:
            stated = note.split("\n")[1:2]
            size = int(stated[0]) if stated and stated[0].isdigit() else size
    return size


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder for one process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def append_note(folder: Path, note: str, at: datetime) -> None:
    """Add a note to the file of its day and wait until it is on the disk."""
    with (folder / f"checkpoints-{at:%Y-%m-%d}.txt").open("a", encoding="utf-8") as stream:
        stream.write(note)
        stream.flush()
        os.fsync(stream.fileno())


def write_public_key(folder: Path, public: bytes) -> None:
    """Leave the key that checks the notes beside them."""
    (folder / PUBLIC_FILE).write_text(base64.b64encode(public).decode() + "\n", encoding="ascii")
