"""The charts of a snapshot as its paper draws them: places in millimetres and units, and the words that say the same.

A function of the figures alone; outlines are shipped with the application, as its fonts are.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from app.domain.pace import Point, burn
from app.domain.reports import Chart, ChartValue, Form
from app.web.curve import Curve, curve
from app.web.maps import Picture, picture_of, tiles_of
from app.words import UNKNOWN, angka, persen

KINDS = ("Kabupaten ", "Kecamatan ", "Kota ", "Distrik ", "Kelurahan ", "Kampung ", "Desa ")
"""What stands before a name and is left out where room is short."""
LONGEST_LINE = 12
"""Letters of a tile's line."""
REGENCY_WIDTH = 5
"""Signs of a kabupaten/kota's code: 64.03."""
LETTER, TAG, GAP = 17, 38, 6
"""Width of a letter and height of a name on the outlines' canvas of 1,000 units, and what stands between."""


class Row(NamedTuple):
    """What a chart says of one region or day, in words."""

    name: str
    percent: float | None
    said: str
    """ "11 dari 13"."""

    @property
    def percent_said(self) -> str:
        """63,2% or that it is not known."""
        return UNKNOWN if self.percent is None else persen(self.percent)


class ChartFace(NamedTuple):
    """One chart with its words; `picture` is what its template draws, nothing for bars."""

    chart: Chart
    template: str
    rows: tuple[Row, ...]
    picture: Picture | Curve | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """All that the picture shows, for who does not see it."""
        told = "; ".join(
            f"{row.name} {row.said if self.chart.form == Form.LINE else row.percent_said}"
            for row in self.rows
        )
        return f"{self.chart.title}: {told}."

    @property
    def weight(self) -> int:
        """How many rows of a table it weighs as."""
        return 8 + len(self.rows)


def chart_face(chart: Chart, voting_day: dt.date) -> ChartFace | None:
    """The chart as it is drawn; None for one that this version cannot draw."""
    if chart.form == Form.MAP:
        return _map(chart)
    if chart.form == Form.BARS:
        return ChartFace(chart, "report_bars.html", _rows(chart), note=chart.note)
    if chart.form == Form.LINE:
        return _line(chart, voting_day)
    return None


def _rows(chart: Chart) -> tuple[Row, ...]:
    return tuple(Row(one.name, one.percent, _said(one)) for one in chart.values)


def _said(value: ChartValue) -> str:
    if value.part is None:
        return UNKNOWN
    return f"{angka(value.part)} dari {angka(value.whole)}" if value.whole else angka(value.part)


def _map(chart: Chart) -> ChartFace:
    """Outlines or tiles by their places where they are shipped, else tiles in the order of the codes.

    Kecamatan, whose names have no room on an outline, bear the numbers that the table beside it gives them.
    """
    percents = {one.key: one.percent for one in chart.values}
    names = {one.key: short(one.name) for one in chart.values}
    numbers = {one.key: number for number, one in enumerate(chart.values, start=1)}
    picture = picture_of(percents.keys(), percents, lambda code: "", named=False)
    if picture is None:
        picture = tiles_of(names, percents)
    is_numbered = picture.kind == "outline" and any(len(code) > REGENCY_WIDTH for code in names)
    for part in picture.parts:
        name = names[part["code"]]
        if picture.kind == "tiles":
            part["lines"] = _lines(part.get("short_name", name))
        else:
            part["said"] = str(numbers[part["code"]]) if is_numbered else part["short_name"]
            part["tag"] = _tag(part, part["said"])
    note = " ".join(filter(None, [chart.note, picture.note]))
    rows = _rows(chart)
    if is_numbered:
        rows = tuple(row._replace(name=f"{number}. {row.name}") for number, row in enumerate(rows, start=1))
    return ChartFace(chart, "report_map.html", rows, picture, note)


def _tag(part: dict[str, Any], said: str) -> tuple[float, float, float]:
    """(left, top, width) of what stands on an outline, in its units; beside a region that it would cover."""
    wide = len(said) * LETTER + LETTER
    across = [float(x) for x, _ in re.findall(r"(-?[\d.]+),(-?[\d.]+)", part["d"])]
    x, y = part["label"][:2]
    left = max(across) + GAP if max(across) - min(across) < wide + GAP else x - wide / 2
    return left, y - TAG / 2, wide


def short(name: str) -> str:
    """Berau of Kabupaten Berau."""
    return next((name.removeprefix(kind) for kind in KINDS if name.startswith(kind)), name)


def _lines(name: str) -> list[str]:
    """At most two lines for a tile; what does not fit ends in dots."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LONGEST_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:2]
    if len(lines) > 2:
        kept[-1] = f"{kept[-1]} …"
    return [one if len(one) <= LONGEST_LINE + 2 else f"{one[: LONGEST_LINE + 1]}…" for one in kept]


def _line(chart: Chart, voting_day: dt.date) -> ChartFace | None:
    points = [Point(dt.date.fromisoformat(one.key), one.part) for one in chart.values if one.part is not None]
    course = burn(points, voting_day)
    drawn: Any = curve(course) if course is not None else None
    return None if drawn is None else ChartFace(chart, "report_line.html", _rows(chart), drawn, chart.note)
