"""Small pictures: a screenshot of the browser as a PNG of 256 colours, which is enough for text."""

from __future__ import annotations

import base64
import struct
import zlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"
DECODE = """async address => {
    const picture = await createImageBitmap(await (await fetch(address)).blob())
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const context = canvas.getContext('2d')
    context.drawImage(picture, 0, 0)
    const pixels = context.getImageData(0, 0, picture.width, picture.height).data
    let text = ''
    for (let at = 0; at < pixels.length; at += 32768)
        text += String.fromCharCode(...pixels.subarray(at, at + 32768))
    return [picture.width, picture.height, btoa(text)]
}"""
"""A browser reads its own pictures: their width, height, and pixels of four bytes."""


def shrink(browser: Browser, picture: bytes) -> bytes:
    """Return the same picture with its commonest colours, and the others as the nearest of them."""
    page = browser.new_page()
    address = "data:image/png;base64," + base64.b64encode(picture).decode()
    width, height, text = page.evaluate(DECODE, address)
    page.close()
    pixels = base64.b64decode(text)
    colours = [pixels[at : at + 3] for at in range(0, len(pixels), 4)]
    counted = Counter(colours)
    palette = [colour for colour, _count in counted.most_common(COLOURS)]
    numbers = {colour: _nearest(colour, palette) for colour in counted}
    flat = bytes(numbers[colour] for colour in colours)
    rows = b"".join(b"\0" + flat[at : at + width] for at in range(0, len(flat), width))
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    return min(
        range(len(palette)),
        key=lambda number: sum((one - two) ** 2 for one, two in zip(colour, palette[number], strict=True)),
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
