"""The lines of a report: the worst news first, nothing unknown as zero, every name that is still missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.documents.lines import LineMaker, by_item, combined, said, unit_text
from app.domain.checklists import EntryRow, Gathered, Standing, Totals
from app.domain.checklists.gathering import SEVERAL

pytestmark = pytest.mark.one_database
NOON = dt.datetime(2024, 11, 25, 4, 0, tzinfo=dt.UTC)
MAKER = LineMaker("64.03", "Asia/Makassar", "kampung")


def entry(**about: Any) -> EntryRow:
    """An entry that nobody has touched, but for what is said."""
    blank: dict[str, Any] = dict.fromkeys(EntryRow._fields, "")
    blank |= dict.fromkeys(
        ("unit_id", "measure_value", "measure_total", "filled_by", "filled_at", "reviewed_by", "reviewed_at")
    )
    blank |= {"id": 1, "code": "LOG-14", "title": "Kirim logistik", "region_code": "64.03", "version": 1}
    blank |= {"recurrence": "sekali", "due_on": dt.date(2024, 11, 25), "opens_on": dt.date(2024, 11, 24)}
    blank |= {"standing": Standing.NOT_STARTED, "evidence_count": 0, "level": "kabkota", "unit_name": None}
    return EntryRow(**{**blank, **about})


def day(number: int, standing: Standing, **about: Any) -> EntryRow:
    when = dt.date(2024, 11, number)
    filled = {"filled_by_name": "Operator", "filled_at": NOON} if standing is not Standing.NOT_STARTED else {}
    usual = {"recurrence": "harian", "period": when.isoformat(), "due_on": when, "standing": standing}
    return entry(**{**usual, **filled, **about})


def gathered(**about: Any) -> Gathered:
    usual: dict[str, Any] = {
        "code": "LOG-12",
        "title": "Terima logistik",
        "area": "LOG",
        "level": "kecamatan",
        "unit_name": None,
        "recurrence": "sekali",
        "measure_unit": "",
        "due_from": dt.date(2024, 11, 24),
        "due_on": dt.date(2024, 11, 24),
        "totals": Totals(selesai_diverifikasi=12, belum=1),
        "regions_done": 12,
        "regions_total": 13,
        "remaining": ("Teluk Bayur",),
        "is_once": True,
        "value": None,
        "value_of": None,
        "evidence_count": 2,
        "filled_by": SEVERAL,
        "filled_at": NOON,
        "reviewed_by": "Penyelia",
        "reviewed_at": NOON,
    }
    return Gathered(**{**usual, **about})


@pytest.mark.parametrize(
    "totals,standing",
    [
        (Totals(belum=2), "belum"),
        (Totals(belum=1, selesai=1), "proses"),
        (Totals(proses=1), "proses"),
        (Totals(selesai=1, selesai_diverifikasi=1), "selesai"),
        (Totals(selesai_diverifikasi=2), "selesai_diverifikasi"),
        (Totals(selesai_diverifikasi=2, terkendala=1), "terkendala"),
        (Totals(selesai_diverifikasi=2, dikembalikan=1), "dikembalikan"),
        (Totals(selesai_diverifikasi=2, dibuka_kembali=1), "dibuka_kembali"),
        (Totals(tidak_berlaku=1, tidak_berlaku_diverifikasi=1), "tidak_berlaku"),
        (Totals(tidak_berlaku_diverifikasi=1), "tidak_berlaku_diverifikasi"),
        (Totals(selesai_diverifikasi=1, tidak_berlaku=1), "selesai"),
    ],
)
def test_several_entries_stand_where_the_worst_of_them_stands(totals: Totals, standing: str):
    assert combined(totals) == standing


def test_an_untouched_entry_tells_nobody_and_no_figure():
    line = MAKER.of(entry(measure_unit="TPS menerima / TPS"))
    assert (line.done_by, line.measure_unit, line.verified_by, line.note) == (None, None, None, None)
    assert line.due_text == "tenggat 25 Nov 2024"


def test_what_was_only_noted_tells_who_noted_it_and_its_figure():
    noted = entry(
        measure_unit="orang", measure_value=12, filled_at=NOON, filled_by_name="Operator", period="x"
    )
    for line in (MAKER.of(noted), MAKER.condensed([noted])):
        assert (line.done_by, line.measure_value, line.standing) == ("Operator", 12, "belum")


@pytest.mark.parametrize("counts, expected", [((1, 1, 1), 3), ((1, None, 1), None), ((0, 0), 0)])
def test_events_are_counted_together_once_each_of_them_states_a_figure(counts, expected):
    about = {"recurrence": "per_kejadian", "measure_unit": "kasus tercatat", "filled_at": NOON}
    events = [
        entry(period=f"k-{n:03d}", measure_value=count, standing=Standing.DONE, **about)
        for n, count in enumerate(counts, start=1)
    ]
    line = MAKER.condensed(events)
    assert (line.measure_value, line.measure_total) == (expected, None)
    assert line.measure_unit == (None if expected is None else "kasus tercatat")


def test_an_event_that_does_not_apply_is_not_waited_for():
    about = {"recurrence": "per_kejadian", "measure_unit": "kasus", "filled_at": NOON}
    events = [
        entry(period="k-001", measure_value=2, standing=Standing.DONE, **about),
        entry(period="k-002", standing=Standing.NOT_APPLICABLE, **about),
    ]
    assert MAKER.condensed(events).measure_value == 2


def test_who_did_and_who_verified_are_told_in_the_regions_time():
    about = {"filled_by_name": "Operator", "filled_at": NOON, "reviewed_by_name": "Penyelia"}
    line = MAKER.of(entry(standing=Standing.VERIFIED, reviewed_at=NOON, **about))
    assert (line.done_by, line.verified_by) == ("Operator", "Penyelia")
    assert line.done_at is not None
    assert line.done_at.hour == 12


def test_a_verification_that_was_taken_back_is_not_told():
    line = MAKER.of(
        entry(standing=Standing.DONE, filled_at=NOON, reviewed_by_name="Penyelia", reviewed_at=NOON)
    )
    assert line.verified_by is None


def test_what_holds_up_and_what_is_sent_back_come_with_their_reasons():
    blocked = entry(standing=Standing.BLOCKED, reason="Gelombang tinggi", help_wanted="Kapal", filled_at=NOON)
    assert MAKER.of(blocked).obstacle == "Gelombang tinggi. Dukungan yang diharapkan: Kapal."
    assert MAKER.obstacle(blocked).help_wanted == "Kapal"
    returned = entry(standing=Standing.RETURNED, review_reason="Kurang jelas", review_fix="Foto ulang")
    assert MAKER.of(returned).reason == "Kurang jelas. Perbaiki: Foto ulang."


def test_reasons_that_a_supervisor_has_to_weigh_stand_in_the_note():
    told = said(entry(note="Aman", measure_reason="TPS tambahan", no_evidence_reason="Kamera rusak"))
    assert told == "Aman. Alasan angka: TPS tambahan. Tanpa bukti: Kamera rusak."
    assert "Tanpa bukti" not in said(entry(no_evidence_reason="Kamera rusak", evidence_count=1))


@pytest.mark.parametrize(
    "unit,total,words",
    [
        ("TPS menerima / TPS", 475, "TPS"),
        ("TPS menerima / TPS", None, "TPS menerima"),
        ("kasus tercatat", 3, "kasus tercatat"),
        ("bahan siap / 1", 1, "bahan siap"),
    ],
)
def test_a_unit_is_said_after_its_figures(unit: str, total: int | None, words: str):
    assert unit_text(unit, total) == words


def test_days_become_one_line_with_the_latest_figure_and_the_missing_days():
    days = [
        day(23, Standing.VERIFIED, measure_value=3, reviewed_at=NOON, reviewed_by_name="Penyelia"),
        day(24, Standing.NOT_STARTED),
        day(25, Standing.DONE, measure_value=9, measure_total=10, measure_unit="TPS"),
    ]
    line = MAKER.condensed(days)
    assert (line.periods_done, line.periods_total, line.periods_unit) == (2, 3, "hari")
    assert (line.measure_value, line.measure_total) == (9, 10)
    assert line.standing == "proses"
    assert line.note == "Belum selesai: 24 Nov 2024. Belum diverifikasi: 1 dari 2 yang selesai."


def test_untouched_days_are_not_listed_one_by_one():
    line = MAKER.condensed([day(23, Standing.NOT_STARTED), day(24, Standing.NOT_STARTED)])
    assert (line.note, line.periods_done, line.periods_total) == (None, 0, 2)


def test_events_are_told_by_their_names():
    events = [
        day(25, Standing.DONE, recurrence="per_kejadian", period=f"k-00{n}", event_title=f"kejadian {n}")
        for n in (1, 2)
    ]
    line = MAKER.condensed(events)
    assert (line.periods_total, line.periods_unit) == (2, "kejadian")
    assert line.note == "Kejadian: kejadian 1; kejadian 2."


def test_twelve_of_thirteen_districts_name_the_one_that_is_left():
    line = MAKER.gathered(gathered())
    assert (line.regions_done, line.regions_total, line.regions_unit) == (12, 13, "kecamatan")
    assert line.note == "Belum selesai: Teluk Bayur."
    assert (line.periods_total, line.measure_unit, line.region_name) == (None, None, "seluruh kecamatan")


def test_nobody_is_named_where_nothing_was_begun():
    line = MAKER.gathered(gathered(totals=Totals(belum=13), regions_done=0, remaining=("Segah",)))
    assert line.note is None


def test_villages_are_called_as_they_are_called_there():
    assert MAKER.gathered(gathered(level="keldes")).regions_unit == "kelurahan/kampung"


def test_a_lower_levels_recurring_item_counts_its_entries_too():
    item = gathered(recurrence="harian", is_once=False, totals=Totals(selesai=20, belum=6), regions_done=10)
    line = MAKER.gathered(item)
    assert (line.periods_done, line.periods_total, line.periods_unit) == (20, 26, "isian")
    assert line.note == "Belum selesai: Teluk Bayur. Belum diverifikasi: 20 dari 20 yang selesai."


def test_figures_of_the_regions_are_added_up_only_when_all_have_said_theirs():
    assert MAKER.gathered(gathered(measure_unit="TPS / TPS", value=470, value_of=475)).measure_value == 470
    assert MAKER.gathered(gathered(measure_unit="TPS / TPS")).measure_unit is None


def test_a_deadline_that_was_moved_somewhere_is_told_as_a_span():
    moved = gathered(due_on=dt.date(2024, 11, 25), recurrence="harian")
    assert MAKER.gathered(moved).due_text == "tenggat 24 Nov 2024 sampai 25 Nov 2024"


def test_a_unit_that_only_repeats_the_level_is_left_out():
    assert MAKER.gathered(gathered(unit_name="Kecamatan")).unit_name is None
    assert MAKER.gathered(gathered(unit_name="Dinas Kesehatan")).unit_name == "Dinas Kesehatan"


def test_entries_are_cut_into_their_items():
    rows = [entry(code="LOG-10"), entry(code="LOG-14"), entry(code="LOG-14")]
    assert [len(group) for group in by_item(rows)] == [1, 2]
