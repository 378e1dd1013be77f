"""Looking at an emblem for a letterhead: a small picture, drawn anew as PNG in the workshop."""

from __future__ import annotations

import hashlib
from typing import IO, NamedTuple

from app.domain.errors import Invalid
from app.domain.evidence.intake import opened_in_workshop
from app.domain.evidence.rules import refused
from app.domain.evidence.sniff import kind_of

MOST_BYTES = 2_000_000
LONGEST_SIDE = 800
"""Pixels: an emblem of 24 mm at 600 dots an inch has 570."""
SHORTEST_SIDE = 64
"""Pixels: less is no emblem on paper, where 24 mm of 64 pixels is 68 dots an inch."""
LONGEST_RATIO = 8
"""Long side to short side: a wide word mark has 5; more would be a stroke under the letterhead."""
ALLOWED = "Unggah gambar PNG, JPEG, atau WebP."


class Emblem(NamedTuple):
    """A PNG without metadata; sizes in pixels, `sha256` of its bytes."""

    content: bytes
    width: int
    height: int
    sha256: str


def inspect_emblem(upload: IO[bytes] | bytes, name: str) -> Emblem:
    """Look at an upload and draw it anew; stores nothing.

    Raises Invalid, at the field "file", for anything but a still PNG, JPEG or WebP of at most 2 MB (drawings, SVG, may
    carry programs), for a side of less than 64 pixels and for one more than 8 times the other. Takes up to a second, so
    call it before the first write statement.
    """
    data = upload if isinstance(upload, bytes) else upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise refused("Logo paling besar 2 MB. Perkecil gambarnya, lalu unggah lagi.")
    try:
        kind = kind_of(data, name)
    except Invalid as refusal:
        raise refused(f"{refusal.message.partition('. ')[0].rstrip('.')}. {ALLOWED}") from None
    if not kind.is_image:
        raise refused(f"Berkas ini bukan gambar. {ALLOWED}")
    found, content = opened_in_workshop(kind, data, longest=LONGEST_SIDE, always_png=True)
    _check_shape(found["width"], found["height"])
    content = content[: len(content) - found["thumbnail"]]
    return Emblem(content, found["width"], found["height"], hashlib.sha256(content).hexdigest())


def _check_shape(width: int, height: int) -> None:
    if max(width, height) > LONGEST_RATIO * min(width, height):
        raise refused(
            f"Logo ini terlalu panjang: sisi panjangnya paling banyak {LONGEST_RATIO} kali sisi pendeknya. "
            "Potong tepinya yang kosong, atau unggah gambar lain."
        )
    if min(width, height) < SHORTEST_SIDE:
        raise refused(
            f"Logo ini terlalu kecil untuk dicetak: {width} × {height} piksel. Unggah gambar dengan sisi paling "
            f"sedikit {SHORTEST_SIDE} piksel."
        )
