"""Reads one hostile workbook from standard input under hard limits, and writes its cells as JSON.

Run alone (``python -I child.py``), never imported by the rest of the house: what is read here may
be made to exhaust memory or time, and then only this process dies. Exit 0 with cells, 3 with a
refusal, anything else is a death that the parent explains.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import resource
import sys
import zipfile
import zlib
from typing import Any, NoReturn
from xml.parsers import expat

MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 2
MAX_ENTRIES = 200
MAX_ENTRY_BYTES = 24 * 1024 * 1024
MAX_TOTAL_BYTES = 40 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM_BYTES = 1024 * 1024
MAX_DEPTH = 40
MAX_ELEMENTS = 500_000
MAX_COLUMNS = 256
MAX_ROWS = 5_100
MAX_SHEETS = 20
MAX_TEXT = 8_000_000
CHUNK = 64 * 1024
CELL_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")


def refuse(code: str, **details: str | int) -> NoReturn:
    """Say why the workbook is not read, and stop."""
    json.dump({"refusal": code, "details": details}, sys.stdout)
    sys.stdout.flush()
    raise SystemExit(3)


def limit_self() -> None:
    """Give up memory, processor time, new files and core dumps before touching the input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class PartScan:
    """One pass over one XML part: depth, entities, encoding, and where its cells and formulas are."""

    def __init__(self, part: str, budget: list[int]) -> None:
        self.part, self.budget, self.depth = part, budget, 0
        self.formulas: list[str] = []
        self.sheets: list[str] = []
        self.targets: dict[str, str] = {}
        self.cell = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.XmlDeclHandler = self.declaration

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
            refuse("book.encoding", part=self.part)

    def doctype(self, *_: object) -> None:
        refuse("book.entities", part=self.part)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.budget[0] -= 1
        if self.depth > MAX_DEPTH:
            refuse("book.too_large", measure="depth", limit=MAX_DEPTH)
        if self.budget[0] < 0:
            refuse("book.too_large", measure="cells", limit=MAX_ELEMENTS)
        local = name.rpartition(":")[2]
        if local == "c":
            self.cell = attributes.get("r", "")
            self.check_reference(self.cell)
        elif local == "row" and attributes.get("r", "").isdecimal() and int(attributes["r"]) > MAX_ROWS:
            refuse("book.too_large", measure="rows", limit=MAX_ROWS)
        elif local == "f" and self.cell:
            self.formulas.append(self.cell)
        elif local == "sheet":
            self.sheets += [value for key, value in attributes.items() if key.endswith(":id")]
        elif local == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, name: str) -> None:
        self.depth -= 1

    def check_reference(self, reference: str) -> None:
        match = CELL_REFERENCE.match(reference)
        if match is None:
            return
        if column_number(match[1]) > MAX_COLUMNS:
            refuse("book.too_large", measure="columns", limit=MAX_COLUMNS)
        if int(match[2]) > MAX_ROWS:
            refuse("book.too_large", measure="rows", limit=MAX_ROWS)


def check_directory(archive: zipfile.ZipFile) -> None:
    """Refuse on what the archive says of itself, before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        refuse("book.too_large", measure="entries", limit=MAX_ENTRIES)
    if len(set(names)) != len(names):
        refuse("book.damaged", part="zip")
    if any(entry.flag_bits & 1 for entry in entries):
        refuse("book.password")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        refuse("book.macros")
    if "mimetype" in names and "xl/workbook.xml" not in names:
        refuse("book.not_workbook", kind="opendocument")
    if "xl/workbook.xml" not in names:
        refuse("book.not_workbook", kind="word" if any(n.startswith("word/") for n in names) else "zip")
    for entry in entries:
        check_sizes(entry.file_size, entry.compress_size)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        refuse("book.too_large", measure="unpacked", limit=MAX_TOTAL_BYTES // 2**20)


def check_sizes(unpacked: int, packed: int) -> None:
    if unpacked > MAX_ENTRY_BYTES:
        refuse("book.too_large", measure="unpacked", limit=MAX_ENTRY_BYTES // 2**20)
    if unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        refuse("book.too_large", measure="ratio", limit=MAX_RATIO)


def scan_parts(archive: zipfile.ZipFile) -> dict[str, PartScan]:
    """Unpack each XML part once, counting what really comes out. Returns the scans by part."""
    budget, total = [MAX_ELEMENTS], 0
    scans: dict[str, PartScan] = {}
    for entry in archive.infolist():
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        scan = PartScan(entry.filename[:60], budget) if is_xml else None
        size = 0
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                total += len(chunk)
                check_sizes(size, entry.compress_size)
                if total > MAX_TOTAL_BYTES:
                    refuse("book.too_large", measure="unpacked", limit=MAX_TOTAL_BYTES // 2**20)
                if scan is not None:
                    if size == len(chunk) and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                        refuse("book.encoding", part=scan.part)
                    scan.parser.Parse(chunk, False)
        if scan is not None:
            scan.parser.Parse(b"", True)
            scans[entry.filename] = scan
    return scans


def formulas_of(scans: dict[str, PartScan], sheet_number: int) -> list[str]:
    """Return the cells of one sheet that hold a formula, found through the workbook's own links."""
    book, links = scans.get("xl/workbook.xml"), scans.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None or len(book.sheets) < sheet_number:
        refuse("book.damaged", part="xl/workbook.xml")
    target = links.targets.get(book.sheets[sheet_number - 1], "").lstrip("/")
    sheet = scans.get(target) or scans.get(f"xl/{target}")
    return sheet.formulas if sheet is not None else []


def encode(value: Any) -> list[Any] | None:
    """Return one cell as [type, value], or None when it is empty."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return ["b", value]
    if isinstance(value, datetime.datetime):
        return ["d", value.date().isoformat()]
    if isinstance(value, datetime.date):
        return ["d", value.isoformat()]
    if isinstance(value, (int, float)):
        return ["n", value]
    if isinstance(value, str):
        return ["s", value]
    return ["t", str(value)]


def pick_sheet(names: list[str], read: Any) -> int:
    """Return the first sheet with field codes near its top, else the first."""
    for position, name in enumerate(names[:MAX_SHEETS]):
        for row in read(name, 10):
            if any(isinstance(cell, str) and cell.strip().startswith(("prs_", "vic_")) for cell in row):
                return position
    return 0


def read_cells(data: bytes) -> dict[str, Any]:
    """Return the chosen sheet's name, number and cells, every row starting at column A, row 1."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = list(workbook.sheet_names)
    if not names:
        refuse("book.damaged", part="xl/workbook.xml")

    def read(name: str, rows: int | None) -> list[list[Any]]:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_width > MAX_COLUMNS:
            refuse("book.too_large", measure="columns", limit=MAX_COLUMNS)
        if sheet.total_height > MAX_ROWS:
            refuse("book.too_large", measure="rows", limit=MAX_ROWS)
        return list(sheet.to_python(skip_empty_area=False, nrows=rows))

    position = pick_sheet(names, read)
    cells = read(names[position], None)
    if sum(len(cell) for row in cells for cell in row if isinstance(cell, str)) > MAX_TEXT:
        refuse("book.too_large", measure="text", limit=MAX_TEXT)
    rows = [[encode(cell) for cell in row] for row in cells]
    return {"sheet": names[position][:31], "sheet_number": position + 1, "rows": rows}


def main() -> None:
    limit_self()
    data = sys.stdin.buffer.read()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_directory(archive)
            scans = scan_parts(archive)
        book = read_cells(data)
    except MemoryError:
        refuse("book.too_large", measure="memory", limit=MEMORY_BYTES // 2**20)
    except expat.ExpatError as error:
        refuse("book.damaged", part=f"XML {error.lineno}:{error.offset}")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError):
        refuse("book.damaged", part="zip")
    book["formulas"] = formulas_of(scans, book["sheet_number"])
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    json.dump(book, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
