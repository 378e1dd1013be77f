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


class _Sheet(NamedTuple):
    """A map that is shipped: its parts by their codes, and whether it has names only where there is room."""

    kind: str
    parts: dict[str, dict[str, Any]]
    view_box: str
    cols: int
    rows: int
    is_sparse: bool


@lru_cache(maxsize=1)
def _atlas() -> tuple[_Sheet, ...]:
    """All outlines, then all grids, read once a process. A file of several maps has names only where there is room."""
    sheets = []
    for kind, name, key in (("outline", "svg_paths", "paths"), ("tiles", "tilegrid", "tiles")):
        for path in sorted(FOLDER.glob(f"*_{name}.json")):
            read = json.loads(path.read_text(encoding="utf-8"))
            for one in read if isinstance(read, list) else [read]:
                parts = {part["code"]: part for part in one[key]}
                size = one.get("viewBox", ""), one.get("cols", 0), one.get("rows", 0)
                sheets.append(_Sheet(kind, parts, *size, isinstance(read, list)))
    return tuple(sheets)


def picture_of(
    codes: Collection[str], percents: Mapping[str, float | None], href: Any, *, named: bool = True
) -> Picture | None:
    """The map of exactly these regions, tinted by percent; None where no file has them all.

    `href(code)` is where a click leads. With `named` only maps on which every part has its name: those of kecamatan
    leave names out that have no room, and are for who draws a table beside them.
    """
    wanted = set(codes)
    atlas = (one for one in _atlas() if not (named and one.is_sparse))
    sheet = next((one for one in atlas if wanted and wanted <= one.parts.keys()), None)
    if sheet is None:
        return None
    drawn = [
        {**sheet.parts[code], "percent": percents.get(code), "href": href(code)} for code in sorted(wanted)
    ]
    for part in drawn:
        part.setdefault("name", part.get("short_name", part["code"]))
    if sheet.kind == "outline" and not sheet.is_sparse:
        _part_labels(drawn)
    note = SCHEMATIC if sheet.kind == "outline" else "Letak kotak mengikuti arah mata angin secara kasar."
    return Picture(sheet.kind, drawn, sheet.view_box, sheet.cols, sheet.rows, note)


def tiles_of(
    names: Mapping[str, str],
    percents: Mapping[str, float | None],
    href: Any = lambda code: "",
    most: int = MOST_COLUMNS,
) -> Picture:
    """Regions of which neither outline nor place is known, as tiles in the order of their codes, `most` in a row."""
    codes = sorted(names)
    rows = -(-len(codes) // most) or 1
    cols = -(-len(codes) // rows)
    parts = [
        {
            "code": code,
            "name": names[code],
            "short_name": names[code],
            "percent": percents.get(code),
            "href": href(code),
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
