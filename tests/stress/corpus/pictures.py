"""Pictures: of sizes that nobody has memory for, cut off, with programs in them, and what only poses as one."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zlib
from typing import Any

from PIL import Image

from tests.domain.evidence.samples import (
    SECRET,
    chunk,
    exif,
    huge_png,
    pdf,
    photo,
    picture,
    saved,
    screenshot,
    zipped,
)
from tests.stress.corpus.archives import MB, zeros
from tests.stress.corpus.bad import Bad, plain

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x7z()"><script>x7z()</script></svg>'
SVG_XXE = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
SVG_OUT = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/x7z"/><foreignObject/></svg>'
)
HTML = b"<!DOCTYPE html><html><script>x7z()</script></html>"
PHP = b"<?php system($_GET['x7z']); ?>"
SIGN = b"\x89PNG\r\n\x1a\n"


def png(
    width: int, height: int, body: bytes, *more: bytes, depth: int = 8, colour: int = 2, woven: int = 0
) -> bytes:
    """A PNG by hand: its size as it says, its pixels as they are packed, further chunks between."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, woven))
    return SIGN + head + b"".join(more) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_text(kind: bytes, content: bytes) -> bytes:
    """A screenshot with a further chunk."""
    data = screenshot()
    return data[:33] + chunk(kind, content) + data[33:]


def jpeg_that_says(width: int, height: int) -> bytes:
    """A photo whose head tells another size."""
    data = bytearray(saved(picture(), "JPEG"))
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def many_scans(count: int) -> bytes:
    """A progressive photo whose last scan is there again and again: each costs a pass over the whole picture."""
    data = saved(Image.new("RGB", (4_000, 4_000), "white"), "JPEG", progressive=True, quality=20)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def tiff(width: int, height: int) -> bytes:
    """A TIFF that says it has this size."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (278, height), (279, 1)]
    body = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<LH", 8, len(tags)) + body + b"\0" * 4


def bitmap(width: int, height: int) -> bytes:
    """A BMP that says it has this size."""
    return b"BM" + struct.pack("<LHHLLllHHLLllLL", 100, 0, 0, 54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)


def moving(kind: str, **options: Any) -> bytes:
    """A picture of two frames."""
    frames = [picture(), picture().rotate(90)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], **options)


def webp_that_says(width: int, height: int) -> bytes:
    """A WebP whose head tells this size."""
    body = b"VP8X" + struct.pack("<L", 10) + b"\0" * 4
    body += (
        struct.pack("<L", width - 1)[:3]
        + struct.pack("<L", height - 1)[:3]
        + b"VP8L"
        + struct.pack("<L", 4)
        + b"/\0\0\0"
    )
    return b"RIFF" + struct.pack("<L", len(body) + 4) + b"WEBP" + body


def profiled() -> bytes:
    """A screenshot whose colour profile unfolds to 60 MB."""
    return with_text(b"iCCP", b"x\0\0" + zlib.compress(zeros(60), 9))


def commented(hidden: bytes) -> bytes:
    """A photo with a comment."""
    return saved(picture(), "JPEG", comment=hidden)


def unlike(mode: str, kind: str) -> bytes:
    """A picture with other channels than usual."""
    return saved(Image.new(mode, (300, 200)), kind)


def big(side: int) -> bytes:
    """A picture just below the limit, of one colour: small in the mail, large in memory."""
    packed, press = b"", zlib.compressobj(9)
    for _ in range(side):
        packed += press.compress(b"\0" + b"\x7f" * (side * 4))
    return png(side, side, packed + press.flush(), colour=6)


def located() -> bytes:
    """A PNG with a place in it."""
    out = io.BytesIO()
    picture().save(out, "PNG", exif=exif())
    return out.getvalue()


PICTURES = (
    Bad("3.6 gigapixels in a PNG", "foto.png", huge_png),
    Bad("a PNG as wide as a number gets", "foto.png", lambda: png(2**31 - 1, 1, b"x")),
    Bad("a PNG without any height", "foto.png", lambda: png(10, 0, zlib.compress(b""))),
    Bad(
        "a woven PNG of a gigapixel",
        "foto.png",
        lambda: png(32_000, 32_000, zlib.compress(zeros(1)), woven=1),
    ),
    Bad(
        "a small PNG whose pixels unfold to 100 MB",
        "foto.png",
        lambda: png(50, 50, zlib.compress(zeros(100), 9)),
        True,
    ),
    Bad("a PNG of 39 megapixels", "foto.png", lambda: big(6_200), True),
    Bad("a gigapixel in a JPEG", "foto.jpg", lambda: jpeg_that_says(65_000, 65_000)),
    Bad("a JPEG without height", "foto.jpg", lambda: jpeg_that_says(400, 0)),
    Bad("a JPEG of hundreds of scans", "foto.jpg", lambda: many_scans(300), True),
    Bad("a gigapixel in a WebP", "foto.webp", lambda: webp_that_says(16_000, 16_000)),
    Bad("a gigapixel in a TIFF", "foto.tif", lambda: tiff(60_000, 60_000)),
    Bad("a gigapixel in a TIFF called JPEG", "foto.jpg", lambda: tiff(60_000, 60_000)),
    Bad("a gigapixel in a BMP", "foto.bmp", lambda: bitmap(60_000, 60_000)),
    Bad("a GIF", "foto.gif", lambda: saved(picture(), "GIF")),
    Bad(
        "a gigapixel in a GIF", "foto.gif", plain(b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0;")
    ),
    Bad("a moving GIF called PNG", "foto.png", lambda: moving("GIF")),
    Bad("a moving PNG", "foto.png", lambda: moving("PNG")),
    Bad("a moving WebP", "foto.webp", lambda: moving("WEBP")),
    Bad("a PNG cut off", "foto.png", lambda: screenshot()[:300]),
    Bad("a PNG of its first bytes", "foto.png", plain(SIGN + b"\0\0\0\rIHDR")),
    Bad("a JPEG cut off", "foto.jpg", lambda: photo()[:900]),
    Bad("a JPEG of three bytes", "foto.jpg", plain(b"\xff\xd8\xff")),
    Bad("a PNG with a wrong sum", "foto.png", lambda: screenshot().replace(b"IDAT", b"IDAX", 1)),
    Bad(
        "a PNG whose comment unfolds",
        "foto.png",
        lambda: with_text(b"zTXt", b"C\0\0" + zlib.compress(zeros(64), 9)),
    ),
    Bad(
        "a PNG whose long comment unfolds",
        "foto.png",
        lambda: with_text(b"iTXt", b"C\0\1\0\0\0" + zlib.compress(zeros(64), 9)),
    ),
    Bad("a PNG whose profile unfolds", "foto.png", profiled, True),
    Bad(
        "a PNG with a script in a comment",
        "foto.png",
        lambda: with_text(b"tEXt", b"C\0<script>x7z()</script>"),
    ),
    Bad(
        "a PNG with a program behind it",
        "foto.png",
        lambda: screenshot() + b"\x7fELF" + b"x7z" * 90,
        True,
        b"x7z",
    ),
    Bad("a PNG with a page behind it", "foto.png", lambda: screenshot() + HTML),
    Bad("a photo with PHP in it", "foto.jpg", lambda: commented(PHP)),
    Bad("a photo with a page in it", "foto.jpg", lambda: commented(HTML)),
    Bad("a photo with SVG in it", "foto.jpg", lambda: commented(SVG)),
    Bad("a photo that is a paper too", "foto.jpg", lambda: commented(pdf())),
    Bad("a photo with an archive behind it", "foto.jpg", lambda: photo() + zipped({"x7z": b"x"})),
    Bad(
        "a photo with a Java program behind it",
        "foto.jpg",
        lambda: photo() + zipped({"META-INF/MANIFEST.MF": b"x"}),
    ),
    Bad("a photo that tells place and owner", "foto.jpg", photo, True, SECRET),
    Bad("a PNG that tells place and owner", "foto.png", located, True, SECRET),
    Bad("a photo with a shell behind it", "foto.jpg", lambda: photo() + b"\n#!/bin/sh\nx7z\n", True, b"x7z"),
    Bad(
        "a photo with a film behind it",
        "foto.jpg",
        lambda: photo() + b"\0\0\0\x18ftypmp42" + b"x7z" * 900,
        True,
        b"x7z",
    ),
    Bad("a PNG of 16 bits", "foto.png", lambda: unlike("I;16", "PNG"), True),
    Bad("a JPEG for printers", "foto.jpg", lambda: unlike("CMYK", "JPEG"), True),
    Bad("a drawing with a script", "foto.svg", plain(SVG)),
    Bad("a drawing called PNG", "foto.png", plain(SVG)),
    Bad("a drawing that reads a file", "foto.svg", plain(SVG_XXE)),
    Bad("a drawing that asks outside", "foto.svg", plain(SVG_OUT)),
    Bad("a packed drawing", "foto.svgz", lambda: gzip.compress(SVG)),
    Bad("a drawing in UTF-16", "foto.svg", lambda: SVG.decode().encode("utf-16")),
    Bad("a page called JPEG", "foto.jpg", plain(HTML)),
    Bad("a page behind blanks", "foto.png", lambda: b" \n" * 3_000 + HTML),
    Bad("a page with a mark in front", "foto.jpg", lambda: b"\xef\xbb\xbf" + HTML),
    Bad("a page behind a comment", "foto.txt", lambda: b"<!--" + b"x" * 9_000 + b"-->" + HTML),
    Bad("a photo of an iPhone", "foto.heic", plain(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 90)),
    Bad("an AVIF", "foto.avif", plain(b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + b"\0" * 90)),
    Bad("a JPEG XL", "foto.jxl", plain(b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0" * 90)),
    Bad("an icon", "foto.ico", lambda: saved(picture(64, 64), "ICO")),
    Bad("a Photoshop file", "foto.psd", plain(b"8BPS\0\1" + b"\0" * 90)),
    Bad("a PostScript drawing", "foto.eps", plain(b"%!PS-Adobe-3.0 EPSF-3.0\n(x7z) run\n")),
    Bad("a metafile", "foto.wmf", plain(b"\xd7\xcd\xc6\x9a" + b"\0" * 90)),
    Bad(
        "a picture written as text",
        "foto.png",
        lambda: b"data:image/png;base64," + base64.b64encode(screenshot()),
    ),
    Bad("noise called PNG", "foto.png", lambda: SIGN + bytes(range(256)) * (MB // 256)),
)
