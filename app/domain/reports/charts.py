"""Figures that a paper draws: which regions are how far, and what was left day by day. Plain values, frozen with the
reading; how they are drawn is the paper's matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from app.domain import checklists, clock, logistics
from app.domain.checklists import AsOf, Overview, Tally, Totals
from app.domain.regions import Level, RegionRow, children_of, find, zone_of
from app.domain.registers import DESK, Fact
from app.domain.reports.rules import Kind
from app.domain.stages import Election
from app.words import angka, tanggal_pendek

ARRIVED = "logistik.kecamatan_lengkap"
"""The figure of a report below whose bars stand in a compilation."""
CHECKLIST = "Daftar periksa desk"
REPORTS_BELOW = "Laporan yang dikompilasi"
READINESS = "Isian daftar periksa yang selesai"
REACHED = "Kecamatan yang sudah menerima logistik"
LEFT = "Kecamatan yang belum menerima logistik"
MOST_REGIONS = 40
"""Regions of one picture: more would not be readable on a page."""
FEWEST_DAYS = 2


class Form(StrEnum):
    """How the figures of a chart are drawn."""

    MAP = "peta"
    BARS = "batang"
    LINE = "garis"


class ChartValue(NamedTuple):
    """What one region (or one day) contributes: so many of a whole. None is not known, and never zero."""

    key: str
    """The region's code, or the day (ISO 8601)."""
    name: str
    part: int | None = None
    whole: int | None = None

    @property
    def percent(self) -> float | None:
        """As every page rounds it; None where one of the two is not known or nothing is asked."""
        if self.part is None or not self.whole:
            return None
        done = min(self.part, self.whole)
        return Totals(belum=self.whole - done, selesai=done).percent_done


class Chart(NamedTuple):
    """One picture of a paper, as figures."""

    key: str
    form: str
    """`Form`."""
    title: str
    unit: str
    source: str
    values: tuple[ChartValue, ...] = ()
    note: str = ""


def charts_of(kind: Kind, region: str, election: Election, seen: Overview, as_of: AsOf) -> tuple[Chart, ...]:
    """What the papers of a region's report draw of the moment; a daily report, which is short, draws nothing.

    `seen` is the checklist of the region. What is to come is not drawn, even where the report is of a later day.
    At most seven statements, none for a daily report.
    """
    if kind is Kind.DAILY:
        return ()
    here = find(region)
    if here.level is Level.VILLAGE:
        return ()
    places = children_of(region)
    tallies = (
        checklists.tallies_of_districts(election, region, as_of)
        if here.level is Level.REGENCY
        else seen.regions
    )
    found = [
        _readiness(places, tallies),
        _reached(here, places),
        _course(here, min(as_of.today, clock.today(zone_of(region)))),
    ]
    return tuple(one for one in found if one is not None)


def compiled_charts(
    base: Sequence[Chart], names: Mapping[str, str], progress: Mapping[str, Totals], told: Mapping[str, Fact]
) -> tuple[Chart, ...]:
    """The charts of a compilation: each region as the report that was taken from it says, unknown where none was.

    `progress` and `told` (its `ARRIVED`) are by region. A course of days, which no report tells, stays out.
    """
    done = [_value(code, names[code], progress.get(code)) for code in names]
    arrived = [
        ChartValue(code, names[code], _whole_number(fact.value), _whole_number(fact.whole))
        if (fact := told.get(code)) is not None
        else ChartValue(code, names[code])
        for code in names
    ]
    made = (
        _of_regions("kesiapan", Form.MAP, READINESS, "isian", REPORTS_BELOW, done),
        _of_regions("logistik", Form.BARS, REACHED, "kecamatan", REPORTS_BELOW, arrived),
    )
    return tuple(one for one in made if one is not None) or tuple(base)


def _readiness(places: Sequence[RegionRow], tallies: Mapping[str, Tally]) -> Chart | None:
    values = [
        _value(place.code, place.title, tallies[place.code].totals if place.code in tallies else None)
        for place in places
    ]
    return _of_regions("kesiapan", Form.MAP, READINESS, "isian", CHECKLIST, values)


def _reached(here: RegionRow, places: Sequence[RegionRow]) -> Chart | None:
    """Of a province: how many kecamatan of each kabupaten/kota logistics have reached."""
    if here.level is not Level.PROVINCE:
        return None
    counts = logistics.reached_in(here.code)
    values = [ChartValue(place.code, place.title, *counts.get(place.code, (None, None))) for place in places]
    return _of_regions("logistik", Form.BARS, REACHED, "kecamatan", DESK, values)


def _course(here: RegionRow, today: dt.date) -> Chart | None:
    """From the kabupaten/kota up, what was left day by day; None before two days are known."""
    if here.level not in (Level.PROVINCE, Level.REGENCY):
        return None
    course = logistics.course_of(here.code, today)
    if course is None:
        return None
    values = tuple(
        ChartValue(point.day.isoformat(), tanggal_pendek(point.day), point.left, course.whole)
        for point in course.points
        if point.day <= today
    )
    if len(values) < FEWEST_DAYS:
        return None
    note = (
        f"{angka(course.undated)} kecamatan sudah menerima tanpa tanggal dan tidak digambar."
        if course.undated
        else ""
    )
    return Chart("laju_logistik", Form.LINE.value, LEFT, "kecamatan", DESK, values, note)


def _of_regions(
    key: str, form: Form, title: str, unit: str, source: str, values: Sequence[ChartValue]
) -> Chart | None:
    """None for one region or too many of them, and where nothing is known of any."""
    if not 1 < len(values) <= MOST_REGIONS or all(one.percent is None for one in values):
        return None
    return Chart(key, form.value, title, unit, source, tuple(values))


def _value(code: str, name: str, totals: Totals | None) -> ChartValue:
    if totals is None or not totals.expected:
        return ChartValue(code, name)
    return ChartValue(code, name, totals.done, totals.expected)


def _whole_number(value: object) -> int | None:
    return value if isinstance(value, int) else None
