"""Tables that escape text by text, because they are drawn hundreds of times a page: no text gets by."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import Environment

from app import words

HOSTILE = '"><script>alert(1)</script>'


def drawn(env: Environment, field: str) -> str:
    """A line of the grid of logistics with a hostile text in one place."""
    said = {"label": "TPS 001", "within": "Kampung Segah", "station": "001"} | {field: HOSTILE}
    spot = SimpleNamespace(
        **said,
        key="64-03-001",
        stand="belum",
        region="64.03.06.2001",
        version=0,
        remote=True,
        day=None,
        record_id=0,
    )
    env.filters["tanggal_pendek"] = words.tanggal_pendek
    module = env.get_template("logistics/_spot.html").module
    support = HOSTILE if field == "support" else "Dishub"
    return str(module.spot_row(spot, may=True, support=support, drill=True))  # type: ignore[attr-defined]


@pytest.mark.parametrize("field", ["label", "within", "station", "support"])
def test_a_line_of_the_grid_escapes_every_text(env: Environment, field: str):
    html = drawn(env, field)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("place", [0, 2])
def test_a_table_of_progress_escapes_every_text(env: Environment, place: int):
    row: list[object] = ["Berau", 79.5, "/wilayah/64.03"]
    row[place] = HOSTILE
    module = env.get_template("components/bar.html").module
    html = str(module.progress_table([tuple(row)], HOSTILE, 80.0))  # type: ignore[attr-defined]
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 2
