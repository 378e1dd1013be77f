"""A photo is kept a second time, small enough for a list on a weak network, and as bare as the photo."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from app.domain import evidence
from app.domain.errors import NotFound
from app.domain.evidence import rules
from tests.domain.evidence import samples
from tests.domain.evidence.conftest import BERAU, ENTRY, OTHER_ENTRY

pytestmark = [pytest.mark.usefixtures("kept"), pytest.mark.template("empty")]
Attach = Callable[..., evidence.EvidenceUse]


def small(data: bytes, name: str = "foto.jpg") -> Image.Image:
    return Image.open(io.BytesIO(evidence.inspect(data, name).thumbnail))


def test_a_large_photo_gets_a_small_jpeg():
    inspected = evidence.inspect(samples.photo(3000, 1000), "foto.jpg")
    picture = Image.open(io.BytesIO(inspected.thumbnail))
    assert (picture.format, picture.size) == ("JPEG", (rules.THUMBNAIL_SIDE, 107))
    assert len(inspected.thumbnail) < 40_000
    assert Image.open(io.BytesIO(inspected.content)).size == (2400, 800)


def test_nothing_of_the_metadata_is_in_the_small_picture():
    picture = small(samples.photo())
    assert not picture.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)


def test_the_small_picture_stands_upright():
    assert small(samples.photo(400, 200, orientation=6)).size == (160, 320)


def test_what_is_small_already_is_not_blown_up():
    assert small(samples.photo(100, 80)).size == (100, 80)


def test_a_screenshot_gets_one_too_and_keeps_its_own_bytes():
    inspected = evidence.inspect(samples.screenshot(), "layar.png")
    assert inspected.thumbnail[:3] == b"\xff\xd8\xff"
    assert inspected.content[:4] == b"\x89PNG"
    assert inspected.content.endswith(b"IEND\xaeB`\x82")


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
def test_a_picture_of_every_mode_gets_one(mode: str):
    assert small(samples.saved(samples.picture(mode=mode), "PNG"), "x.png").size == (320, 240)


def test_it_is_kept_beside_the_photo_and_given_back(attached: Attach):
    attached(samples.photo(800, 600))
    file = evidence.uses_of(*ENTRY)[0].file
    with evidence.open_thumbnail(file) as content:
        assert Image.open(io.BytesIO(content.read())).size == (320, 240)
    with evidence.open_file(file) as content:
        assert Image.open(io.BytesIO(content.read())).size == (800, 600)
    assert file.shown_size == (120, 90)


def test_what_is_no_picture_has_none(attached: Attach):
    attached(b"Catatan", "catatan.txt")
    with pytest.raises(NotFound):
        evidence.open_thumbnail(evidence.uses_of(*ENTRY)[0].file)


def test_the_check_knows_it_and_names_it_when_it_is_gone_or_altered(attached: Attach, tmp_path: Path):
    attached()
    attached(samples.photo(500, 300), "kedua.jpg", to=OTHER_ENTRY)
    found = evidence.check()
    assert (found.files, found.is_whole, found.orphans) == (2, True, ())
    first, second = (evidence.uses_of(*subject)[0].file for subject in (ENTRY, OTHER_ENTRY))
    assert first.thumbnail_key is not None
    assert second.thumbnail_key is not None
    (tmp_path / "bukti" / first.thumbnail_key).unlink()
    (tmp_path / "bukti" / second.thumbnail_key).write_bytes(b"x")
    found = evidence.check()
    assert found.missing == ((first.thumbnail_key, "foto.jpg"),)
    assert found.altered == ((second.thumbnail_key, "kedua.jpg"),)


def test_a_better_photo_brings_its_own(attached: Attach, cast: SimpleNamespace):
    use = attached()
    evidence.replace(use.id, evidence.inspect(samples.photo(300, 400), "b.jpg"), by=cast.operator)
    row = evidence.uses_of(*ENTRY)[0]
    assert row.region_code == BERAU
    assert row.file.thumbnail_key not in (None, row.earlier[0].file.thumbnail_key)
