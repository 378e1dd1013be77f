"""What changed since the report before, in sentences that say no more and no less than the figures."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.registers import Fact
from app.domain.reports import AreaProgress, Change, Hindrance, Reading, ReferenceFigure, changes_since
from app.domain.reports.changes import FIRST, NOTHING, merged

NOON = dt.datetime(2024, 11, 25, 4, 0, tzinfo=dt.UTC)
DISTRICTS = Fact(
    "logistik.kecamatan_lengkap", "LOG", "Kecamatan yang logistiknya lengkap", 9, "kecamatan", whole=13
)
CASES = Fact("netralitas.berjalan", "ASN", "Kasus yang masih berjalan", 3, "kasus")


def told(before: Fact | None, now: Fact | None) -> str:
    """The one sentence on a figure."""
    found = changes_since(reading(*filter(None, [before])), reading(*filter(None, [now])))
    assert len(found) == 1
    return found[0].text


def reading(*figures: Fact, **more: object) -> Reading:
    """A reading with these figures."""
    return Reading(NOON, figures, **more)  # type: ignore[arg-type]


def test_a_figure_that_grows_is_said_as_people_say_it():
    assert told(DISTRICTS, DISTRICTS._replace(value=11)) == (
        "Kecamatan yang logistiknya lengkap bertambah dari 9 menjadi 11 dari 13."
    )


@pytest.mark.parametrize(
    "before, now, sentence",
    [
        (
            DISTRICTS,
            DISTRICTS._replace(value=8),
            "Kecamatan yang logistiknya lengkap berkurang dari 9 menjadi 8 dari 13.",
        ),
        (
            DISTRICTS,
            DISTRICTS._replace(value=13),
            "Kecamatan yang logistiknya lengkap kini seluruhnya: 13 dari 13, sebelumnya 9.",
        ),
        (
            DISTRICTS,
            DISTRICTS._replace(value=11, whole=14),
            "Kecamatan yang logistiknya lengkap bertambah dari 9 menjadi 11 dari 14; keseluruhannya berubah dari 13 "
            "menjadi 14.",
        ),
        (
            DISTRICTS,
            DISTRICTS._replace(whole=14),
            "Kecamatan yang logistiknya lengkap tetap 9, keseluruhannya berubah dari 13 menjadi 14.",
        ),
        (CASES, CASES._replace(value=4), "Kasus yang masih berjalan bertambah dari 3 menjadi 4."),
        (CASES, CASES._replace(value=0), "Kasus yang masih berjalan kini tidak ada; sebelumnya 3 kasus."),
        (
            CASES._replace(value=0),
            CASES,
            "Kasus yang masih berjalan kini tercatat: 3 kasus; sebelumnya belum ada yang tercatat.",
        ),
        (
            CASES._replace(value=None),
            CASES,
            "Kasus yang masih berjalan kini diketahui: 3 kasus; sebelumnya belum diketahui.",
        ),
        (
            CASES,
            CASES._replace(value=None),
            "Kasus yang masih berjalan kini belum diketahui; sebelumnya 3 kasus.",
        ),
        (
            None,
            CASES,
            "Kasus yang masih berjalan kini tercatat: 3 kasus; sebelumnya belum ada yang tercatat.",
        ),
        (CASES, None, "Kasus yang masih berjalan tidak lagi ada dalam data; sebelumnya 3 kasus."),
        (
            CASES._replace(words="3 direkomendasi"),
            CASES._replace(words="2 direkomendasi, 1 disanksi"),
            "Kasus yang masih berjalan tetap 3 kasus, kini 2 direkomendasi, 1 disanksi.",
        ),
        (
            Fact("keamanan.situasi", "KAM", "Situasi wilayah", None, words="aman dan kondusif"),
            Fact("keamanan.situasi", "KAM", "Situasi wilayah", None, words="waspada"),
            "Situasi wilayah berubah dari «aman dan kondusif» menjadi «waspada».",
        ),
        (
            Fact("dukungan.nphd_nilai", "DUK", "Nilai NPHD", Decimal("1500.5"), "rupiah"),
            Fact("dukungan.nphd_nilai", "DUK", "Nilai NPHD", Decimal(2_000_000), "rupiah"),
            "Nilai NPHD bertambah dari 1.500,5 menjadi 2.000.000 rupiah.",
        ),
    ],
)
def test_every_way_a_figure_moves_has_its_words(before: Fact | None, now: Fact | None, sentence: str):
    assert told(before, now) == sentence


def test_an_open_trouble_that_is_all_open_is_not_called_complete():
    troubles = Fact("keamanan.kendala_terbuka", "KAM", "Kendala yang masih terbuka", 1, "kendala", whole=3)
    assert (
        told(troubles, troubles._replace(value=3))
        == "Kendala yang masih terbuka bertambah dari 1 menjadi 3 dari 3."
    )
    assert told(troubles, troubles._replace(value=0)) == (
        "Kendala yang masih terbuka tidak ada lagi; sebelumnya 1 dari 3 kendala."
    )


def test_how_much_there_is_in_all_is_no_news_beside_what_is_late():
    late = Fact("daftar_periksa.terlambat", "PTH", "Isian yang lewat tenggat", 3, "isian", whole=40)
    assert changes_since(reading(late), reading(late._replace(whole=60))) == (Change(NOTHING),)
    assert (
        told(late, late._replace(value=5, whole=60))
        == "Isian yang lewat tenggat bertambah dari 3 menjadi 5 dari 60."
    )


def test_nothing_changed_is_said_and_that_there_is_no_report_before():
    assert changes_since(reading(CASES), reading(CASES)) == (Change(NOTHING),)
    assert changes_since(None, reading(CASES)) == (Change(FIRST),)


def test_a_later_time_or_another_source_alone_is_no_change():
    later = CASES._replace(as_of=NOON, source="Bawaslu")
    assert changes_since(reading(CASES), reading(later)) == (Change(NOTHING),)


def test_each_sentence_is_tied_to_its_figure():
    found = changes_since(reading(CASES, DISTRICTS), reading(CASES._replace(value=4), DISTRICTS))
    assert [one.figures for one in found] == [("netralitas.berjalan",)]


def test_progress_of_the_checklists_is_told_by_area():
    def progress(done: int, left: int) -> tuple[AreaProgress, ...]:
        return (AreaProgress("LOG", "Logistik", (left, 0, done, 0, 0, 0, 0, 0, 0)),)

    def sentence(*then_now: tuple[int, int]) -> str:
        then, now = (reading(progress=progress(*one)) for one in then_now)
        return changes_since(then, now)[0].text

    assert sentence((12, 28), (15, 25)) == (
        "Daftar periksa Logistik: isian selesai bertambah dari 12 menjadi 15 dari 40."
    )
    assert sentence((12, 28), (40, 0)) == (
        "Daftar periksa Logistik: kini selesai seluruhnya: 40 isian, sebelumnya 12."
    )
    assert sentence((12, 28), (11, 29)).endswith("berkurang dari 12 menjadi 11 dari 40.")
    assert sentence((12, 28), (12, 30)) == NOTHING
    assert sentence((12, 28), (12, 28)) == NOTHING


def test_new_obstacles_and_those_that_are_gone_are_named_and_the_rest_counted():
    def some(*names: str) -> Reading:
        return reading(hindrances=tuple(Hindrance("Segah", name) for name in names))

    found = changes_since(some("Jalan putus.", "Banjir"), some("Banjir", "Listrik padam"))
    assert [one.text for one in found] == [
        "Kendala baru: Listrik padam (Segah).",
        "Tidak lagi menjadi kendala: Jalan putus (Segah).",
    ]
    many = changes_since(some(), some(*"abcdef"))[0].text
    assert many == "Kendala baru: a (Segah); b (Segah); c (Segah); d (Segah); dan 2 lainnya."


def test_a_reference_figure_is_told_with_its_source_and_the_unknown_is_never_zero():
    def said(value: int | None) -> Reading:
        return reading(reference=(ReferenceFigure("TPS", value, "KPU Berau"),))

    assert changes_since(said(474), said(475))[0].text == (
        "Angka acuan TPS berubah dari 474 menjadi 475 (KPU Berau)."
    )
    assert changes_since(said(None), said(475))[0].text == (
        "Angka acuan TPS berubah dari belum diketahui menjadi 475 (KPU Berau)."
    )


def test_edited_sentences_take_their_place_and_one_without_figures_that_differ_stays():
    fresh = (Change("A bertambah.", ("a",)), Change("B bertambah.", ("b",)))
    stored = (
        Change("Kalimat tentang B.", ("b",), is_edited=True),
        Change("Kalimat tentang C.", ("c",), is_edited=True),
        Change("Hitungan lama.", ("a",)),
    )
    assert merged(stored, fresh) == (fresh[0], stored[0], stored[1])


# --- For any figures -----------------------------------------------------------------------------------------------

values = st.none() | st.integers(0, 10**6)
facts = st.builds(
    Fact,
    key=st.sampled_from(["a.x", "b.y", "netralitas.berjalan", "logistik.tps_lengkap"]),
    area=st.just("LOG"),
    label=st.sampled_from(["Hal pertama", "Hal kedua"]),
    value=values,
    unit=st.sampled_from(["", "kasus", "TPS"]),
    whole=values,
    words=st.sampled_from(["", "satu hal", "dua hal"]),
)
readings = st.lists(facts, max_size=5, unique_by=lambda fact: fact.key).map(lambda some: reading(*some))


@given(readings)
def test_nothing_differs_from_itself(one: Reading):
    assert changes_since(one, one) == (Change(NOTHING),)


@given(readings, readings)
def test_there_is_a_sentence_for_each_figure_that_says_something_else_and_for_no_other(
    before: Reading, now: Reading
):
    def seen(one: Reading) -> dict[str, tuple[object, ...]]:
        return {f.key: (f.value, f.whole, f.words, f.unit) for f in one.figures if not f.is_silent}

    then, later = seen(before), seen(now)
    told_of = {key for change in changes_since(before, now) for key in change.figures}
    different = {key for key in then | later if then.get(key, ())[:3] != later.get(key, ())[:3]}
    assert told_of <= different
    assert {key for key in different if key not in then or key not in later} <= told_of
    moved = {k for k in different if k in then and k in later and then[k][0] != later[k][0]}
    both_known = {k for k in moved if then[k][0] is not None and later[k][0] is not None}
    assert both_known <= told_of


@given(readings, readings)
def test_a_sentence_on_two_numbers_names_both_and_the_right_direction(before: Reading, now: Reading):
    for change in changes_since(before, now):
        found = re.search(r"(bertambah|berkurang) dari ([\d.]+) menjadi ([\d.]+)", change.text)
        if found and change.figures:
            was, value = (int(text.rstrip(".").replace(".", "")) for text in found.groups()[1:])
            then, later = before.figure(change.figures[0]), now.figure(change.figures[0])
            assert then is not None
            assert later is not None
            assert (was, value) == (then.value, later.value)
            assert (found[1] == "bertambah") is (value > was)


@given(readings, readings)
def test_the_unknown_is_never_told_as_zero(before: Reading, now: Reading):
    for change in changes_since(before, now):
        for key in change.figures:
            then, later = before.figure(key), now.figure(key)
            if then is not None and then.value is None and not then.words:
                assert "dari 0" not in change.text
            if later is not None and later.value is None and not later.words:
                assert "menjadi 0" not in change.text
                assert "belum diketahui" in change.text
