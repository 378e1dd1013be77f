"""What a click of the grid says: a button names the line, its version and the new state.

Read without a form class: it would cost as much as what the click writes, and there is nothing to draw again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.errors import NotFound
from app.web.forms import small_number

BROKEN = "Kiriman ini tidak utuh. Muat ulang halaman, lalu ulangi."
LONGEST = 80


class Mark(NamedTuple):
    """One click: in which grid (`every` TPS below its region or not), of which line as the person saw it, to what."""

    grid: str
    every: bool
    place: str
    station: str
    version: int
    stand: str
    is_whole: bool
    """False for more than a button of ours says."""


def mark_of(form: Mapping[str, str]) -> Mark:
    """`tandai` is region:version:state:TPS, the TPS last since a special one may be called anything.

    Raises NotFound for what is no such text.
    """
    said = form.get("tandai", "")
    parts = said.split(":", 3)
    seen = small_number(parts[1]) if len(parts) == 4 else None
    if seen is None:
        raise NotFound("Baris itu tidak ada. Muat ulang halaman, lalu ulangi.")
    place, _, stand, station = parts
    every = form.get("tingkat") == "tps"
    return Mark(form.get("wilayah", ""), every, place, station[:20], seen, stand, len(said) <= LONGEST)
