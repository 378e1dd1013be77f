"""What papers draw: regions as far as they are, unknown where nobody said, and nothing in a short daily report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import regions, reports
from app.domain.accounts import Person
from app.domain.logistics import reached_in
from app.domain.reports import Chart, ChartValue, Form, Reading, compiled_reading
from app.domain.reports.charts import MOST_REGIONS, compiled_charts
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import arrived
from tests.domain.reports.below import EARLY, fact, freeze, owed, province, row
from tests.domain.reports.test_compiling import PROGRESS
from tests.domain.reports.written import MONDAY, MORNING

DAY = dt.timedelta(days=1)


def drawn(region: str, kind: str, who: Person) -> dict[str, Chart]:
    reading = reports.read(row(owed(region, kind=kind)), who, MORNING)
    return {one.key: one for one in reading.charts}


def test_a_daily_report_draws_nothing(operator: Person):
    assert drawn(cast.BERAU, "harian", operator) == {}


def test_a_weekly_report_of_a_kabupaten_draws_its_kecamatan(operator: Person):
    chart = drawn(cast.BERAU, "senin", operator)["kesiapan"]
    assert chart.form == Form.MAP
    assert [one.key for one in chart.values] == [one.code for one in regions.children_of(cast.BERAU)]
    assert all(one.part is not None and one.whole for one in chart.values)


def test_the_days_on_which_logistics_arrived_are_a_line(session: Any, operator: Person):
    arrived(cast.SAMBALIUNG, operator, arrived_on=MONDAY - 2 * DAY)
    arrived(cast.MARATUA, operator)
    chart = drawn(cast.BERAU, "senin", operator)["laju_logistik"]
    assert [(one.key, one.part) for one in chart.values] == [
        ("2024-11-22", 13),
        ("2024-11-23", 12),
        ("2024-11-25", 11),
    ]
    assert reached_in(cast.BERAU) == {cast.BERAU: (2, 13)}


def test_days_to_come_are_not_drawn_in_a_report_of_a_later_day(session: Any, operator: Person):
    arrived(cast.SAMBALIUNG, operator, arrived_on=MONDAY - 2 * DAY)
    report = row(owed(cast.BERAU, kind="akhir", day=MONDAY + 15 * DAY))
    reading = reports.read(report, operator, MORNING)
    chart = next(one for one in reading.charts if one.key == "laju_logistik")
    assert chart.values[-1].key == MONDAY.isoformat()


def test_a_province_draws_ten_regions_and_what_nobody_recorded_is_unknown(session: Any, operator: Person):
    arrived(cast.MARATUA, operator)
    found = drawn("64", "senin", cast.person("operator.kaltim"))
    assert {one.whole is not None for one in found["kesiapan"].values} == {True}
    assert len(found["logistik"].values) == 10
    by_region = {one.key: one for one in found["logistik"].values}
    assert (by_region[cast.BERAU].part, by_region[cast.BERAU].whole) == (1, 13)
    assert by_region[cast.PASER].part is None
    assert by_region[cast.PASER].percent is None


def test_drawing_costs_seven_statements_at_most(session: Any, operator: Person):
    daily, weekly = row(owed(cast.BERAU)), row(owed(cast.BERAU, kind="senin"))
    reports.read(daily, operator, MORNING)
    with statements() as short:
        reports.read(daily, operator, MORNING)
    with statements() as long:
        reports.read(weekly, operator, MORNING)
    assert len(long) - len(short) <= 7


def test_a_compilation_draws_what_the_reports_say_and_whom_it_lacks_as_unknown(session: Any):
    above, ten = province()
    arrived = fact("logistik.kecamatan_lengkap", 9, whole=13, unit="kecamatan")
    freeze(ten[2], arrived, progress=PROGRESS)
    found = reports.below(row(above), cast.person("operator.kaltim"))
    charts = {one.key: one for one in compiled_reading(Reading(EARLY), found, "Provinsi").charts}
    assert [one.part for one in charts["kesiapan"].values if one.part is not None] == [5]
    assert [one.part for one in charts["logistik"].values if one.part is not None] == [9]
    assert len(charts["logistik"].values) == 10
    assert {one.source for one in charts.values()} == {"Laporan yang dikompilasi"}


def test_a_compilation_of_reports_without_such_figures_keeps_the_own_charts():
    own = (Chart("kesiapan", "peta", "a", "b", "c", (ChartValue("1", "A", 1, 2),)),)
    assert compiled_charts(own, {"1": "A", "2": "B"}, {}, {}) == own


def test_too_many_regions_are_not_drawn():
    names = {str(number): f"Desa {number}" for number in range(MOST_REGIONS + 1)}
    told = {code: fact("x", 1, whole=2) for code in names}
    assert compiled_charts((), names, {}, told) == ()
    few = dict(list(names.items())[:MOST_REGIONS])
    assert len(compiled_charts((), few, {}, told)) == 1


@pytest.mark.parametrize(
    "part, whole, percent", [(None, 3, None), (3, 0, None), (3, None, None), (4, 3, 100)]
)
def test_a_share_is_unknown_rather_than_zero(part: int | None, whole: int | None, percent: float | None):
    assert ChartValue("1", "A", part, whole).percent == percent
