"""Turns a GeoJSON of kecamatan into the outlines that maps are drawn of: `python -m scripts.outlines in out`.

One map for each kabupaten/kota (`parent_code`), 1,000 units wide. A name stands on the map only where it lies on no
other one; the table beside the map has them all. Rings too small to be seen are left out, but never a whole kecamatan.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

SIZE = 1_000
LEAST = 40.0
"""Square units of a ring that is still drawn."""
LETTER, LINE = 18, 40
"""Width and height of a label's letter on a phone."""
STEPS = 24

Ring = list[tuple[int, int]]
Box = tuple[float, float, float, float]


def main() -> None:
    """Read, turn, write."""
    source, target = map(Path, sys.argv[1:3])
    read = json.loads(source.read_text(encoding="utf-8"))
    parents: dict[str, list[dict[str, Any]]] = {}
    for feature in read["features"]:
        parents.setdefault(feature["properties"]["parent_code"], []).append(feature)
    maps = [map_of(features, read["attribution"]) for _, features in sorted(parents.items())]
    text = json.dumps(maps, ensure_ascii=False, separators=(",", ":"))
    target.write_text(f"{text}\n", encoding="utf-8")


def map_of(features: list[dict[str, Any]], attribution: str) -> dict[str, Any]:
    """The map of these features: north at the top, as wide as the canvas or as high as it is wide."""
    points = [point for feature in features for ring in rings_of(feature) for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrower = math.cos(math.radians((south + north) / 2))
    scale = SIZE / max((east - west) * narrower, north - south)
    left = (SIZE - (east - west) * narrower * scale) / 2

    def placed(x: float, y: float) -> tuple[int, int]:
        return round(left + (x - west) * narrower * scale), round((north - y) * scale)

    drawn = {
        feature["properties"]["code"]: (feature["properties"]["name"], _seen(feature, placed))
        for feature in features
    }
    paths = [
        {
            "code": code,
            "name": name,
            "short_name": "",
            "label": inside(rings[0]),
            "d": "".join(map(path, rings)),
        }
        for code, (name, rings) in sorted(drawn.items())
    ]
    _name(paths, {code: area(rings[0]) for code, (_, rings) in drawn.items()})
    height = round((north - south) * scale)
    return {"viewBox": f"0 0 {SIZE} {height}", "attribution": attribution, "paths": paths}


def rings_of(feature: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Outer rings and holes alike, as longitude and latitude."""
    shape = feature["geometry"]
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [ring for part in parts for ring in part]


def _seen(feature: dict[str, Any], placed: Any) -> list[Ring]:
    """The rings on the canvas, the largest first."""
    rings = []
    for ring in rings_of(feature):
        points = [placed(*point) for point in ring]
        rings.append(
            [point for point, after in zip(points, points[1:] + points[:1], strict=True) if point != after]
        )
    rings.sort(key=area, reverse=True)
    return [rings[0], *(ring for ring in rings[1:] if area(ring) >= LEAST)]


def area(ring: Ring) -> float:
    """Of a ring, in square units."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path(ring: Ring) -> str:
    """The ring as a path, each point by its distance from the one before."""
    steps = [f"{x2 - x1},{y2 - y1}" for (x1, y1), (x2, y2) in pairwise(ring)]
    return f"M{ring[0][0]},{ring[0][1]}l{' '.join(steps)}z"


def inside(ring: Ring) -> list[int]:
    """The point of a grid that lies farthest inside."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best = (-1.0, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    for column in range(1, STEPS):
        for row in range(1, STEPS):
            x = min(xs) + (max(xs) - min(xs)) * column / STEPS
            y = min(ys) + (max(ys) - min(ys)) * row / STEPS
            if _holds(ring, x, y):
                best = max(best, (_distance(ring, x, y), x, y))
    return [round(best[1]), round(best[2])]


def _holds(ring: Ring, x: float, y: float) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _distance(ring: Ring, x: float, y: float) -> float:
    found = math.inf
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2
        along = 0.0 if not length else ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
        along = min(1.0, max(0.0, along))
        found = min(found, math.hypot(x1 + along * (x2 - x1) - x, y1 + along * (y2 - y1) - y))
    return found


def _name(paths: list[dict[str, Any]], areas: dict[str, float]) -> None:
    """Write the names where there is room, those of the large ones first; every one has room for its sign."""
    signs = {one["code"]: _box(one["label"], 1, "") for one in paths}
    taken: list[Box] = []
    for one in sorted(paths, key=lambda one: -areas[one["code"]]):
        others = [*taken, *(sign for code, sign in signs.items() if code != one["code"])]
        for side in ("", "start", "end"):
            box = _box(one["label"], len(one["name"]) + 2, side)
            if box[0] < 0 or box[2] > SIZE or any(_meet(box, other) for other in others):
                continue
            one["short_name"] = one["name"]
            one["label"] += [side] if side else []
            taken.append(box)
            break


def _box(at: list[int], letters: int, side: str) -> Box:
    x, width = at[0], letters * LETTER
    left = {"": x - width / 2, "start": x - LETTER / 2, "end": x + LETTER / 2 - width}[side]
    return (left, at[1] - LINE, left + width, at[1] + LINE / 4)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


if __name__ == "__main__":
    main()
