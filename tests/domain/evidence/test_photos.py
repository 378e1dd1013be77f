"""Photos are drawn anew: upright, smaller, without metadata; what the metadata said is offered first."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from decimal import Decimal

import pytest
from PIL import Image

from app.domain import evidence
from app.domain.evidence import rules
from app.domain.evidence.rules import Proposals
from tests.domain.evidence import samples

pytestmark = pytest.mark.usefixtures("kept")
BLACK, WHITE = 60, 90


def opened(inspected: evidence.Inspected) -> Image.Image:
    return Image.open(io.BytesIO(inspected.content))


def test_nothing_of_the_metadata_is_left_in_the_kept_bytes():
    data = samples.photo()
    assert samples.SECRET in data
    inspected = evidence.inspect(data, "foto.jpg")
    kept = opened(inspected)
    assert samples.SECRET not in inspected.content
    assert not kept.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & set(kept.info)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_picture_lose_their_metadata_too(kind: str):
    data = samples.saved(samples.picture(), kind, exif=samples.exif())
    inspected = evidence.inspect(data, "foto")
    assert samples.SECRET not in inspected.content
    assert not opened(inspected).getexif()
    assert inspected.proposals.latitude == Decimal("-1.2")


def test_time_and_place_come_back_as_proposals():
    proposals = evidence.inspect(samples.photo(), "foto.jpg").proposals
    assert proposals.wall_time == dt.datetime(2024, 11, 25, 8, 12)  # noqa: DTZ001  (a camera has no zone)
    assert (proposals.latitude, proposals.longitude) == (Decimal("-1.2"), Decimal("117.3"))
    assert proposals.taken_at("Asia/Makassar") == dt.datetime(2024, 11, 25, 0, 12, tzinfo=dt.UTC)
    assert proposals.taken_at("Asia/Jakarta") == dt.datetime(2024, 11, 25, 1, 12, tzinfo=dt.UTC)


def test_a_camera_that_tells_its_offset_is_believed_over_the_region():
    proposals = evidence.inspect(samples.photo(offset="+07:00"), "foto.jpg").proposals
    assert proposals.taken_at("Asia/Makassar") == dt.datetime(2024, 11, 25, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2024:02:31 10:00:00", "kemarin", "2024-11-25 08:12:00", ""]
)
def test_a_time_that_is_none_is_not_proposed_and_the_photo_is_taken_in(taken: str):
    assert evidence.inspect(samples.photo(taken=taken), "foto.jpg").proposals.wall_time is None


@pytest.mark.parametrize("year", [1970, 2999])
def test_a_time_that_cannot_be_is_not_proposed(year: int):
    assert Proposals(dt.datetime(year, 1, 1)).taken_at("Asia/Makassar") is None  # noqa: DTZ001


@pytest.mark.parametrize(
    "gps",
    [
        samples.place(south=(0.0, 0.0, 0.0), east=(0.0, 0.0, 0.0)),
        samples.place(south=(91.0, 0.0, 0.0)),
        samples.place(east=(181.0, 0.0, 0.0)),
        {1: "S", 2: (1.0, 12.0, 0.0)},
        {},
    ],
    ids=["nowhere", "beyond the pole", "beyond the date line", "half", "none"],
)
def test_a_place_that_is_none_is_not_proposed_and_the_photo_is_taken_in(gps: dict[int, object]):
    proposals = evidence.inspect(samples.photo(gps=gps), "foto.jpg").proposals
    assert (proposals.latitude, proposals.longitude) == (None, None)


def test_it_is_turned_upright():
    inspected = evidence.inspect(samples.photo(400, 300, orientation=6), "foto.jpg")
    kept = opened(inspected)
    assert (inspected.width, inspected.height) == kept.size == (300, 400)
    corner = kept.convert("L").getpixel((280, 20))
    assert isinstance(corner, int)
    assert corner < BLACK, "the dark corner of the sensor is at the top right of the upright picture"


def test_a_large_photo_becomes_at_most_2400_pixels_a_side():
    inspected = evidence.inspect(samples.photo(3000, 1000), "foto.jpg")
    assert (inspected.width, inspected.height) == (2400, 800)


def test_a_small_photo_keeps_its_size():
    inspected = evidence.inspect(samples.photo(400, 300), "foto.jpg")
    assert (inspected.width, inspected.height) == (400, 300)


def test_a_screenshot_stays_png_and_exact():
    inspected = evidence.inspect(samples.screenshot(), "layar.png")
    assert (inspected.media_type, inspected.name) == ("image/png", "layar.png")
    before = Image.open(io.BytesIO(samples.screenshot()))
    assert opened(inspected).tobytes() == before.tobytes()


def test_a_photo_saved_as_png_becomes_jpeg_and_is_called_so():
    inspected = evidence.inspect(samples.saved(samples.picture(), "PNG"), "foto.png")
    assert (inspected.media_type, inspected.name) == ("image/jpeg", "foto.jpg")


def test_a_grey_scan_that_is_heavy_as_png_becomes_jpeg():
    scan = Image.effect_noise((2000, 1200), 60)
    inspected = evidence.inspect(samples.saved(scan, "PNG", compress_level=1), "pindai.png")
    assert (inspected.media_type, inspected.name) == ("image/jpeg", "pindai.jpg")
    assert inspected.size < rules.LARGEST_PNG


def test_webp_becomes_jpeg():
    inspected = evidence.inspect(samples.saved(samples.picture(), "WEBP"), "foto.webp")
    assert (inspected.media_type, inspected.name) == ("image/jpeg", "foto.jpg")


def test_what_is_see_through_becomes_white_paper():
    image = samples.picture(mode="RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    pixel = opened(evidence.inspect(samples.saved(image, "WEBP", exact=True), "x.webp")).getpixel((5, 5))
    assert pixel == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_png_of_every_mode_is_taken_in(mode: str):
    image = samples.picture(mode="L").convert("I;16") if mode == "I;16" else samples.picture(mode=mode)
    assert evidence.inspect(samples.saved(image, "PNG"), "x.png").width == 400


def test_sixteen_bits_are_scaled_and_not_clipped_to_white():
    image = Image.new("I;16", (40, 40), 32_768)
    kept = opened(evidence.inspect(samples.saved(image, "PNG"), "x.png")).convert("L")
    assert kept.getpixel((20, 20)) in range(120, 137)


def test_a_print_shop_photo_of_four_inks_is_taken_in():
    inspected = evidence.inspect(samples.saved(samples.picture(mode="CMYK"), "JPEG"), "x.jpg")
    assert opened(inspected).mode == "RGB"


def test_the_hashes_are_those_of_the_kept_and_of_the_uploaded_bytes():
    data = samples.photo()
    inspected = evidence.inspect(data, "foto.jpg")
    assert inspected.original_sha256 == hashlib.sha256(data).hexdigest()
    assert inspected.sha256 == hashlib.sha256(inspected.content).hexdigest()
    assert inspected.sha256 != inspected.original_sha256


def test_the_same_photo_is_redrawn_to_the_same_bytes():
    data = samples.photo()
    assert evidence.inspect(data, "a.jpg").sha256 == evidence.inspect(data, "b.jpg").sha256


def test_a_stream_is_read_like_bytes():
    data = samples.photo()
    assert evidence.inspect(io.BytesIO(data), "a.jpg").sha256 == evidence.inspect(data, "a.jpg").sha256


def test_kept_pictures_may_be_shown_and_webp_is_not_among_them():
    assert {"image/jpeg", "image/png"} == rules.IMAGE_TYPES
    assert rules.IMAGE_TYPES | {"application/pdf"} == rules.INLINE_TYPES
