"""The stems that every canary holds, and where they are looked for: every encoding they could lie in.

Found, whatever the case of the letters: UTF-8, UTF-16 both ways, Latin-1, JSON escapes, percent
encoding, hexadecimal, the same reversed, and base64 (both alphabets, three alignments, as typed, in
lower and in upper case). Streams of gzip, zlib and zip that lie in a file are opened and searched too.
Not found: what is enciphered, or packed in a way that is not named here.
"""

from __future__ import annotations

import base64
import io
import json
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

STEM = "Quvxozim"
ACCENTED = "Ñandúvxö"
STEMS = (STEM, ACCENTED)
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_LONGEST_STREAM = 1 << 20


def _cased(stem: str) -> tuple[str, ...]:
    return (stem, stem.lower(), stem.upper())


def _plain(stem: str) -> Iterator[tuple[str, bytes]]:
    """Yield forms that are compared in lower case."""
    for text in (stem, stem[::-1]):
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            for cased in _cased(text):
                encoded = cased.encode(coding)
                yield f"{coding} of {cased}", encoded
                yield f"hexadecimal {coding} of {cased}", encoded.hex().encode()
        for cased in _cased(text):
            yield f"JSON of {cased}", json.dumps(cased)[1:-1].encode()
            yield f"percent encoding of {cased}", urllib.parse.quote(cased).encode()


def _in_base64(stem: str) -> Iterator[tuple[str, bytes]]:
    """Yield the part of each alignment that does not depend on its neighbours. Case matters."""
    for cased in _cased(stem):
        for coding in ("utf-8", "utf-16-le", "latin-1"):
            raw = cased.encode(coding)
            for shift in range(3):
                text = base64.b64encode(b"\0" * shift + raw)
                start, end = (0, 2, 3)[shift], (len(raw) + shift) * 8 // 6
                yield f"base64 {coding} of {cased}", text[start:end]
                yield f"base64 {coding} of {cased}", text[start:end].translate(bytes.maketrans(b"+/", b"-_"))


LOWERED = {form.lower(): how for stem in STEMS for how, form in _plain(stem)}
EXACT = {form: how for stem in STEMS for how, form in _in_base64(stem)}


def find_in(content: bytes) -> set[str]:
    """Return how the stems lie in these bytes; empty when they do not."""
    return _find_flat(content) | {f"packed, {how}" for part in _unpacked(content) for how in _find_flat(part)}


def _find_flat(content: bytes) -> set[str]:
    lowered = content.lower()
    found = {how for form, how in LOWERED.items() if form in lowered}
    return found | {how for form, how in EXACT.items() if form in content}


def _unpacked(content: bytes) -> Iterator[bytes]:
    for match in _PACKED.finditer(content):
        unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, by its header
        try:
            yield unpacker.decompress(
                content[match.start() : match.start() + _LONGEST_STREAM], _LONGEST_STREAM
            )
        except zlib.error:
            continue
    if b"PK\x03\x04" in content:
        yield from _zip_members(content[content.index(b"PK\x03\x04") :])


def _zip_members(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return


def scan(folders: list[Path]) -> dict[str, set[str]]:
    """Return what was found in every file below the folders, by path."""
    found = {}
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            how = find_in(path.read_bytes()) | {f"name: {one}" for one in _find_flat(path.name.encode())}
            if how:
                found[str(path)] = how
    return found
