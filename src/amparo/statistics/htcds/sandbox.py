"""The only door between a workbook somebody sent and this process.

Looks at the first bytes, hands the rest to a child process under limits (``child.py``), and turns
every way that this can end into cells or one of the refusals of ``statistics.refusals``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amparo.statistics.refusals import (
    EmptyFile,
    MacroWorkbook,
    NotAWorkbook,
    OldWorkbook,
    OtherEncoding,
    ProtectedWorkbook,
    SlowWorkbook,
    TooLarge,
    UnreadableWorkbook,
    kind_label,
    measure_label,
)

MAX_FILE_BYTES = 8 * 1024 * 1024
WALL_SECONDS = 2.0
CHILD = Path(__file__).with_name("child.py")
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = {
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"<!DO": "html",
    b"<htm": "html",
    b"<?xm": "xml",
    b"SQLi": "database",
}

Cell = list[Any] | None


@dataclass(frozen=True, slots=True)
class RawBook:
    """Cells as [type, value] (s text, n number, d date, b yes/no, t other) or None, from row 1, column A."""

    sheet: str
    rows: list[list[Cell]]
    formulas: frozenset[str]


def read_workbook(data: bytes, *, wall_seconds: float = WALL_SECONDS) -> RawBook:
    """Return the cells of the sheet that holds the field codes.

    Takes at most ``wall_seconds`` and 256 MB, in another process. Raises a refusal of
    ``statistics.refusals`` for everything that is not a plain workbook.
    """
    check_first_bytes(data)
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=data,
            capture_output=True,
            timeout=wall_seconds,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SlowWorkbook(seconds=int(wall_seconds)) from None
    if child.returncode == 0:
        book = json.loads(child.stdout)
        return RawBook(book["sheet"], book["rows"], frozenset(book["formulas"]))
    if child.returncode == 3:
        raise_refusal(json.loads(child.stdout))
    if child.returncode < 0:
        raise TooLarge(measure=measure_label("time"), limit=int(wall_seconds))
    raise UnreadableWorkbook(part="xlsx")


def check_first_bytes(data: bytes) -> None:
    """Refuse what is plainly something else, with the name of what it is."""
    if not data.strip(b"\0 \r\n\t"):
        raise EmptyFile
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(measure=measure_label("file"), limit=MAX_FILE_BYTES // 2**20)
    if data.startswith(COMPOUND_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ProtectedWorkbook
        raise OldWorkbook
    if data.startswith(b"PK\x03\x04"):
        return
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            raise NotAWorkbook(kind=kind_label(kind))
    raise NotAWorkbook(kind=kind_label("text" if is_text(data[:4096]) else "other"))


def is_text(sample: bytes) -> bool:
    return sample.startswith((b"\xff\xfe", b"\xfe\xff")) or sum(byte < 9 for byte in sample) == 0


def raise_refusal(answer: dict[str, Any]) -> None:
    """Raise the refusal that the child named."""
    code, details = answer["refusal"], answer["details"]
    if code == "book.too_large":
        raise TooLarge(measure=measure_label(details["measure"]), limit=details["limit"])
    if code == "book.password":
        raise ProtectedWorkbook
    if code == "book.macros":
        raise MacroWorkbook
    if code == "book.encoding":
        raise OtherEncoding(part=details["part"])
    if code == "book.not_workbook":
        raise NotAWorkbook(kind=kind_label(details["kind"]))
    raise UnreadableWorkbook(part=str(details.get("part", "zip")))
