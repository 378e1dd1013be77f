"""Evidence for the demo: pictures and a paper that say what they are, examples and nothing else."""

from __future__ import annotations

import io

WARNING = "CONTOH DEMO"


def photo(lines: list[str]) -> bytes:
    """A JPEG of 960 x 640 with the warning and these lines."""
    return _drawn((960, 640), (222, 228, 240), lines, "JPEG")


def paper(lines: list[str]) -> bytes:
    """A PDF of one page with the warning and these lines."""
    return _drawn((827, 1169), (255, 255, 255), lines, "PDF")


def _drawn(size: tuple[int, int], ground: tuple[int, int, int], lines: list[str], kind: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # not at start: the web process must never load it

    picture = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, size[0] - 24, size[1] - 24), outline=(59, 66, 112), width=4)
    pen.text((60, 70), WARNING, fill=(140, 20, 40), font=ImageFont.load_default(64))
    pen.text((60, 150), "bukan bukti yang sebenarnya", fill=(59, 66, 112), font=ImageFont.load_default(28))
    for number, line in enumerate(lines):
        pen.text((60, 240 + 44 * number), line, fill=(20, 20, 40), font=ImageFont.load_default(26))
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 80} if kind == "JPEG" else {}))
    return out.getvalue()
