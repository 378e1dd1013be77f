"""What the programs that lay out and bind long documents are handed: light, so that all their memory is for these."""

from __future__ import annotations

import datetime as dt
import hashlib
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

PRINTER = f"weasyprint {metadata.version('weasyprint')}, 2"
"""Raised by one when what makes a PDF of a piece changes otherwise than by its HTML and style."""


class Piece(NamedTuple):
    """Something that is laid out by itself: all that its PDF depends on, and nothing else."""

    html: str
    style: str
    images: tuple[tuple[str, bytes], ...] = ()
    is_tagged: bool = True

    @property
    def key(self) -> str:
        """Names its PDF: the same key, the same bytes, as long as the printer is the same."""
        said = hashlib.sha256(f"{PRINTER}\0{self.is_tagged}\0{self.style}\0{self.html}".encode())
        for name, image in self.images:
            said.update(f"\0{name}\0".encode() + hashlib.sha256(image).digest())
        return said.hexdigest()


class Attached(NamedTuple):
    """A file inside a document: JSON, the source of what is printed."""

    name: str
    content: bytes
    meaning: str


class Archive(NamedTuple):
    """What makes an archive's file of a report: the data attached to it, its moment, the code of its seal."""

    attached: tuple[Attached, ...]
    made_at: dt.datetime
    code: str


class Joining(NamedTuple):
    """Files to be put together: the sections, what is stamped on their pages, the titles of the chapters."""

    sections: tuple[Path, ...]
    frames: tuple[Path, ...]
    chapters: frozenset[str]
    archive: Archive | None = None


def placeholder(code: str) -> str:
    """Where the signature over the file will stand, which `report_proof.stamp` writes: as long as that will be."""
    return f"DESKSEGEL1 {code} {'0' * 12} {'0' * 128}"
