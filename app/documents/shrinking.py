"""Photos made as small as they are printed, before the layout holds two dozen large ones at once.

Loads Pillow; only the worker's child does.
"""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from app.documents.binding import Piece

if TYPE_CHECKING:
    from app.documents.snapshot import ChecklistReport, Photo

BOX = (800, 600)
"""Pixels: a frame of 76 by 57 mm at 200 dots an inch has 598 by 449; the rest is for sharp edges."""
QUALITY = 85


def with_small_photos(report: ChecklistReport) -> ChecklistReport:
    """The same report; hashes still name the files in the evidence room. What is no picture stays as it is."""
    return dataclasses.replace(report, photos=tuple(map(_small, report.photos)))


def with_small_images(piece: Piece) -> Piece:
    """The same piece of a document with small photos; its logo stays as it is."""
    return piece._replace(
        images=tuple(
            (name, _shrunk(image) if name.startswith("photo-") else image) for name, image in piece.images
        )
    )


def _small(photo: Photo) -> Photo:
    image = _shrunk(photo.image)
    return photo if image is photo.image else dataclasses.replace(photo, image=image)


def _shrunk(image: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(image)) as picture:
            if picture.width <= BOX[0] and picture.height <= BOX[1]:
                return image
            picture.draft("RGB", BOX)  # a JPEG is decoded at a fraction: a sixteenth of the memory
            picture.thumbnail(BOX)
            return _as_jpeg(picture)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return image


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.has_transparency_data:
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture.convert("RGBA"))
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
