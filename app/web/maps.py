"""The map of a region's parts: outlines where we have them, equal tiles where only their places are known."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from app.data import FOLDER

LETTER, LINE = 18, 36
"""Width and height of a label's letter on the outlines' canvas of 1,000 units."""
SCHEMATIC = "Batas wilayah indikatif."
IN_ORDER = "Kotak disusun menurut kode wilayah, bukan letaknya."
MOST_COLUMNS = 6


class Picture(NamedTuple):
    """What the map component draws: outlines (`shapes` in `view_box`) or tiles on a grid."""

    kind: str
    parts: list[dict[str, Any]]
    view_box: str = ""
    cols: int = 0
    rows: int = 0
    note: str = ""


@lru_cache(maxsize=1)
def _atlas() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All outlines and all grids that are shipped, read once a process."""
    read = [
        [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob(f"*_{kind}.json"))]
        for kind in ("svg_paths", "tilegrid")
    ]
    return read[0], read[1]


def picture_of(codes: Collection[str], percents: Mapping[str, float | None], href: Any) -> Picture | None:
    """The map of exactly these regions, tinted by percent; None where no file has them all.

    `href(code)` is where a click leads.
    """
    outlines, grids = _atlas()
    for kind, files, key in (("outline", outlines, "paths"), ("tiles", grids, "tiles")):
        for file in files:
            parts = {part["code"]: part for part in file[key]}
            if codes and set(codes) <= parts.keys():
                drawn = [
                    {**parts[code], "percent": percents.get(code), "href": href(code)}
                    for code in sorted(codes)
                ]
                for part in drawn:
                    part.setdefault("name", part.get("short_name", part["code"]))
                if kind == "outline":
                    _part_labels(drawn)
                return Picture(
                    kind,
                    drawn,
                    file.get("viewBox", ""),
                    file.get("cols", 0),
                    file.get("rows", 0),
                    SCHEMATIC if kind == "outline" else "Letak kotak mengikuti arah mata angin secara kasar.",
                )
    return None


def tiles_of(names: Mapping[str, str], percents: Mapping[str, float | None]) -> Picture:
    """Regions of which neither outline nor place is known, as tiles in the order of their codes."""
    codes = sorted(names)
    rows = -(-len(codes) // MOST_COLUMNS) or 1
    cols = -(-len(codes) // rows)
    parts = [
        {
            "code": code,
            "name": names[code],
            "short_name": names[code],
            "percent": percents.get(code),
            "row": number // cols,
            "col": number % cols,
        }
        for number, code in enumerate(codes)
    ]
    return Picture("tiles", parts, cols=cols, rows=rows, note=IN_ORDER)


def _part_labels(parts: list[dict[str, Any]]) -> None:
    """Let labels that would lie on each other lean apart: the left ends at its point, the right starts."""
    for left in parts:
        for right in parts:
            (x1, y1), (x2, y2) = left["label"][:2], right["label"][:2]
            words = len(left["short_name"]) + len(right["short_name"])
            if left is not right and x1 <= x2 and x2 - x1 < words * LETTER / 2 and abs(y1 - y2) < LINE:
                left["label"], right["label"] = [x1, y1, "end"], [x2, y2, "start"]
