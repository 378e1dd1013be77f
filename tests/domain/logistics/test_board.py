"""The board and the figures for reports: what is complete, how fast the rest comes, and what nobody knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import logistics, registers
from app.domain.logistics import (
    MOVEMENTS,
    PROBLEMS_BOOK,
    READINESS_BOOK,
    STOCK,
    SUPPORT,
    TARGETS,
    BoardRow,
    Count,
    pace_of,
)
from app.domain.regions import FigureKind, children_of
from tests import cast
from tests.counting import statements
from tests.domain.logistics.sayings import MONDAY, SEGAH, VILLAGE, arrived, both_elections, fact, known, told

BERAU = cast.BERAU
DISTRICTS = [f"64.03.{number:02d}" for number in range(1, 14)]


def row(code: str = BERAU) -> BoardRow:
    return next(one for one in logistics.board_of(code).rows if one.region.code == code)


def day(number: int) -> dt.date:
    return dt.date(2024, 11, number)


def test_nothing_recorded_is_not_reported_instead_of_not_begun(session: Any):
    assert (row().standing, row().since, row().pace, row().stations) == ("", None, None, None)
    assert (fact("kecamatan_lengkap").value, fact("kecamatan_lengkap").whole) == (None, 13)
    assert fact("tps_lengkap").value is fact("tps_khusus_lengkap").value is None


def test_what_a_kabupaten_says_stands_with_its_day(session: Any, operator: Any):
    told(READINESS_BOOK, BERAU, operator, readiness="proses", told_on=day(13))
    assert (row().standing, row().since) == ("proses", None)
    told(READINESS_BOOK, BERAU, operator, readiness="lengkap", told_on=day(20), complete_on=day(19))
    assert (row().standing, row().since) == ("lengkap", day(19))


def test_all_kecamatan_reached_is_complete_on_the_last_day(session: Any, operator: Any):
    told(READINESS_BOOK, BERAU, operator, readiness="proses", told_on=day(13))
    for number, code in enumerate(DISTRICTS):
        arrived(code, operator, arrived_on=day(12 + number))
        assert row().standing == ("lengkap" if code == DISTRICTS[-1] else "proses")
    assert row().since == day(24)


def test_the_pace_tells_when_the_rest_will_be_there(session: Any, operator: Any):
    told(MOVEMENTS, BERAU, operator, leg="gudang_kecamatan", cargo="Semua", left_on=day(22))
    for code in DISTRICTS[:4]:
        arrived(code, operator)
    pace = row().pace
    assert pace is not None
    assert (pace.arrived, pace.days, pace.remaining) == (4, 4, 9)
    assert pace.done_on == MONDAY + dt.timedelta(days=9)


@pytest.mark.parametrize(
    "count",
    [Count(), Count({"sampai": 13}, day(20), day(24)), Count({"hari_ini": 3}), Count({"sampai": 3})],
    ids=["nothing", "all", "none yet", "no day known"],
)
def test_there_is_no_pace_where_none_can_be_told(count: Count):
    assert pace_of(count, 13, None, MONDAY) is None


@pytest.mark.parametrize("due, at_risk", [(26, True), (30, False)])
def test_a_target_that_the_pace_misses_is_a_risk(session: Any, operator: Any, due: int, at_risk: bool):
    told(TARGETS, BERAU, operator, reach="kecamatan", due_on=day(due))
    for code in DISTRICTS[:4]:
        arrived(code, operator)
    assert row().is_at_risk is at_risk  # four a day: nine more take three days, until the 28th


def test_a_kabupaten_keeps_its_own_target_beside_the_provinces(session: Any, operator: Any):
    told(TARGETS, "64", cast.person("operator.kaltim"), reach="kabkota", due_on=day(27))
    told(TARGETS, BERAU, operator, reach="kabkota", due_on=day(24))
    assert [one.due_on for one in logistics.targets_of(BERAU)] == [day(24)]
    assert [one.due_on for one in logistics.targets_of("64.01")] == [day(27)]


def test_withdrawn_arrivals_count_nowhere(session: Any, operator: Any):
    kept = arrived(SEGAH, operator, arrived_on=None)
    assert fact("kecamatan_lengkap").value == 1
    registers.withdraw(kept, by=operator, reason="Salah catat kecamatan.", version=kept.version)
    assert fact("kecamatan_lengkap").value is None
    assert arrived(SEGAH, operator).values["stand"] == "sampai"


def test_boxes_that_came_back_had_arrived(session: Any, operator: Any):
    arrived(VILLAGE, operator, "1", stand="kembali")
    assert (fact("tps_lengkap").value, fact("tps_kembali").value) == (1, 1)


def test_a_special_tps_counts_among_all_and_by_itself(session: Any, operator: Any):
    arrived(SEGAH, operator, "Khusus perusahaan", special=True, stand="hari_ini")
    arrived(BERAU, operator, "Khusus lapas", special=True)
    arrived(VILLAGE, operator, "1")
    assert (fact("tps_khusus_lengkap").value, fact("tps_khusus_lengkap").whole) == (1, 3)
    assert (fact("tps_lengkap").value, fact("tps_lengkap").whole) == (2, 475)
    assert fact("tps_khusus_hari_ini").words == "Khusus perusahaan"
    assert fact("kecamatan_lengkap").value is None


def test_an_unknown_number_of_tps_leaves_the_whole_unknown(session: Any, operator: Any):
    known(BERAU, FigureKind.POLLING_STATIONS, None)
    arrived(VILLAGE, operator, "1")
    assert (fact("tps_lengkap").value, fact("tps_lengkap").whole) == (1, None)


def test_ballots_received_stand_beside_the_need_and_unknown_is_not_zero(session: Any, operator: Any):
    both_elections()
    assert fact("diterima_surat_suara_gub").value is None
    told(STOCK, BERAU, operator, goods="SURAT_SUARA_GUB", received=203_000)
    told(STOCK, SEGAH, operator, goods="SURAT_SUARA_GUB", received=9_000)
    found = fact("diterima_surat_suara_gub")
    assert (found.value, found.whole) == (203_000, 203_306)  # what a kecamatan holds is not counted twice
    assert fact("diterima_surat_suara_gub", SEGAH).value == 9_000


def test_open_problems_support_and_remote_places_are_counted(session: Any, operator: Any):
    for place in (BERAU, SEGAH):
        told(
            PROBLEMS_BOOK, place, operator, problem="kurang", goods="TINTA", about="Kurang.", known_on=MONDAY
        )
    told(SUPPORT, SEGAH, operator, support="perahu", receiver="KPU", places="Long Laai", about="Longboat.")
    arrived(VILLAGE, operator, remote=True, stand="belum")
    assert (fact("kendala_terbuka").value, fact("dukungan").value, fact("tempat_terpencil").value) == (
        2,
        1,
        1,
    )
    assert (row().problems, row().supported, row().remote) == (2, 1, 1)
    assert fact("kendala_terbuka", "64.01").value == 0


def test_a_province_adds_up_its_kabupaten(session: Any, operator: Any, stranger: Any):
    arrived(SEGAH, operator, arrived_on=None)
    arrived("64.01.01", stranger)
    told(READINESS_BOOK, "64.01", stranger, readiness="lengkap", told_on=MONDAY, complete_on=MONDAY)
    assert (fact("kecamatan_lengkap", "64").value, fact("kecamatan_lengkap", "64").whole) == (2, 105)
    assert (fact("daerah_lengkap", "64").value, fact("daerah_lengkap", "64").whole) == (1, 10)
    assert fact("daerah_proses", "64").value == 1


def test_a_kecamatan_has_no_figure_of_whole_kabupaten(session: Any, operator: Any):
    arrived(SEGAH, operator, arrived_on=None)
    assert not [one for one in logistics.facts([SEGAH]) if one.key == "logistik.daerah_lengkap"]
    assert fact("kecamatan_lengkap", SEGAH).value == fact("kecamatan_lengkap", SEGAH).whole == 1


def test_facts_and_board_cost_the_same_whatever_is_recorded(session: Any, operator: Any):
    def cost() -> tuple[int, int]:
        with statements() as told_facts:
            logistics.facts(["64"])
        with statements() as board:
            logistics.board_of("64")
        return len(told_facts), len(board)

    before = cost()
    for place in [*DISTRICTS, *(child.code for child in children_of(SEGAH))]:
        arrived(place, operator)
    told(STOCK, BERAU, operator, goods="TINTA", received=1)
    assert cost() == before
    assert max(before) <= 20


def test_what_was_to_come_yesterday_is_not_told_as_today(session: Any, operator: Any):
    arrived(SEGAH, operator, stand="hari_ini", due_on=MONDAY)
    arrived("64.03.05", operator, stand="hari_ini", due_on=day(24))
    assert fact("kecamatan_hari_ini").words == "Segah"
    assert row().today == ("Segah",)
    spots = {spot.region: spot.is_late for spot in logistics.grid_of(BERAU).spots}
    assert (spots["64.03.05"], spots[SEGAH]) == (True, False)


def test_an_arrival_of_an_unknown_day_stays_without_one(session: Any, operator: Any):
    for code in DISTRICTS:
        arrived(code, operator, arrived_on=None)
    assert (row().standing, row().since, row().pace) == ("lengkap", None, None)


class TestCourse:
    """What is left of the kecamatan, day by day."""

    def test_it_falls_with_each_arrival_and_ends_today(self, operator: Any):
        arrived(SEGAH, operator, arrived_on=dt.date(2024, 11, 22))
        arrived("64.03.01", operator, arrived_on=dt.date(2024, 11, 23))
        course = logistics.course_of(BERAU, dt.date(2024, 11, 25))
        assert course is not None
        assert [(point.day.day, point.left) for point in course.points] == [
            (21, 13),
            (22, 12),
            (23, 11),
            (25, 11),
        ]
        assert (course.whole, course.undated) == (13, 0)

    def test_what_arrived_on_an_unknown_day_is_told_apart(self, operator: Any):
        arrived(SEGAH, operator, arrived_on=None)
        assert logistics.course_of(BERAU, dt.date(2024, 11, 25)) is None
        arrived("64.03.01", operator, arrived_on=dt.date(2024, 11, 23))
        course = logistics.course_of(BERAU, dt.date(2024, 11, 25))
        assert course is not None
        assert (course.points[0].left, course.points[-1].left, course.undated) == (12, 11, 1)
