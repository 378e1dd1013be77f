"""The pack of a Monday: everybody on one page, what moved in a week, and only what the frozen reports say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import stages
from app.domain.errors import NotFound
from app.domain.registers import Fact
from app.domain.reports import (
    AreaProgress,
    Change,
    Hindrance,
    Pack,
    Report,
    SectionText,
    State,
    pack_of,
)
from app.domain.reports.canonical import from_text, to_text
from tests import cast
from tests.counting import statements
from tests.domain.meetings.given import attendance, meeting, task
from tests.domain.reports.below import DAY, LATE, fact, freeze, province

BEFORE = DAY - dt.timedelta(days=7)
KEY = "logistik.kecamatan_lengkap"


def progress(done: int) -> tuple[AreaProgress, ...]:
    return (AreaProgress("LOG", "Logistik", (10 - done, 0, done, 0, 0, 0, 0, 0, 0)),)


def districts(value: int | None, whole: int = 13) -> Fact:
    return fact(KEY, value, whole=whole, unit="kecamatan")


def packed(who: str = "operator.kaltim", day: dt.date = DAY, region: str = "64") -> Pack:
    return pack_of(cast.person(who), stages.current_election().id, region, day)


@pytest.fixture
def mondays(session: Any) -> tuple[list[Report], list[Report]]:
    """Both Mondays; three regions reported on each."""
    _, old = province(kind="senin", day=BEFORE)
    _, new = province(kind="senin")
    for number, report in enumerate(old[:3]):
        freeze(report, districts(number), progress=progress(2))
    freeze(new[0], districts(5), progress=progress(4), changes=(Change("Logistik naik."),))
    freeze(
        new[1],
        districts(None),
        progress=progress(2),
        grade="rawan",
        grade_reason="Banjir.",
        hindrances=(Hindrance("Kecamatan Segah", "Jalan putus", since=dt.date(2024, 11, 20)),),
        sections=(SectionText("antisipasi", "Langkah antisipasi", "Perahu disiapkan."),),
    )
    freeze(new[2], districts(2), state=State.SENT, at=LATE)
    return old, new


def test_all_regions_stand_on_the_board_with_what_moved(mondays: Any):
    pack = packed()
    first, second, third, fourth = pack.regions[:4]
    assert len(pack.regions) == 10
    assert (first.figures[0].said, first.figures[0].moved) == ("5 dari 13", "+5")
    assert (first.progress_said, first.progress_moved) == ("40,0 %", "+20 poin")
    assert (second.figures[0].said, second.figures[0].moved) == ("–", "")
    assert (second.progress_moved, second.grade_words) == ("tetap", "Rawan (pekan lalu aman)")
    assert (third.mark, third.is_verified, third.progress_said) == ("terlambat", False, "–")
    assert (fourth.mark, fourth.has_reported, fourth.figures) == ("belum", False, ())
    assert (pack.reported, len(pack.silent), pack.unverified) == (3, 7, (third.region_name,))


def test_sums_are_compared_only_where_the_same_regions_reported(mondays: Any):
    assert (packed().sums[0].said, packed().sums[0].moved) == ("7 dari 26", "+4")
    freeze(mondays[1][3], districts(1))
    assert (packed().sums[0].said, packed().sums[0].moved) == ("8 dari 39", "")


def test_the_urgent_speak_first_and_their_obstacles_stand_first(mondays: Any):
    freeze(mondays[1][0], hindrances=(Hindrance("", "Gudang sempit"),))
    pack = packed()
    names = [one.region_name for one in pack.regions]
    assert [one.what for one in pack.obstacles] == ["Jalan putus", "Gudang sempit"]
    assert pack.obstacles[0].place == f"{names[1]}, Kecamatan Segah"
    assert pack.obstacles[1].place == names[0]
    assert pack.agenda[4].startswith(f"Pemaparan wilayah, yang didahulukan: {names[1]}, {names[3]}")
    assert pack.regions[1].texts == (("Langkah antisipasi", "Perahu disiapkan."),)
    assert pack.regions[1].grade_reason == "Banjir."


def test_a_region_without_a_report_last_week_has_nothing_to_compare_with(mondays: Any):
    freeze(mondays[1][5], districts(3), progress=progress(1))
    line = packed().regions[5]
    assert (line.figures[0].moved, line.progress_moved, line.grade_before) == ("", "", "")


def test_open_follow_ups_and_the_last_attendance_open_the_meeting(mondays: Any):
    person = cast.person("operator.kaltim")
    of = meeting(person)
    attendance(person, of, cast.BERAU)
    attendance(person, of, cast.PASER, presence="tidak_hadir", people=None)
    task(person, task="Sudah lewat", due_on=dt.date(2024, 11, 22))
    task(person, task="Nanti", due_on=None)
    pack = packed()
    assert [(one.task, one.is_late) for one in pack.tasks] == [("Sudah lewat", True), ("Nanti", False)]
    assert pack.agenda[1] == "Tindak lanjut rapat sebelumnya: 2 terbuka, 1 lewat tenggat"
    assert pack.attendance == (
        "Rapat 18 November 2024: 1 dari 10 wilayah hadir. Tidak hadir: Kabupaten Paser."
    )


def test_long_texts_and_long_lists_are_cut_and_say_how_much_is_left(mondays: Any):
    many = tuple(Hindrance("Segah", f"Kendala {number} {'a' * 500}") for number in range(15))
    freeze(mondays[1][0], hindrances=many)
    pack = packed()
    assert (len(pack.obstacles), pack.obstacles_left_off) == (12, 4)
    assert (len(pack.regions[0].hindrances), pack.regions[0].hindrances_left_off) == (5, 10)
    assert max(len(one.what) for one in pack.obstacles) == 420


def test_it_is_plain_values_with_one_hash(mondays: Any):
    pack = packed()
    assert from_text(Pack, to_text(pack)) == pack
    assert packed().sha256 == pack.sha256
    freeze(mondays[1][3], districts(1))
    assert packed().sha256 != pack.sha256


@pytest.mark.parametrize("day", [dt.date(2024, 11, 26), DAY + dt.timedelta(days=70)])
def test_there_is_none_of_another_day_or_of_a_monday_without_reports(mondays: Any, day: dt.date):
    with pytest.raises(NotFound):
        packed(day=day)


def test_another_region_sees_none_of_it(mondays: Any):
    with pytest.raises(NotFound):
        packed("operator.berau")


def test_more_regions_take_no_more_statements(mondays: Any):
    packed()
    with statements() as few:
        packed()
    for report in mondays[1][3:]:
        freeze(report, districts(1))
    with statements() as many:
        packed()
    assert len(many) <= len(few)
