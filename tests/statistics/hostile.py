"""Makers of hostile and mistaken files, each as bytes."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Mapping

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Casos" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1"'
    f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
CODES = ["prs_FirstName", "prs_SecondName", "prs_Birthdate", "vic_TraffickingStatus"]


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_xml(rows: str = "", head: str = "") -> str:
    codes = "".join(text_cell(f"{'ABCD'[i]}1", code) for i, code in enumerate(CODES))
    return (
        f'{head}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{codes}</row>{rows}</sheetData></worksheet>'
    )


def package(sheet: str | bytes, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a workbook whose only sheet is this XML, with more parts if given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet, **(extra or {})}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def honest() -> bytes:
    return package(sheet_xml('<row r="2">' + text_cell("A2", "Luz") + text_cell("B2", "Toc") + "</row>"))


def zip_bomb() -> bytes:
    return package(sheet_xml(" " * (60 * 2**20)))


def lying_zip_bomb() -> bytes:
    """Return a bomb whose directory claims that the sheet is small."""
    data = bytearray(package(sheet_xml(" " * (60 * 2**20))))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, entry + 24, 4_000)
    return bytes(data)


def ratio_bomb() -> bytes:
    return package(sheet_xml(" " * (8 * 2**20)))


def many_parts() -> bytes:
    return package(sheet_xml(), {f"xl/media/{number}.txt": "x" for number in range(300)})


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE bomb [<!ENTITY a0 "ha">{levels}]>'
    return package(sheet_xml(f'<row r="2">{text_cell("A2", "&a9;")}</row>', head))


def external_entity() -> bytes:
    head = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    return package(sheet_xml(f'<row r="2">{text_cell("A2", "&secret;")}</row>', head))


def deep_nesting() -> bytes:
    return package(sheet_xml("<row>" * 50_000 + "</row>" * 50_000))


def million_columns() -> bytes:
    cells = "".join(f'<c r="XFD{row}"><v>1</v></c>' for row in range(2, 50))
    return package(sheet_xml(f'<row r="2">{cells}</row>'))


def far_corner() -> bytes:
    return package(sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))


def unnumbered_columns() -> bytes:
    """Return cells without references, more than a sheet may have across."""
    return package(sheet_xml('<row r="2">' + "<c><v>1</v></c>" * 20_000 + "</row>"))


def too_many_cells() -> bytes:
    noise = random.Random(7)
    rows = "".join(
        f'<row r="{row}">' + "".join(f"<c><v>{noise.random()}</v></c>" for _ in range(120)) + "</row>"
        for row in range(2, 4_000)
    )
    return package(sheet_xml(rows))


def repeated_long_text() -> bytes:
    """Return one long shared text that every cell repeats."""
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    rows = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 40 + "</row>" for row in range(2, 3_000))
    links = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    return package(sheet_xml(rows), {"xl/sharedStrings.xml": shared, "xl/_rels/workbook.xml.rels": links})


def latin_1() -> bytes:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    return package(sheet_xml(f'<row r="2">{text_cell("A2", "José")}</row>', head).encode("latin-1"))


def utf_16() -> bytes:
    return package(sheet_xml(f'<row r="2">{text_cell("A2", "José")}</row>').encode("utf-16"))


def wrong_bytes() -> bytes:
    return package(sheet_xml(f'<row r="2">{text_cell("A2", "José")}</row>').encode("latin-1"))


def truncated() -> bytes:
    return honest()[:-300]


def flipped_bytes() -> bytes:
    data = bytearray(honest())
    for position in range(900, len(data) - 200, 37):
        data[position] ^= 0x5A
    return bytes(data)


def with_macros() -> bytes:
    return package(sheet_xml(), {"xl/vbaProject.bin": b"\0" * 64})


def protected() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 512
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 512
    )


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512


def word_document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return buffer.getvalue()
