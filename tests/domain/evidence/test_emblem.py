"""A logo is drawn anew as PNG; whatever could act, move or weigh too much is refused with what to do."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from app.domain import evidence
from app.domain.errors import Invalid

pytestmark = pytest.mark.one_database


def picture(form: str = "PNG", size: tuple[int, int] = (300, 360), **more: Any) -> bytes:
    """Many colours, see-through where the format can be."""
    mode = "RGB" if form == "JPEG" else "RGBA"
    image = Image.radial_gradient("L").resize(size).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(size))
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


@pytest.mark.usefixtures("app")
class TestTaken:
    @pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
    def test_any_still_picture_becomes_a_png(self, form: str):
        made = evidence.inspect_emblem(picture(form), f"logo.{form.lower()}")
        with Image.open(io.BytesIO(made.content)) as drawn:
            assert (drawn.format, drawn.size) == ("PNG", (300, 360))
            assert drawn.has_transparency_data == (form != "JPEG")
        assert (made.width, made.height, len(made.sha256)) == (300, 360, 64)

    def test_a_large_one_is_made_small(self):
        made = evidence.inspect_emblem(picture(size=(2400, 1200)), "logo.png")
        assert (made.width, made.height) == (800, 400)

    def test_words_hidden_in_it_do_not_come_along(self):
        hidden = PngImagePlugin.PngInfo()
        hidden.add_text("Comment", "rahasia sekali")
        made = evidence.inspect_emblem(picture(pnginfo=hidden), "logo.png")
        assert b"rahasia" not in made.content

    def test_the_same_picture_gives_the_same_bytes(self):
        once, again = (evidence.inspect_emblem(picture(), "logo.png") for _ in range(2))
        assert once == again

    @pytest.mark.parametrize("size", [(64, 64), (512, 64), (200, 1600)])
    def test_the_smallest_and_the_longest_that_print(self, size: tuple[int, int]):
        assert evidence.inspect_emblem(picture(size=size), "logo.png").width in (64, 512, 100)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.usefixtures("app")
class TestRefused:
    @pytest.mark.parametrize(
        "content, name, sentence",
        [
            (SVG, "logo.svg", "SVG"),
            (SVG, "logo.png", "SVG"),
            (b"<script>alert(1)</script>", "logo.png", "halaman web"),
            (b"#!/bin/sh\nrm -rf /\n", "logo.png", "program"),
            (b"MZ" + bytes(200), "logo.png", "program"),
            (b"%PDF-1.4\n%%EOF\n", "logo.pdf", ""),
            (b"halo", "logo.txt", "bukan gambar"),
            (b"GIF89a" + bytes(50), "logo.gif", "gambar"),
            (b"", "logo.png", "kosong"),
            (picture()[:400], "logo.png", "rusak"),
            (picture() + SVG, "logo.png", "disembunyikan"),
            (bytes(2_000_001), "logo.png", "paling besar 2 MB"),
            (picture(size=(1, 1)), "logo.png", "terlalu kecil untuk dicetak: 1 × 1 piksel"),
            (picture(size=(63, 200)), "logo.png", "paling sedikit 64 piksel"),
            (picture(size=(2000, 1)), "logo.png", "paling banyak 8 kali sisi pendeknya"),
            (picture(size=(70, 700)), "logo.png", "terlalu panjang"),
        ],
    )
    def test_it_says_what_is_wrong_and_what_to_do(self, content: bytes, name: str, sentence: str):
        with pytest.raises(Invalid) as refusal:
            evidence.inspect_emblem(content, name)
        assert sentence in refusal.value.fields["file"]
        assert "unggah" in refusal.value.fields["file"].lower()

    @pytest.mark.parametrize("form", ["PNG", "WEBP"])
    def test_a_moving_picture_is_refused(self, form: str):
        frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
        out = io.BytesIO()
        frames[0].save(out, form, save_all=True, append_images=frames[1:])
        with pytest.raises(Invalid, match="bergerak"):
            evidence.inspect_emblem(out.getvalue(), f"logo.{form.lower()}")

    def test_a_picture_that_unfolds_to_too_many_points_is_refused(self):
        out = io.BytesIO()
        Image.new("1", (9000, 9000)).save(out, "PNG")
        assert len(out.getvalue()) < 100_000
        with pytest.raises(Invalid, match="terlalu besar"):
            evidence.inspect_emblem(out.getvalue(), "logo.png")
