"""Photos are made as small as they are printed; their hashes still name the files that are kept."""

from __future__ import annotations

import dataclasses
import io

import pytest
from PIL import Image

from app.documents.shrinking import BOX, with_small_photos
from app.documents.snapshot import Photo
from tests.documents.cast import berau

pytestmark = pytest.mark.one_database


def picture(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", colour: object = 0) -> Photo:
    content = io.BytesIO()
    Image.new(mode, size, colour).save(content, kind)  # type: ignore[arg-type]
    return Photo("LOG-12", content.getvalue(), "ab" * 32, place="Pelabuhan")


def shrunk(photo: Photo) -> Photo:
    (small,) = with_small_photos(dataclasses.replace(berau(items=1, evidence=0), photos=(photo,))).photos
    return small


@pytest.mark.parametrize("size", [(2400, 1800), (1800, 2400), (4000, 300)])
def test_a_large_photo_fits_the_frame_and_keeps_its_shape(size: tuple[int, int]):
    small = shrunk(picture(size))
    with Image.open(io.BytesIO(small.image)) as found:
        assert found.width <= BOX[0]
        assert found.height <= BOX[1]
        assert found.width / found.height == pytest.approx(size[0] / size[1], rel=0.02)
    assert (small.sha256, small.caption, small.place) == ("ab" * 32, "LOG-12", "Pelabuhan")


def test_a_small_photo_stays_as_it_is():
    photo = picture((320, 240))
    assert shrunk(photo) is photo


def test_what_is_transparent_becomes_paper():
    small = shrunk(picture((1000, 1000), "PNG", "RGBA", (0, 0, 0, 0)))
    with Image.open(io.BytesIO(small.image)) as found:
        assert found.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("image", [b"", b"kabar", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_does_not_stop_the_report(image: bytes):
    photo = Photo("LOG-12", image, "ab" * 32)
    assert shrunk(photo) is photo
